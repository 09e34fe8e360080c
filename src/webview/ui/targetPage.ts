import * as l10n from '@vscode/l10n';
import { makeAnnouncer } from './announcer.ts';
import { makeConfigurationStep } from './configurationStep.ts';
import { Draft } from './draft.ts';
import { makeServerStep } from './serverStep.ts';
import { makeTargetCredentialsStep } from './targetCredentialsStep.ts';
import { makeWizardFrame } from './wizardFrame.ts';
import type { TextContext } from './formFields.ts';
import type { PageHost } from './host.ts';
import type { FromTargetPage, TargetFieldId, TargetState, TargetView, ToTargetPage } from '../targetProtocol.ts';
import type { TargetSecrets } from '../targetProtocol.ts';

export type TargetHost = PageHost<FromTargetPage, ToTargetPage, TargetState>;

/** What the steps in which fields are filled in share. */
export interface TargetStepServices extends TextContext<
  TargetFieldId,
  Exclude<keyof TargetState['form'], 'method'>,
  keyof TargetSecrets
> {
  readonly host: TargetHost;
  readonly draft: Draft<TargetState, TargetSecrets>;
  /** On to the next step, unless the host is at work. */
  readonly goOn: () => void;
  readonly announce: (text: string) => void;
}

export interface TargetPage {
  readonly update: (view: TargetView) => void;
  /** Puts a name in, if there is none. */
  readonly fillName: (name: string) => void;
  readonly focusField: (field: TargetFieldId) => void;
  /** Tells the host what the user has typed a moment ago. */
  readonly flush: () => void;
}

/** Draws the wizard of a target connection. */
export function drawTargetPage(root: HTMLElement, host: TargetHost, first: TargetView, state: TargetState): TargetPage {
  const draft = new Draft<TargetState, TargetSecrets>({
    state,
    secrets: { password: '' },
    keep: (kept) => host.keep(kept),
    tell: ({ form }) => host.post({ type: 'changed', form }),
  });
  const announcer = makeAnnouncer();
  const announce = (text: string): void => announcer.announce(text);
  let { busy } = first;
  const filledIn = () => ({ form: draft.form, secrets: draft.secrets });
  const services: TargetStepServices = {
    ...{ host, draft, announce },
    left: (field) => host.post({ type: 'left', field, ...filledIn() }),
    goOn: () => {
      if (!busy) host.post({ type: 'next', ...filledIn() });
    },
  };
  const server = makeServerStep(services);
  const credentials = makeTargetCredentialsStep(services, first.methods);
  const introduction = l10n.t(
    'Configure signs in to the server and tries what a migration needs. In the test mailbox it makes a folder, writes into it and removes it again; nothing stays.',
  );
  const configuration = makeConfigurationStep(host, announce, first, introduction);
  const draw = makeWizardFrame<TargetView['step'], TargetView>(root, {
    steps: {
      server: { name: l10n.t('Server'), part: server },
      credentials: { name: l10n.t('Admin credentials'), part: credentials },
      configuration: { name: l10n.t('Configuration'), part: configuration },
    },
    ...{ draft, announcer: announcer.element },
  });
  draw(first);
  // A page restored in the background must not pull the focus out of an editor.
  if (first.step === 'server' && document.hasFocus()) server.focusField('name');
  return {
    update: (view) => {
      busy = view.busy;
      draw(view);
    },
    fillName: (name) => server.fillName(name),
    focusField: (field) => {
      server.focusField(field);
      credentials.focusField(field);
    },
    flush: () => draft.flush(),
  };
}
