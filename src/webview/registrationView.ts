import * as l10n from '@vscode/l10n';
import { registrationSteps } from '../identity/registration/appRegistration.ts';
import type { Registered, RegistrationStep } from '../identity/registration/appRegistration.ts';
import type { RegistrationStepView } from './protocol.ts';

/** @param now undefined: all are done */
export function stepsView(now: RegistrationStep | undefined, stopped: boolean): readonly RegistrationStepView[] {
  const reached = now === undefined ? registrationSteps.length : registrationSteps.indexOf(now);
  return registrationSteps.map((step, index) => ({
    title: stepTitle(step),
    state: index < reached ? 'done' : index > reached ? 'waiting' : stopped ? 'failed' : 'running',
  }));
}

function stepTitle(step: RegistrationStep): string {
  switch (step) {
    case 'key':
      return l10n.t('Make a key and its certificate on this machine');
    case 'application':
      return l10n.t('Create the application');
    case 'certificate':
      return l10n.t('Add the certificate to the application');
    case 'principal':
      return l10n.t('Create its service principal');
    case 'permissions':
      return l10n.t('Grant the permissions');
    case 'signIn':
      return l10n.t('Wait until the application can sign in; this can take a minute');
  }
}

/** What a registration has left in the tenant so far, each in a sentence. What was there before is not listed. */
export function existsTexts(registered: Registered): readonly string[] {
  const { application, own, inDoubt, certificate, principal, permissions } = registered;
  const texts: string[] = [];
  if (application && own) {
    texts.push(l10n.t('The application “{0}” with client ID {1}.', application.displayName, application.appId));
    if (principal) texts.push(l10n.t('Its service principal.'));
  }
  if (inDoubt) texts.push(l10n.t('Possibly an application: its creation was not confirmed.'));
  if (certificate) texts.push(l10n.t('A certificate of the application.'));
  if (permissions.length > 0) {
    texts.push(l10n.t('Granted permissions: {0}.', permissions.map(({ value }) => value).join(', ')));
  }
  return texts;
}
