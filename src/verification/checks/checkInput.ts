import type { Endpoints } from '../../identity/endpoints.ts';
import type { FindingContext } from '../findings/context.ts';
import type { VerifyRequest } from '../verify.ts';

/** What every check of one verification has at hand. */
export interface CheckInput extends Pick<
  VerifyRequest,
  'settings' | 'secret' | 'onRenewed' | 'library' | 'loadSignIn' | 'userAgent'
> {
  readonly context: FindingContext;
  /** @throws MissingEndpointError */
  readonly endpoints: () => Endpoints;
}
