import { isHttpsUrl, isMailAddress } from '../connections/settingForms.ts';
import { ewsAddressOf } from '../connections/targetConnection.ts';
import type { TargetSettings } from '../connections/targetConnection.ts';
import type { TargetForm } from './targetProtocol.ts';

export const emptyTargetForm: TargetForm = { name: '', server: '', method: 'ntlm', userName: '', testMailbox: '' };

export function targetFormOf({ name, server, signIn, testMailbox }: TargetSettings): TargetForm {
  return { name, server: server.ews, ...signIn, testMailbox };
}

/** What a text in the field "Server" is; undefined: none of these. */
export function serverKind(text: string): 'mailAddress' | 'serverName' | 'address' | undefined {
  const server = text.trim();
  if (/^\w+:\/\//.test(server)) return isHttpsUrl(server) ? 'address' : undefined;
  if (isMailAddress(server)) return 'mailAddress';
  return serverName.test(server) && isHttpsUrl(`https://${server}/`) ? 'serverName' : undefined;
}

/** A name without scheme, path and user; a port may follow. A single label is a name in one's own network. */
const serverName = /^[\p{L}\p{N}]([\p{L}\p{N}.-]*[\p{L}\p{N}])?(:\d{1,5})?$/u;

/** Where the server is. @param found by Autodiscover, for an e-mail address */
export function serverOf(text: string, found: string | undefined): TargetSettings['server'] | undefined {
  const server = text.trim();
  switch (serverKind(server)) {
    case 'address':
      return { ews: server, from: 'typed' };
    case 'serverName':
      return { ews: ewsAddressOf(server), from: 'serverName' };
    case 'mailAddress':
      return found === undefined ? undefined : { ews: found, from: 'autodiscover' };
    case undefined:
      return undefined;
  }
}

/** A name for a connection to this server: "Mail" of mail.contoso.com, the host of an address, the domain of a mailbox. */
export function nameFromServer(text: string): string {
  const server = text.trim();
  const host = serverKind(server) === 'address' ? new URL(server).hostname : (server.split('@').at(-1) ?? '');
  return host.replace(/:\d+$/, '');
}
