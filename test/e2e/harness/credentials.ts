import type { DescribedApp, DescribedUser } from '../../lab/description.ts';
import type { Lab } from '../../lab/lab.ts';
import type { WizardValues } from './wizard.ts';

export const methods = {
  certificate: 'App registration with certificate',
  secret: 'App registration with client secret',
  account: 'Administrator’s account',
  password: 'Administrator’s e-mail and password',
} as const;

/** An app of the lab by its name: "Migration", "No permission" or "Public client". */
export function labApp(lab: Lab, name: string): DescribedApp {
  const app = lab.description.apps.find((each) => each.name === name);
  if (!app) throw new Error(`The lab has no app ${name}.`);
  return app;
}

/** A secret, a file or a passphrase of an app, which the public client alone has not. */
export function given(value: string | null): string {
  if (value === null) throw new Error('The lab’s app does not have this.');
  return value;
}

export function administrator(lab: Lab): DescribedUser {
  return user(lab, ({ admin }) => admin);
}

/** One who has no rights but a mailbox. */
export function ordinaryUser(lab: Lab): DescribedUser {
  return user(lab, ({ admin, mailbox }) => mailbox && !admin);
}

export function secondFactorUser(lab: Lab): DescribedUser {
  return user(lab, ({ mfa }) => mfa);
}

function user(lab: Lab, is: (user: DescribedUser) => boolean): DescribedUser {
  const found = lab.description.users.find(is);
  if (!found) throw new Error('The lab has no such user.');
  return found;
}

/** What every way to sign in needs. The lab's authority is trusted through the environment: see `trusting`. */
function commonTexts(lab: Lab, name: string): Readonly<Record<string, string>> {
  return {
    'Connection name': name,
    Tenant: lab.description.tenant.domain,
    'Mailbox to test with': ordinaryUser(lab).email,
  };
}

/** What it takes beside to sign in to the lab at its own address. */
function tenantTexts(lab: Lab, name: string): Readonly<Record<string, string>> {
  const { ews, authority } = lab.description;
  return { ...commonTexts(lab, name), 'EWS address': new URL(ews).origin, Authority: authority };
}

const secretTexts = (app: DescribedApp): Readonly<Record<string, string>> => ({
  'Application (client) ID': app.clientId,
  'Client secret (value)': given(app.secret),
});

export function secretValues(lab: Lab, name: string, app = labApp(lab, 'Migration')): WizardValues {
  const texts = { ...tenantTexts(lab, name), ...secretTexts(app) };
  return { cloud: 'Custom', method: methods.secret, texts };
}

/** For a cloud whose addresses the extension knows by itself. */
export function cloudValues(lab: Lab, name: string, cloud: string): WizardValues {
  const texts = { ...commonTexts(lab, name), ...secretTexts(labApp(lab, 'Migration')) };
  return { cloud, method: methods.secret, texts };
}

export function certificateValues(lab: Lab, name: string, file: string, app = labApp(lab, 'Migration')): WizardValues {
  return {
    cloud: 'Custom',
    method: methods.certificate,
    certificate: file,
    texts: { ...tenantTexts(lab, name), 'Application (client) ID': app.clientId },
  };
}

/** For who has no app yet. */
export function unregisteredValues(lab: Lab, name: string): WizardValues {
  return { cloud: 'Custom', method: methods.certificate, texts: tenantTexts(lab, name) };
}

export function passwordValues(lab: Lab, name: string, { email, password } = administrator(lab)): WizardValues {
  return {
    cloud: 'Custom',
    method: methods.password,
    texts: {
      ...tenantTexts(lab, name),
      'Application (client) ID': labApp(lab, 'Public client').clientId,
      'Administrator’s e-mail': email,
      Password: password,
    },
  };
}

/** For an account that signs in on the lab's own pages. */
export function accountValues(lab: Lab, name: string): WizardValues {
  return {
    cloud: 'Custom',
    method: methods.account,
    texts: { ...tenantTexts(lab, name), 'Application (client) ID': labApp(lab, 'Public client').clientId },
  };
}

/** Makes the extension host trust the lab's authority, so that not each connection has to bring it along. */
export function trusting(lab: Lab): { readonly env: NodeJS.ProcessEnv } {
  return { env: { NODE_EXTRA_CA_CERTS: lab.description.ca } };
}
