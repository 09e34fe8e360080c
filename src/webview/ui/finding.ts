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

function makeRemedy({ text, command, link, chooseCloud }: RemedyView, host: SharedHost): HTMLElement {
  if (chooseCloud !== undefined) {
    const button = makeButton(text, 'secondary', () => host.post({ type: 'chooseCloud', cloud: chooseCloud }));
    return make('li', '', button.element);
  }
  if (link !== undefined) {
    return make(
      'li',
      '',
      makeLink(text, link, () => host.post({ type: 'openLink', link })),
    );
  }
  const item = make('li', '', text);
  if (command !== undefined) item.append(makeCommand(command, host).element);
  return item;
}
