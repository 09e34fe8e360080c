import { escapeXml, namespaces, tag } from './ews/xml.ts';
import { readXml } from './ews/xmlReader.ts';
import type { XmlElement } from './ews/xmlReader.ts';
import { empty } from './http.ts';
import type { LabAnswer, LabRequest } from './http.ts';
import type { LabState } from './state.ts';
import type { Tenant } from './tenant.ts';

export interface AutodiscoverSoapContext {
  readonly tenant: Tenant;
  readonly ewsUrl: string;
  readonly state: LabState;
}

const autodiscover = namespaces.d;
const text = (name: string, value: string): string => tag(name, {}, escapeXml(value));

function find(element: XmlElement, name: string): XmlElement[] {
  return element.name === name ? [element] : element.children.flatMap((child) => find(child, name));
}

/** One user's settings: those asked for that the lab knows, errors for the rest. */
function userResponse(address: string, wanted: readonly string[], context: AutodiscoverSoapContext): string {
  const user = context.tenant.users.find((one) => one.email === address.toLowerCase());
  const dn = `/o=ExchangeLabs/ou=Exchange Administrative Group (FYDIBOHF23SPDLT)/cn=Recipients/cn=${user?.objectId ?? ''}`;
  const known: Readonly<Record<string, string>> = {
    AutoDiscoverSMTPAddress: address,
    CasVersion: context.state.ews.version,
    EwsSupportedSchemas:
      'Exchange2007, Exchange2007_SP1, Exchange2010, Exchange2010_SP1, Exchange2010_SP2, Exchange2013, Exchange2013_SP1, Exchange2015, Exchange2016',
    ExternalEwsUrl: context.state.autodiscover.ewsUrl ?? context.ewsUrl,
    ExternalEwsVersion: context.state.ews.version,
    InternalEwsUrl: context.state.autodiscover.ewsUrl ?? context.ewsUrl,
    MailboxDN: dn,
    UserDN: dn,
    UserDisplayName: user?.name ?? '',
  };
  if (!user?.hasMailbox || !context.state.autodiscover.mailboxKnown) {
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
  const errors = wanted
    .filter((name) => known[name] === undefined)
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
    .filter((name) => known[name] !== undefined)
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

function envelope(content: string, version: string): string {
  const [major = '15', minor = '20', build = '0', revision = '0'] = version.split('.');
  const info = tag(
    'h:ServerVersionInfo',
    { 'xmlns:h': autodiscover },
    text('h:MajorVersion', major),
    text('h:MinorVersion', minor),
    text('h:MajorBuildNumber', build),
    text('h:MinorBuildNumber', revision),
    text('h:Version', 'Exchange2015'),
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
  const body = `<?xml version="1.0" encoding="utf-8"?>${envelope(users.join(''), context.state.ews.version)}`;
  return { status: 200, headers: { 'content-type': 'text/xml; charset=utf-8' }, body };
}
