import { X509Certificate } from 'node:crypto';
import * as l10n from '@vscode/l10n';
import { EwsError, httpEvidence } from '../../../ews/ewsError.ts';
import { readXmlText, refuseRedirect } from '../../../ews/transport/answer.ts';
import { authenticationSchemes } from '../../../ews/transport/authenticationSchemes.ts';
import { HeldConnection } from '../../../ews/transport/heldConnection.ts';
import type { CheckScope, CheckSuccess } from '../../checkRunner.ts';
import { TargetError } from '../targetError.ts';
import type { TargetInput } from '../targetInput.ts';

/** A server that answers, and what it showed before anybody signed in. */
export interface ReachedServer {
  /** Ways to sign in, as registered with IANA. */
  readonly offered: readonly string[];
  /** Such as TLSv1.3. */
  readonly protocol: string;
  readonly certificate: X509Certificate | undefined;
}

/** Asks the EWS address for something without signing in: that it then asks who is there is the sign of EWS. */
export async function checkReach(scope: CheckScope, input: TargetInput): Promise<CheckSuccess<ReachedServer>> {
  const connection = new HeldConnection(); // A connection of its own knows its certificate for sure.
  const response = await scope.http.request({
    method: 'GET',
    url: input.settings.server.ews,
    connection,
    headers: { 'user-agent': input.userAgent },
  });
  const { certificate, protocol = '' } = connection;
  connection.close();
  refuseRedirect(response);
  const offered = authenticationSchemes([response.headers['www-authenticate'] ?? '']);
  if (response.status === 200) {
    readXmlText(response); // A page is of somebody else.
    throw new TargetError({ kind: 'asksNobody', status: response.status });
  }
  if (response.status !== 401) throw new EwsError(httpEvidence(response.status, response.headers));
  return {
    value: { offered, protocol, certificate: certificate && new X509Certificate(certificate) },
    detail:
      offered.length === 0
        ? l10n.t('{0} answers, and offers no way to sign in.', input.context.host)
        : l10n.t('{0} answers. Ways to sign in: {1}.', input.context.host, offered.join(', ')),
  };
}
