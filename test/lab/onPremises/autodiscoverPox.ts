import { leaf, tag } from '../ews/xml.ts';
import { child, childText, readXml } from '../ews/xmlReader.ts';
import { empty } from '../http.ts';
import type { LabAnswer, LabRequest } from '../http.ts';
import type { LabUser } from '../tenant.ts';
import type { TargetNames } from './ntlm/targetInfo.ts';

export interface PoxContext {
  readonly users: readonly LabUser[];
  readonly names: TargetNames;
  readonly isMailboxKnown: boolean;
  readonly internalEwsUrl: string;
  readonly externalEwsUrl: string | null;
  readonly version: string;
  readonly administrativeGroup: string;
  readonly redirectAddress: string | null;
  readonly redirectUrl: string | null;
}

const answerSchema = 'http://schemas.microsoft.com/exchange/autodiscover/responseschema/2006';
const outlookSchema = 'http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a';

/** [MS-OXDSCLI] 2.2.4: the document of an answer. */
function answerWith(schema: string, content: string): LabAnswer {
  const response = tag('Response', schema === answerSchema ? {} : { xmlns: schema }, content);
  return {
    status: 200,
    headers: { 'content-type': 'text/xml; charset=utf-8' },
    body: `<?xml version="1.0" encoding="utf-8"?>${tag('Autodiscover', { xmlns: answerSchema }, response)}`,
  };
}

function refuse(code: 500 | 600 | 601, message: string): LabAnswer {
  const time = new Date().toISOString().slice(11, 23);
  const error = tag(
    'Error',
    { Time: time, Id: 2477272013 },
    leaf('ErrorCode', code),
    leaf('Message', message),
    tag('DebugData', {}),
  );
  return answerWith(answerSchema, error);
}

/** Eight hexadecimal digits: 7, major and minor version in six bits each, a set bit, the build in fifteen. */
function encodedVersion(version: string): string {
  const [major = 0, minor = 0, build = 0] = version.split('.').map(Number);
  return (0x70000000 | (major << 22) | (minor << 16) | 0x8000 | build).toString(16).toUpperCase();
}

function settings(user: LabUser, context: PoxContext): string {
  const { names, internalEwsUrl, externalEwsUrl, version, administrativeGroup } = context;
  const dn = `${administrativeGroup}/cn=Recipients/cn=${user.objectId}`;
  const serverDn = `${administrativeGroup}/cn=Configuration/cn=Servers/cn=${names.computer}`;
  const inside = tag(
    'Protocol',
    {},
    leaf('Type', 'EXCH'),
    leaf('Server', names.dnsComputer),
    leaf('ServerDN', serverDn),
    leaf('ServerVersion', encodedVersion(version)),
    leaf('MdbDN', `${serverDn}/cn=Microsoft Private MDB`),
    leaf('PublicFolderServer', names.dnsComputer),
    leaf('AuthPackage', 'Anonymous'),
    leaf('ASUrl', internalEwsUrl),
    leaf('EwsUrl', internalEwsUrl),
    leaf('OOFUrl', internalEwsUrl),
  );
  const outside = tag(
    'Protocol',
    {},
    leaf('Type', 'EXPR'),
    leaf('Server', names.dnsComputer),
    leaf('SSL', 'On'),
    leaf('AuthPackage', 'Ntlm'),
    ...(externalEwsUrl === null
      ? []
      : [leaf('ASUrl', externalEwsUrl), leaf('EwsUrl', externalEwsUrl), leaf('OOFUrl', externalEwsUrl)]),
  );
  return (
    tag(
      'User',
      {},
      leaf('DisplayName', user.name),
      leaf('LegacyDN', dn),
      leaf('AutoDiscoverSMTPAddress', user.email),
      leaf('DeploymentId', user.objectId),
    ) + tag('Account', {}, leaf('AccountType', 'email'), leaf('Action', 'settings'), inside, outside)
  );
}

/** Autodiscover in plain XML ([MS-OXDSCLI]) at /autodiscover/autodiscover.xml. The caller is verified already. */
export function answerPox(request: LabRequest, context: PoxContext): LabAnswer {
  if (request.method !== 'POST' && request.method !== 'GET') return empty(405, { allow: 'GET, POST' });
  const root = readXml(request.body);
  const asked = root?.name === 'pox:Autodiscover' ? child(root, 'pox:Request') : undefined;
  const address = childText(asked, 'pox:EMailAddress');
  if (address === undefined) return refuse(600, 'Invalid Request');
  if (childText(asked, 'pox:AcceptableResponseSchema') !== outlookSchema) {
    return refuse(601, 'Provider is not available');
  }
  const user = context.users.find((one) => one.email === address.toLowerCase());
  if (!user?.hasMailbox || !context.isMailboxKnown) return refuse(500, "The email address can't be found.");
  const { redirectAddress, redirectUrl } = context;
  if (redirectAddress !== null) {
    return answerWith(
      outlookSchema,
      tag('Account', {}, leaf('Action', 'redirectAddr'), leaf('RedirectAddr', redirectAddress)),
    );
  }
  if (redirectUrl !== null) {
    return answerWith(
      outlookSchema,
      tag('Account', {}, leaf('Action', 'redirectUrl'), leaf('RedirectUrl', redirectUrl)),
    );
  }
  return answerWith(outlookSchema, settings(user, context));
}
