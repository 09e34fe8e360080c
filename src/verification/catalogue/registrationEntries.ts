import { StoreError } from '../../connections/storeError.ts';
import { GraphError } from '../../identity/graph/graphError.ts';
import { NoSuchApiError } from '../../identity/registration/permissionGrants.ts';
import { NoSuchAppError } from '../../identity/registration/tenantApps.ts';
import { NotSpreadError } from '../../identity/registration/spreading.ts';
import { unknownFailure } from '../findings/general.ts';
import { explainRegistration } from '../findings/registration.ts';
import { explainStored } from '../findings/stored.ts';
import { timedOut } from '../findings/timeout.ts';
import type { Finding } from '../verification.ts';
import { SecretMissingError } from '../secretMissingError.ts';
import { entriesOf } from './catalogueEntry.ts';
import type { CatalogueEntry } from './catalogueEntry.ts';
import { sampleSettings } from './sampleContext.ts';

const failure = (error: unknown) => (): Finding => explainRegistration(error, sampleSettings);

const sampleParts = { schemaVersion: 1, kind: 'office365', id: '', revision: '', modifiedAt: '' };
const stored = (error: unknown) => (): Finding => explainStored(error) ?? unknownFailure(error);

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
    stored(new SecretMissingError({ ...sampleSettings, ...sampleParts })),
    stored(new StoreError('unreadableDefinition', { path: '<file>' })),
    () => timedOut(15_000),
    () => unknownFailure(new Error()),
  ),
];
