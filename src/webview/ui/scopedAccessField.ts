import * as l10n from '@vscode/l10n';
import { makeCheckField } from './checkField.ts';
import { makeCommand } from './command.ts';
import { makeDisclosure } from './disclosure.ts';
import { make, show } from './dom.ts';
import type { SourceDraft } from './sourceDraft.ts';
import type { Host } from './host.ts';
import type { WizardView } from '../protocol.ts';

export interface ScopedAccessField {
  readonly element: HTMLElement;
  update(view: WizardView): void;
}

/** Whether the app is held in a scope of RBAC for Applications, and how that is done. */
export function makeScopedAccessField(draft: SourceDraft, host: Host, view: WizardView): ScopedAccessField {
  const commands = makeCommand(view.scopedAccessCommands, host);
  const how = makeDisclosure(l10n.t('How to give the app scoped access'), () => undefined);
  how.content.append(
    make('p', '', l10n.t('An administrator runs this once in Exchange Online PowerShell:')),
    commands.element,
  );
  const more = make('div', '', how.button, how.content);
  const box = makeCheckField({
    label: l10n.t('The app has scoped access (RBAC for Applications)'),
    hint: l10n.t('It opens the mailboxes of its scope only, and its token does not carry full_access_as_app.'),
    checked: draft.form.scopedAccess,
    onChange: (checked) => {
      draft.set('scopedAccess', checked);
      show(more, checked);
    },
  });
  show(more, draft.form.scopedAccess);
  return {
    element: make('div', 'field', box, more),
    update: (latest) => commands.setCommand(latest.scopedAccessCommands),
  };
}
