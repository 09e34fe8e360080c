import * as l10n from '@vscode/l10n';
import { makeCommand } from './command.ts';
import { makeButton, makeLink } from './controls.ts';
import { hiddenText, icon, make } from './dom.ts';
import type { SharedHost } from './host.ts';
import type { FindingView, RemedyView } from '../protocol.ts';

/** A finding: what is wrong, why, and what to do about it in this order. */
export function makeFinding(finding: FindingView, host: SharedHost): HTMLElement {
  const title = make('p', 'finding-title', icon(finding.severity), hiddenText(severityWord(finding)), finding.title);
  const element = make('div', `finding ${finding.severity}`, title);
  if (finding.explanation !== '') element.append(make('p', '', finding.explanation));
  if (finding.remedies.length > 0) {
    element.append(make('ol', 'remedies', ...finding.remedies.map((remedy) => makeRemedy(remedy, host))));
  }
  if (finding.effect !== undefined) element.append(make('p', 'finding-effect', icon('history'), finding.effect));
  const more = makeLink(l10n.t('More about this'), '#', () =>
    host.post({ type: 'openTroubleshooting', code: finding.code }),
  );
  element.append(make('p', 'finding-more', more));
  return element;
}

function severityWord({ severity }: FindingView): string {
  switch (severity) {
    case 'error':
      return l10n.t('Error:') + ' ';
    case 'warning':
      return l10n.t('Warning:') + ' ';
    case 'info':
      return l10n.t('Information:') + ' ';
  }
}

function makeRemedy({ text, command, link, action }: RemedyView, host: SharedHost): HTMLElement {
  if (action !== undefined) {
    return make('li', '', makeButton(text, 'secondary', () => host.post({ type: 'act', action })).element);
  }
  const item = make(
    'li',
    '',
    link === undefined ? text : makeLink(text, link, () => host.post({ type: 'openLink', link })),
  );
  if (command !== undefined) item.append(makeCommand(command, host).element);
  return item;
}
