import { DeviceCodeExpiredError, NoBrowserError, SignInAbandonedError } from '../../identity/account/accountSignIn.ts';
import { LoopbackError } from '../../identity/account/loopback.ts';
import { SignInError } from '../../identity/signInError.ts';
import { explain } from '../explain.ts';
import { explainAccountSignIn } from '../findings/account.ts';
import { accountEntries as accountCodes } from '../findings/accountEntries.ts';
import * as notices from '../findings/notices.ts';
import { signInCodes } from '../findings/signIn.ts';
import type { Finding } from '../verification.ts';
import { entriesOf } from './catalogueEntry.ts';
import type { CatalogueEntry } from './catalogueEntry.ts';
import { accountContext, sampleContext, sampleSettings } from './sampleContext.ts';

const refusal = (codes: readonly number[]): SignInError =>
  new SignInError({
    ...{ status: 400, error: 'invalid_request', codes: codes.slice(0, 1), description: '' },
    ...{ traceId: '', correlationId: '', timestamp: '' },
  });

const ofAccounts = new Set(accountCodes.map(({ code }) => code));
const soon = new Date('2027-01-01T00:00:00.000Z');

const attempt = (error: unknown) => (): Finding => explainAccountSignIn(error, sampleSettings);

/** The sign-in service gave no token, or a person did not sign in. */
export const signInEntries: readonly CatalogueEntry[] = [
  ...entriesOf(
    'signIn',
    ...signInCodes
      .filter(({ code }) => !ofAccounts.has(code))
      .map(
        ({ aadsts }) =>
          () =>
            explain(refusal(aadsts), sampleContext),
      ),
    () => explain(refusal([]), sampleContext),
    () => notices.foreignTokenEndpoint('https://login.example.com'),
    () => notices.unusableSecret(),
    () => notices.certificateEnds(20, soon),
    () => notices.secretEnds(20, soon),
  ),
  ...entriesOf(
    'account',
    ...accountCodes.map(
      ({ aadsts }) =>
        () =>
          explain(refusal(aadsts), accountContext),
    ),
    attempt(new LoopbackError(Object.assign(new Error(), { code: 'EADDRINUSE' }))),
    attempt(new NoBrowserError()),
    attempt(new SignInAbandonedError()),
    attempt(new DeviceCodeExpiredError()),
  ),
];
