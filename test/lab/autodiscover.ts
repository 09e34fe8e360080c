import { json } from './http.ts';
import type { LabAnswer, LabRequest } from './http.ts';
import type { LabState } from './state.ts';
import type { Tenant } from './tenant.ts';

export interface AutodiscoverContext {
  readonly tenant: Tenant;
  readonly ewsUrl: string;
  /** Origin of Autodiscover in the tenant's own cloud; null when that was asked. */
  readonly elsewhere: string | null;
  readonly state: LabState;
}

const protocols = ['EWS', 'AutodiscoverV1', 'ActiveSync', 'REST', 'Rest', 'Substrate'] as const;

const refusal = (status: number, code: string, message: string): LabAnswer =>
  json(status, { ErrorCode: code, ErrorMessage: message });

/** The address, from the path of version 1.0 or from the Email parameter. */
function addressOf(request: LabRequest): string {
  const inPath = /\/v1\.0\/([^/]*)$/i.exec(request.path)?.[1];
  return decodeURIComponent(inPath ?? request.query.get('Email') ?? '').toLowerCase();
}

/**
 * Autodiscover v2 (JSON, unauthenticated): `…/autodiscover.json/v1.0/{smtp}?Protocol=EWS` or
 * `…/autodiscover.json?Email={smtp}&Protocol=EWS`.
 */
export function answerAutodiscover(request: LabRequest, context: AutodiscoverContext): LabAnswer {
  const { tenant, state } = context;
  const address = addressOf(request);
  if (!/^[^@\s]+@[^@\s]+$/.test(address)) {
    return refusal(400, 'InvalidUserId', `The given user id '${address}' is invalid.`);
  }
  const protocol = request.query.get('Protocol') ?? '';
  const known = protocols.find((name) => name.toLowerCase() === protocol.toLowerCase());
  if (protocol === '')
    return refusal(
      400,
      'MandatoryParameterMissing',
      'A valid value must be provided for the query parameter Protocol.',
    );
  if (!known) {
    return refusal(
      400,
      'InvalidProtocol',
      `The given protocol value '${protocol}' is invalid. Supported values are '${protocols.join(',')}'.`,
    );
  }
  if (state.autodiscover.redirectUrl !== null) {
    const target = new URL(state.autodiscover.redirectUrl);
    return { status: 302, headers: { location: target.href }, body: '' };
  }
  const user = tenant.users.find((one) => one.email === address);
  const isKnown =
    state.autodiscover.mailboxKnown && (address.endsWith(`@${tenant.domain}`) ? user !== undefined : false);
  if (!isKnown) {
    return refusal(404, 'UserNotFound', `The given user is not found: ${address}`);
  }
  if (context.elsewhere !== null) {
    const query = request.query.size > 0 ? `?${request.query.toString()}` : '';
    return { status: 302, headers: { location: `${context.elsewhere}${request.path}${query}` }, body: '' };
  }
  if (known !== 'EWS') {
    const url = new URL(known === 'AutodiscoverV1' ? '/autodiscover/autodiscover.xml' : '/api', context.ewsUrl);
    return json(200, { Protocol: known, Url: url.href });
  }
  return json(200, { Protocol: 'EWS', Url: state.autodiscover.ewsUrl ?? context.ewsUrl });
}
