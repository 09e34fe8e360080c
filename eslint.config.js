import tseslint from 'typescript-eslint';

/** Folders and files that may import `vscode`; everything else runs in plain Node (docs/architecture.md). */
const vscodeRooms = [
  'src/extension.ts',
  'src/commands/**',
  'src/views/**',
  'src/webview/*.ts',
  'src/webview/job/jobWizard*.ts',
  'src/**/vscode*.ts',
];

const noVscode = { name: 'vscode', message: 'Only the rooms named in docs/architecture.md may import vscode.' };
const noToolkit = {
  name: '@vscode/webview-ui-toolkit',
  message: 'Only src/webview/ui/controls.ts wraps the toolkit.',
};
const noEwsLibrary = { name: 'ews-javascript-api', message: 'Only src/ews/library/ talks to ews-javascript-api.' };

/** A layer may lean only on those after it: migration → verification → identity, ews → connections. */
const layer = (files, forbidden) => ({
  files,
  rules: {
    'no-restricted-imports': [
      'error',
      { paths: [noVscode, noToolkit, noEwsLibrary], patterns: forbidden.map((room) => ({ group: [`**/${room}/**`] })) },
    ],
  },
});

export default tseslint.config(
  { ignores: ['dist/', 'out/', '.cache/', 'node_modules/'] },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: {
        project: ['./tsconfig.json', './src/webview/ui/tsconfig.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      'no-restricted-imports': ['error', { paths: [noVscode, noToolkit, noEwsLibrary] }],
      'max-lines': ['error', 500],
      eqeqeq: 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/consistent-type-definitions': ['error', 'interface'],
      // Sign-in with e-mail and password is asked for; the wizard says what it cannot do.
      '@typescript-eslint/no-deprecated': [
        'error',
        { allow: [{ from: 'package', package: '@azure/msal-node', name: 'acquireTokenByUsernamePassword' }] },
      ],
      '@typescript-eslint/consistent-indexed-object-style': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
    },
  },
  layer(
    ['src/connections/**/*.ts'],
    ['migration', 'verification', 'identity', 'ews', 'views', 'commands', 'webview', 'cli'],
  ),
  layer(['src/ews/**/*.ts'], ['migration', 'verification', 'identity', 'views', 'commands', 'webview', 'cli']),
  layer(['src/identity/**/*.ts'], ['migration', 'verification', 'views', 'commands', 'webview', 'cli']),
  layer(['src/verification/**/*.ts'], ['migration', 'views', 'commands', 'webview', 'cli']),
  layer(['src/migration/**/*.ts'], ['views', 'commands', 'webview', 'cli']),
  layer(['src/cli.ts', 'src/cli/**/*.ts'], ['views', 'commands', 'webview']),
  {
    files: ['src/ews/library/**/*.ts'],
    rules: { 'no-restricted-imports': ['error', { paths: [noVscode, noToolkit] }] },
  },
  {
    files: ['src/webview/ui/controls.ts'],
    rules: { 'no-restricted-imports': ['error', { paths: [noVscode, noEwsLibrary] }] },
  },
  {
    files: vscodeRooms,
    rules: { 'no-restricted-imports': ['error', { paths: [noToolkit, noEwsLibrary] }] },
  },
  {
    files: ['test/**/*.ts', 'scripts/**/*.ts'],
    rules: {
      'no-restricted-imports': 'off',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-unused-expressions': 'off',
    },
  },
);
