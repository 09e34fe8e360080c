import { EwsError, ewsCode } from './ewsError.ts';
import type { EwsSession } from './ewsSession.ts';
import { readServerVersion } from './serverVersion.ts';
import { envelope } from './soap.ts';
import type { Http } from './transport/httpClient.ts';

/** Exchange's way of saying that a token without a user must impersonate; token and tenant are good then. */
const mustImpersonate = 'ErrorInvalidExchangeImpersonationHeaderData';

export interface AccessProbe {
  /** Such as "15.20.9052.19"; absent when the answer does not tell. */
  readonly serverVersion?: string;
}

/**
 * Asks EWS for something that needs no mailbox, without impersonation. An app-only token gets a fault for that
 * which comes after all the checks of token, tenant and app, so it proves them as well as an answer would.
 * @throws EwsError when Exchange refuses the token, the app or the tenant; AnswerError; TransportError.
 */
export async function probeAccess(http: Http, session: EwsSession): Promise<AccessProbe> {
  const body =
    '<m:GetServerTimeZones ReturnFullTimeZoneData="false"><m:Ids><t:Id>UTC</t:Id></m:Ids></m:GetServerTimeZones>';
  try {
    const answer = await session.send(http, 'GetServerTimeZones', envelope(body, undefined, session.requestVersion));
    const serverVersion = readServerVersion(answer);
    return serverVersion === undefined ? {} : { serverVersion };
  } catch (error) {
    if (error instanceof EwsError && ewsCode(error) === mustImpersonate) return {};
    throw error;
  }
}
