import type { Finding, Remedy } from '../verification.ts';
import { catalogue } from './catalogue.ts';
import type { Area } from './catalogueEntry.ts';

const titles: Readonly<Record<Area, string>> = {
  network: 'The network',
  proxy: 'The proxy',
  certificates: 'Certificates of servers',
  answers: 'Answers that are none',
  signIn: 'Signing in',
  account: 'Signing an account in',
  permissions: 'Permissions',
  ews: 'EWS in the tenant',
  mailbox: 'The mailbox',
  registration: 'Registering the app',
  target: 'The target server',
  targetMailbox: 'The target mailbox',
  program: 'Anything else',
};

/**
 * The page docs/troubleshooting.md: each kind of finding under its code. In English, as all of docs is.
 * @param others what else has findings: each with the title of its section
 */
export function troubleshootingPage(
  others: readonly (readonly [title: string, findings: readonly Finding[]])[],
): string {
  const areas = [...catalogue()].map(([area, findings]) => [titles[area], findings] as const);
  const sections = [...areas, ...others].map(([title, findings]) => [
    `## ${title}`,
    '',
    ...findings.flatMap(findingLines),
  ]);
  return [
    '<!-- Made of src/verification/catalogue by npm run docs. -->',
    '',
    '# Troubleshooting',
    '',
    'Everything that a check, a sign-in, the registration of an app or a readiness scan may find, by the code that stands with',
    'it in the wizard and in reports. Names and addresses are samples; the wizard fills in those of your tenant.',
    '',
    ...sections.flat(),
  ].join('\n');
}

function findingLines({ code, severity, title, explanation, effect, remedies }: Finding): string[] {
  return [
    `### ${code}`,
    '',
    `_${severityWord(severity)}:_ **${inline(title)}**`,
    '',
    ...(explanation === '' ? [] : [inline(explanation), '']),
    ...remedies.flatMap(remedyLines),
    ...(remedies.length > 0 ? [''] : []),
    ...(effect === undefined ? [] : [inline(effect), '']),
  ];
}

function severityWord(severity: Finding['severity']): string {
  return { error: 'Error', warning: 'Warning', info: 'Information' }[severity];
}

function remedyLines({ text, command, link, action }: Remedy): string[] {
  const block =
    command === undefined ? [] : ['', '   ```powershell', ...command.split('\n').map(indented), '   ```', ''];
  if (action) return [`1. **${inline(text)}** (a button in VS Code)`];
  return [`1. ${inline(text)}${link === undefined ? '' : ` (<${link}>)`}`, ...block];
}

const indented = (line: string): string => (line === '' ? '' : `   ${line}`);

/** Nothing of a text is markup. */
function inline(text: string): string {
  return text.replaceAll(/[\\`*_<>[\]]/g, String.raw`\$&`);
}
