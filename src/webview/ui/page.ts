import * as l10n from '@vscode/l10n';
import { makeAnnouncer } from './announcer.ts';
import { makeConfigurationStep } from './configurationStep.ts';
import { makeCredentialsStep } from './credentialsStep.ts';
import { SourceDraft } from './sourceDraft.ts';
import { makeWizardFrame } from './wizardFrame.ts';
import type { CredentialsStep } from './credentialsStep.ts';
import type { Host } from './host.ts';
import type { PageState, WizardView } from '../protocol.ts';

export interface Page {
  readonly credentials: CredentialsStep;
  readonly update: (view: WizardView) => void;
  /** Tells the host what the user has typed a moment ago. */
  readonly flush: () => void;
}

/** Draws the wizard of a source connection. */
export function drawPage(root: HTMLElement, host: Host, first: WizardView, state: PageState): Page {
  const draft = new SourceDraft(host, state);
  const announcer = makeAnnouncer();
  const announce = (text: string): void => announcer.announce(text);
  const credentials = makeCredentialsStep({ host, draft, announce }, first);
  const introduction = l10n.t(
    'Configure signs in to the tenant and tries what a migration needs, in about a dozen requests. It only reads: nothing is changed in the tenant. At most one item of the test mailbox is exported, and the copy is thrown away.',
  );
  const configuration = makeConfigurationStep(host, announce, first, introduction);
  const update = makeWizardFrame<WizardView['step'], WizardView>(root, {
    steps: {
      credentials: { name: l10n.t('Admin credentials'), part: credentials },
      configuration: { name: l10n.t('Configuration'), part: configuration },
    },
    ...{ draft, announcer: announcer.element },
  });
  update(first);
  // A page restored in the background must not pull the focus out of an editor.
  if (first.step === 'credentials' && document.hasFocus()) credentials.focusStart();
  return { credentials, update, flush: () => draft.flush() };
}
