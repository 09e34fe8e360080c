import * as l10n from '@vscode/l10n';
import { is2010 } from '../exchangeVersion.ts';
import type { Finding, Remedy } from '../../verification.ts';

/** In bytes: room for items of 150 MB, the most that Exchange takes in other ways, in base64. */
const proposed = 209_715_200;

/** Requests may be smaller than by default. @param megabytes the limit. @param version of the server */
export function lowRequestLimit(megabytes: number, version: string | undefined): Finding {
  return {
    code: 'request-limit-low',
    severity: 'warning',
    title: l10n.t('The server takes requests of {0} MB at most.', megabytes),
    explanation: l10n.t(
      'Items that are larger than three quarters of it cannot be migrated. The default is 64 MB since Exchange 2013, 33 MB in Exchange 2010.',
    ),
    remedies: [
      ...raiseRequestLimit(version),
      { text: l10n.t('If it is raised already: a proxy or load balancer before the server has a limit of its own.') },
    ],
  };
}

export function raiseRequestLimit(version: string | undefined): readonly Remedy[] {
  return [
    {
      text: l10n.t(
        'Raise the limit of IIS on each server (as administrator), and in the same web.config each maxReceivedMessageSize of {0}.',
        proposed,
      ),
      command: is2010(version)
        ? appcmd('Default Web Site/EWS')
        : [appcmd('Default Web Site/EWS'), appcmd('Exchange Back End/EWS')].join('\n'),
      link: 'https://learn.microsoft.com/exchange/architecture/client-access/client-message-size-limits',
    },
  ];
}

function appcmd(site: string): string {
  return (
    `& "$env:windir\\system32\\inetsrv\\appcmd.exe" set config '${site}' ` +
    `-section:system.webServer/security/requestFiltering "-requestLimits.maxAllowedContentLength:${proposed}"`
  );
}

/** The server, or what stands before it, does not go into announcements. */
export function limitNotTold(): Finding {
  return {
    code: 'request-limit-unknown',
    severity: 'info',
    title: l10n.t('How large a request may be did not show.'),
    explanation: l10n.t(
      'The server does not answer before a body is sent (Expect: 100-continue). Items that are too large will show in the migration.',
    ),
    remedies: [],
  };
}
