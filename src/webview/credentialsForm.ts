import type { CertificateInfo, ConnectionSettings, SignIn } from '../connections/sourceConnection.ts';
import { isMailAddress } from '../connections/settingForms.ts';
import type { CredentialsForm } from './protocol.ts';

export const emptyForm: CredentialsForm = {
  name: '',
  cloud: 'worldwide',
  tenant: '',
  method: 'appCertificate',
  clientId: '',
  scopedAccess: false,
  userName: '',
  testMailbox: '',
  ewsUrl: '',
  authorityUrl: '',
  graphUrl: '',
};

export function formOf(settings: ConnectionSettings): CredentialsForm {
  const { name, cloud, tenant, signIn, testMailbox, moreTestMailboxes = [], endpoints } = settings;
  return {
    name,
    cloud,
    tenant,
    method: signIn.method,
    clientId: signIn.clientId,
    scopedAccess: 'scopedAccess' in signIn,
    userName: ('userName' in signIn ? signIn.userName : undefined) ?? '',
    testMailbox: [testMailbox, ...moreTestMailboxes].join('; '),
    ewsUrl: endpoints.ews ?? '',
    authorityUrl: endpoints.authority ?? '',
    graphUrl: endpoints.graph ?? '',
  };
}

/** Files that belong to the settings, held by the host. */
export interface FormFiles {
  /** Who has signed in. */
  readonly accountName?: string;
  readonly certificate?: CertificateInfo;
  /** The app that this connection has registered. */
  readonly registeredApp?: { readonly objectId: string; readonly clientId: string };
  readonly additionalCa?: { readonly fileName: string; readonly pem: string };
}

/** The settings of a form without faults: see validateField. */
export function settingsFromForm(form: CredentialsForm, files: FormFiles): ConnectionSettings {
  const ews = form.ewsUrl.trim();
  const authority = form.authorityUrl.trim();
  const graph = form.graphUrl.trim();
  const [testMailbox = '', ...more] = addressesIn(form.testMailbox);
  return {
    name: form.name.trim(),
    cloud: form.cloud,
    tenant: form.tenant.trim(),
    signIn: signInFromForm(form, files),
    testMailbox,
    ...(more.length > 0 && { moreTestMailboxes: more }),
    endpoints: { ...(ews && { ews }), ...(authority && { authority }), ...(graph && { graph }) },
    ...(files.additionalCa && { additionalCa: files.additionalCa }),
  };
}

/** The addresses of a field that takes several, each once. */
export function addressesIn(text: string): readonly string[] {
  const seen = new Map<string, string>();
  for (const address of text.split(/[;,\s]+/)) {
    if (address !== '' && !seen.has(address.toLowerCase())) seen.set(address.toLowerCase(), address);
  }
  return [...seen.values()];
}

function signInFromForm(form: CredentialsForm, { certificate, accountName, registeredApp }: FormFiles): SignIn {
  const clientId = form.clientId.trim();
  if (form.method === 'account') {
    return {
      method: 'account',
      clientId,
      ...(accountName !== undefined && isMailAddress(accountName) && { userName: accountName }),
    };
  }
  if (form.method === 'password') return { method: 'password', clientId, userName: form.userName.trim() };
  const app = { clientId, ...(form.scopedAccess && { scopedAccess: true as const }) };
  if (form.method === 'appSecret') return { method: 'appSecret', ...app };
  return {
    method: 'appCertificate',
    ...app,
    ...(certificate && { certificate }),
    ...(registeredApp?.clientId === clientId && { registeredApp: registeredApp.objectId }),
  };
}
