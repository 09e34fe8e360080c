import * as l10n from '@vscode/l10n';
import { makeAnnouncer } from './announcer.ts';
import { makeConfigurationStep } from './configurationStep.ts';
import { makeCredentialsStep } from './credentialsStep.ts';
import { make, setText, show } from './dom.ts';
import { SourceDraft } from './sourceDraft.ts';
import { makeNotice } from './notice.ts';
import { makeStepper } from './stepper.ts';
import type { CredentialsStep } from './credentialsStep.ts';
import type { Host } from './host.ts';
import type { PageState, WizardView } from '../protocol.ts';

export interface Page {
  readonly credentials: CredentialsStep;
  update(view: WizardView): void;
  /** Tells the host what the user has typed a moment ago. */
  flush(): void;
}

/** Draws the wizard. Both steps stay in the page, so that Back finds every input as it was left, secrets included. */
export function drawPage(root: HTMLElement, host: Host, first: WizardView, state: PageState): Page {
  const draft = new SourceDraft(host, state);
  const announcer = makeAnnouncer();
  const announce = (text: string): void => announcer.announce(text);
  const title = make('h1', '');
  const stepper = makeStepper([
    { id: 'credentials', name: l10n.t('Admin credentials') },
    { id: 'configuration', name: l10n.t('Configuration') },
  ]);
  const notice = makeNotice();
  const credentials = makeCredentialsStep({ host, draft, announce }, first);
  const introduction = l10n.t(
    'Configure signs in to the tenant and tries what a migration needs, in about a dozen requests. It only reads: nothing is changed in the tenant. At most one item of the test mailbox is exported, and the copy is thrown away.',
  );
  const configuration = makeConfigurationStep(host, announce, first, introduction);
  root.replaceChildren(
    make('header', '', title, stepper.element),
    notice.element,
    credentials.element,
    configuration.element,
    announcer.element,
  );

  let step: WizardView['step'] | undefined;
  const update = (view: WizardView): void => {
    setText(title, view.heading);
    notice.update(view.notice);
    credentials.update(view);
    configuration.update(view);
    if (view.step === step) return;
    const moved = step !== undefined;
    step = view.step;
    draft.setStep(step);
    stepper.setStep(step);
    show(credentials.element, step === 'credentials');
    show(configuration.element, step === 'configuration');
    if (!moved) return;
    window.scrollTo(0, 0);
    (step === 'credentials' ? credentials : configuration).heading.focus();
  };
  update(first);
  // A page restored in the background must not pull the focus out of an editor.
  if (step === 'credentials' && document.hasFocus()) credentials.focusStart();
  return { credentials, update, flush: () => draft.flush() };
}
