import { StoreError } from '../../connections/storeError.ts';
import { GraphError } from '../../identity/graph/graphError.ts';
import { NoSuchApiError } from '../../identity/registration/permissionGrants.ts';
import { NoSuchAppError } from '../../identity/registration/tenantApps.ts';
import { NotSpreadError } from '../../identity/registration/spreading.ts';
import { unknownFailure } from '../findings/general.ts';
import { explainRegistration } from '../findings/registration.ts';
import { timedOut } from '../findings/timeout.ts';
import type { Finding } from '../verification.ts';
import { entriesOf } from './catalogueEntry.ts';
import type { CatalogueEntry } from './catalogueEntry.ts';
import { sampleSettings } from './sampleContext.ts';

const failure = (error: unknown) => (): Finding => explainRegistration(error, sampleSettings);

const graph = (status: number, operation = 'createApplication') =>
  failure(
    new GraphError({ operation, status, codes: ['<code>'], message: '', requestId: '<id>', retryAfter: undefined }),
  );

/** An app could not be registered, renewed or removed. */
export const registrationEntries: readonly CatalogueEntry[] = [
  ...entriesOf(
    'registration',
    graph(401),
    graph(403),
    graph(403, 'assignAppRole'),
    graph(429),
    graph(503),
    graph(400),
    failure(new NoSuchApiError('<application ID>')),
    failure(new NoSuchAppError('<application ID>')),
    failure(new NotSpreadError(undefined)),
    failure(new StoreError('diskFull')),
  ),
  ...entriesOf(
    'program',
    () => timedOut(15_000),
    () => unknownFailure(new Error()),
  ),
];
