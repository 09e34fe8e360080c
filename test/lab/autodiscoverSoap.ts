import { escapeXml, namespaces, tag } from './ews/xml.ts';
import { readXml } from './ews/xmlReader.ts';
import type { XmlElement } from './ews/xmlReader.ts';
import { empty } from './http.ts';
import type { LabAnswer, LabRequest } from './http.ts';
import type { LabUser } from './tenant.ts';

export interface AutodiscoverSoapContext {
  readonly users: readonly LabUser[];
  /** false: no user is found. */
  readonly isMailboxKnown: boolean;
  /** null where the administrator has set none. */
  readonly internalEwsUrl: string | null;
  readonly externalEwsUrl: string | null;
  /** The server's version as four numbers with dots, and as its newest schema. */
  readonly version: string;
  readonly schemaVersion: string;
  readonly schemas: readonly string[];
  /** Begin of the users' distinguished names. */
  readonly administrativeGroup: string;
  /** Where else to ask; null for nowhere. */
  readonly redirect: { readonly code: 'RedirectAddress' | 'RedirectUrl'; readonly target: string } | null;
}

const autodiscover = namespaces.d;
const text = (name: string, value: string): string => tag(name, {}, escapeXml(value));

function find(element: XmlElement, name: string): XmlElement[] {
  return element.name === name ? [element] : element.children.flatMap((child) => find(child, name));
}

/** One user's settings: those asked for that the lab knows, errors for the rest. */
function userResponse(address: string, wanted: readonly string[], context: AutodiscoverSoapContext): string {
  const user = context.users.find((one) => one.email === address.toLowerCase());
  const dn = `${context.administrativeGroup}/cn=Recipients/cn=${user?.objectId ?? ''}`;
  const known: Readonly<Record<string, string | null>> = {
    AutoDiscoverSMTPAddress: address,
    CasVersion: context.version,
    EwsSupportedSchemas: context.schemas.join(', '),
    ExternalEwsUrl: context.externalEwsUrl,
    ExternalEwsVersion: context.version,
    InternalEwsUrl: context.internalEwsUrl,
    MailboxDN: dn,
    UserDN: dn,
    UserDisplayName: user?.name ?? '',
  };
  if (!user?.hasMailbox || !context.isMailboxKnown) {
    return tag(
      'UserResponse',
      {},
      text('ErrorCode', 'InvalidUser'),
      text('ErrorMessage', `Invalid user: '${address}'`),
      tag('RedirectTarget', { 'i:nil': true }),
      tag('UserSettingErrors', {}),
      tag('UserSettings', {}),
    );
  }
  if (context.redirect) {
    return tag(
      'UserResponse',
      {},
      text('ErrorCode', context.redirect.code),
      text('ErrorMessage', 'The user is to be asked for elsewhere.'),
      text('RedirectTarget', context.redirect.target),
      tag('UserSettingErrors', {}),
      tag('UserSettings', {}),
    );
  }
  const errors = wanted
    .filter((name) => (known[name] ?? null) === null)
    .map((name) =>
      tag(
        'UserSettingError',
        {},
        text('ErrorCode', 'SettingIsNotAvailable'),
        text('ErrorMessage', `The setting '${name}' is not available.`),
        text('SettingName', name),
      ),
    );
  const settings = wanted
    .filter((name) => (known[name] ?? null) !== null)
    .map((name) =>
      tag('UserSetting', { 'i:type': 'StringSetting' }, text('Name', name), text('Value', known[name] ?? '')),
    );
  return tag(
    'UserResponse',
    {},
    text('ErrorCode', 'NoError'),
    text('ErrorMessage', 'No error.'),
    tag('RedirectTarget', { 'i:nil': true }),
    tag('UserSettingErrors', {}, ...errors),
    tag('UserSettings', {}, ...settings),
  );
}

function envelope(content: string, { version, schemaVersion }: AutodiscoverSoapContext): string {
  const [major = '15', minor = '20', build = '0', revision = '0'] = version.split('.');
  const info = tag(
    'h:ServerVersionInfo',
    { 'xmlns:h': autodiscover },
    text('h:MajorVersion', major),
    text('h:MinorVersion', minor),
    text('h:MajorBuildNumber', build),
    text('h:MinorBuildNumber', revision),
    text('h:Version', schemaVersion),
  );
  const action = tag('a:Action', { 's:mustUnderstand': 1 }, `${autodiscover}/Autodiscover/GetUserSettingsResponse`);
  const response = tag(
    'Response',
    { 'xmlns:i': 'http://www.w3.org/2001/XMLSchema-instance' },
    text('ErrorCode', 'NoError'),
    tag('ErrorMessage', {}),
    tag('UserResponses', {}, content),
  );
  const body = tag('GetUserSettingsResponseMessage', { xmlns: autodiscover }, response);
  return tag(
    's:Envelope',
    { 'xmlns:s': namespaces.s, 'xmlns:a': 'http://www.w3.org/2005/08/addressing' },
    tag('s:Header', {}, action, info),
    tag('s:Body', {}, body),
  );
}

/** SOAP Autodiscover ([MS-OXWSADISC]) at /autodiscover/autodiscover.svc: GetUserSettings. The caller is verified already. */
export function answerAutodiscoverSoap(request: LabRequest, context: AutodiscoverSoapContext): LabAnswer {
  const root = readXml(request.body);
  const [message] = root ? find(root, 'd:GetUserSettingsRequestMessage') : [];
  if (!message) return empty(400);
  const wanted = find(message, 'd:Setting').map((setting) => setting.text.trim());
  const users = find(message, 'd:Mailbox').map((mailbox) => userResponse(mailbox.text.trim(), wanted, context));
  const body = `<?xml version="1.0" encoding="utf-8"?>${envelope(users.join(''), context)}`;
  return { status: 200, headers: { 'content-type': 'text/xml; charset=utf-8' }, body };
}
