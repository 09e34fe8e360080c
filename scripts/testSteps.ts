import path from 'node:path';
import { projectRoot } from './paths.ts';

export interface TestStep {
  readonly name: string;
  /** Arguments for Node: a script and what it is given. */
  readonly command: readonly string[];
  /** True when the command runs tests with the counting reporter; else it counts as one passed or failed. */
  readonly countsTests?: boolean;
}

export interface TestStage {
  /** How many of the steps run side by side. */
  readonly atOnce: number;
  readonly steps: readonly TestStep[];
}

/** The program of an installed package, started by Node itself: the same on every platform. */
const program = (file: string): string => path.join(projectRoot, 'node_modules', file);
const script = (file: string): string => path.join(projectRoot, 'scripts', file);

const mocha = [program('mocha/bin/mocha.js'), '--reporter', script('mochaReporter.ts')];

/** What `npm test` does. A new check is one more line here. */
export const testStages: readonly TestStage[] = [
  {
    atOnce: 2,
    steps: [
      { name: 'programs', command: [script('installTestPrograms.ts')] },
      { name: 'build', command: ['esbuild.js'] },
      { name: 'lint', command: [program('eslint/bin/eslint.js'), '.'] },
      { name: 'types', command: [program('typescript/bin/tsc'), '-p', 'tsconfig.json'] },
      { name: 'page types', command: [program('typescript/bin/tsc'), '-p', 'src/webview/ui/tsconfig.json'] },
      { name: 'format', command: [program('prettier/bin/prettier.cjs'), '--check', '.'] },
      { name: 'dead code', command: [program('knip/bin/knip.js')] },
      { name: 'texts', command: [script('checkTexts.ts')] },
      { name: 'docs', command: [script('writeDocs.ts'), '--check'] },
    ],
  },
  {
    atOnce: 1,
    steps: [
      {
        name: 'unit',
        // One more than there are cores: some tests wait for deadlines.
        // In milliseconds, for a busy machine: some tests work on a hundred thousand rows.
        command: [...mocha, '--parallel', '--jobs', '3', '--timeout', '30000', 'test/unit/**/*.test.ts'],
        countsTests: true,
      },
    ],
  },
  {
    atOnce: 2,
    steps: [
      {
        name: 'cli', // runs dist/cli.js, so after the build
        command: [...mocha, '--timeout', '20000', '--slow', '3000', 'test/cli/**/*.test.ts'],
        countsTests: true,
      },
      { name: 'integration', command: ['test/integration/runIntegrationTests.ts'], countsTests: true },
    ],
  },
  {
    atOnce: 1, // it uses both cores by itself: a VS Code, its extension host and a browser keep two busy
    steps: [
      {
        name: 'e2e',
        command: [
          ...mocha,
          ...['--require', './test/e2e/harness/failures.ts'],
          // Much of a walk is waiting: two beside each other take two thirds of the time.
          ...['--parallel', '--jobs', '2'],
          // In milliseconds: a whole walk through the wizard on a busy machine.
          ...['--timeout', '120000', '--slow', '20000'],
          '--exit', // the browser stays open between tests and ends with its process
          'test/e2e/**/*.test.ts',
        ],
        countsTests: true,
      },
    ],
  },
];
