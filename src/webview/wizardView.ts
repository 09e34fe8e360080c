import type { ConnectionSettings } from '../connections/sourceConnection.ts';
import { scopedAccessCommands } from '../verification/findings/scopedAccess.ts';
import { cloudChoices, methodChoices } from './choices.ts';
import { addressesIn } from './credentialsForm.ts';
import type { WizardView } from './protocol.ts';
import type { WizardAccount } from './wizardAccount.ts';
import type { WizardAgain } from './wizardAgain.ts';
import type { WizardFiles } from './wizardFiles.ts';
import type { WizardForm } from './wizardForm.ts';
import type { WizardOptions } from './wizardOptions.ts';
import type { WizardRegistration } from './wizardRegistration.ts';
import type { WizardRun } from './wizardRun.ts';
import type { WizardSecrets } from './wizardSecrets.ts';

/** What a wizard consists of, as far as it shows. */
export interface WizardParts {
  readonly options: Pick<WizardOptions, 'heading' | 'existing' | 'signInWay'>;
  readonly files: WizardFiles;
  readonly account: WizardAccount;
  readonly secrets: WizardSecrets;
  readonly registration: WizardRegistration;
  readonly run: Pick<WizardRun<ConnectionSettings>, 'view'>;
  readonly again: WizardAgain;
  readonly form: WizardForm;
  readonly notice: WizardView['notice'];
  readonly busy: boolean;
}

/** Everything the page shows now. */
export function wizardView(parts: WizardParts): WizardView {
  const { options, files, secrets, registration, run, again, form, notice, busy } = parts;
  const certificate = files.certificateView(secrets.stored.certificate ? form.storedCertificate : undefined);
  const additionalCa = files.authorities.view;
  return {
    heading: options.heading,
    editing: options.existing !== undefined,
    step: form.state.step,
    clouds: cloudChoices(),
    methods: methodChoices(),
    errors: form.errors,
    stored: secrets.stored,
    account: accountView(parts),
    signInWay: options.signInWay,
    registration: registration.view,
    scopedAccessCommands: scopedAccessCommands({
      clientId: form.inputs.clientId.trim(),
      mailbox: addressesIn(form.inputs.testMailbox)[0] ?? '',
    }),
    ...(certificate && { certificate }),
    ...(additionalCa && { additionalCa }),
    ...(notice && { notice }),
    busy,
    run: { ...run.view, ...(again.at !== undefined && { againAt: again.at }) },
  };
}

/** Who is signed in by what is stored shows as signed in, until somebody signs in here. */
function accountView({ form, account, secrets }: WizardParts): WizardView['account'] {
  const userName = form.storedAccountName;
  const { view } = account;
  return view.state === 'signedOut' && secrets.stored.account && userName !== undefined
    ? { state: 'signedIn', userName }
    : view;
}
