import * as l10n from '@vscode/l10n';
import { makeAnnouncer } from './announcer.ts';
import { makeConfigurationStep } from './configurationStep.ts';
import { make, setText, show } from './dom.ts';
import { Draft } from './draft.ts';
import { makeNotice } from './notice.ts';
import { makeServerStep } from './serverStep.ts';
import { makeStepper } from './stepper.ts';
import { makeTargetCredentialsStep } from './targetCredentialsStep.ts';
import type { PageHost } from './host.ts';
import type { FromTargetPage, TargetFieldId, TargetState, TargetView, ToTargetPage } from '../targetProtocol.ts';
import type { TargetSecrets } from '../targetProtocol.ts';

export type TargetHost = PageHost<FromTargetPage, ToTargetPage, TargetState>;
export type TargetDraft = Draft<TargetState, TargetSecrets>;

export interface TargetPage {
  update(view: TargetView): void;
  /** Puts a name in, if there is none. */
  fillName(name: string): void;
  focusField(field: TargetFieldId): void;
  /** Tells the host what the user has typed a moment ago. */
  flush(): void;
}

/** Draws the wizard. All steps stay in the page, so that Back finds every input as it was left, secrets included. */
export function drawTargetPage(root: HTMLElement, host: TargetHost, first: TargetView, state: TargetState): TargetPage {
  const draft: TargetDraft = new Draft<TargetState, TargetSecrets>({
    state,
    secrets: { password: '' },
    keep: (kept) => host.keep(kept),
    tell: ({ form }) => host.post({ type: 'changed', form }),
  });
  const announcer = makeAnnouncer();
  const announce = (text: string): void => announcer.announce(text);
  const title = make('h1', '');
  const stepper = makeStepper([
    { id: 'server', name: l10n.t('Server') },
    { id: 'credentials', name: l10n.t('Admin credentials') },
    { id: 'configuration', name: l10n.t('Configuration') },
  ]);
  const notice = makeNotice();
  const server = makeServerStep({ host, draft, announce }, first);
  const credentials = makeTargetCredentialsStep({ host, draft, announce }, first);
  const introduction = l10n.t(
    'Configure signs in to the server and tries what a migration needs. In the test mailbox it makes a folder, writes into it and removes it again; nothing stays.',
  );
  const configuration = makeConfigurationStep(host, announce, first, introduction);
  const steps = { server, credentials, configuration };
  root.replaceChildren(
    make('header', '', title, stepper.element),
    notice.element,
    ...Object.values(steps).map(({ element }) => element),
    announcer.element,
  );

  let step: TargetView['step'] | undefined;
  const update = (view: TargetView): void => {
    setText(title, view.heading);
    notice.update(view.notice);
    for (const each of Object.values(steps)) each.update(view);
    if (view.step === step) return;
    const moved = step !== undefined;
    step = view.step;
    draft.setStep(step);
    stepper.setStep(step);
    for (const [id, each] of Object.entries(steps)) show(each.element, id === step);
    if (!moved) return;
    window.scrollTo(0, 0);
    steps[step].heading.focus();
  };
  update(first);
  // A page restored in the background must not pull the focus out of an editor.
  if (step === 'server' && document.hasFocus()) server.focusField('name');
  return {
    update,
    fillName: (name) => server.fillName(name),
    focusField: (field) => {
      server.focusField(field);
      credentials.focusField(field);
    },
    flush: () => draft.flush(),
  };
}
