import { randomUUID } from 'node:crypto';
import type { ConnectionSecret } from '../../../src/connections/secret.ts';
import { serializeSecret } from '../../../src/connections/secret.ts';
import type { DefinitionFiles } from '../../../src/connections/definitionFiles.ts';
import type { SecretVault } from '../../../src/connections/secretVault.ts';
import type { SourceConnection } from '../../../src/connections/sourceConnection.ts';
import { fingerprintOf } from '../../../src/verification/fingerprint.ts';
import { checkIds } from '../../../src/verification/verification.ts';
import type { VerificationRecord } from '../../../src/verification/verification.ts';
import type { VerificationFiles } from '../../../src/verification/verificationFiles.ts';

export interface Places {
  readonly files: DefinitionFiles<SourceConnection>;
  readonly records: VerificationFiles;
  readonly vault: SecretVault;
}

/** Writes verified connections with their secrets straight to where they live: saving each would look at all others. */
export async function writeManyConnections({ files, records, vault }: Places, count: number): Promise<void> {
  const secret: ConnectionSecret = { method: 'appSecret', clientSecret: randomUUID() };
  for (let number = 1; number <= count; number++) {
    const connection = makeConnection(number);
    await vault.set(connection.secretKey ?? '', serializeSecret(secret));
    await records.write(connection.id, makeRecord(connection));
    await files.write(connection);
  }
}

function makeConnection(number: number): SourceConnection {
  const id = randomUUID();
  const revision = randomUUID();
  const tenant = `tenant${number}.onmicrosoft.com`;
  return {
    schemaVersion: 1,
    kind: 'office365',
    id,
    name: `Connection ${number}`,
    cloud: 'worldwide',
    tenant,
    signIn: { method: 'appSecret', clientId: randomUUID() },
    testMailbox: `somebody@${tenant}`,
    endpoints: {},
    revision,
    secretKey: `connection.${id}.${revision}`,
    modifiedAt: new Date().toISOString(),
  };
}

/** As long as the record of a real verification: about 4 kB. */
function makeRecord(connection: SourceConnection): VerificationRecord {
  return {
    recordVersion: 1,
    fingerprint: fingerprintOf(connection),
    startedAt: new Date().toISOString(),
    durationMs: 1234,
    outcome: 'passed',
    ewsUrl: 'https://outlook.office365.com/EWS/Exchange.asmx',
    checks: checkIds.map((id) => ({
      id,
      outcome: 'passed',
      durationMs: 123,
      detail: `${connection.testMailbox}: 21 folders, 1234 items.`,
      findings: [],
      exchanges: [
        {
          method: 'POST',
          url: 'https://outlook.office365.com/EWS/Exchange.asmx',
          operation: 'FindFolder',
          status: 200,
          durationMs: 120,
          headers: {
            date: new Date().toUTCString(),
            'request-id': randomUUID(),
            'client-request-id': randomUUID(),
            'x-feserver': 'AM0PR03CA0001',
            'x-beserver': 'AM0PR03MB0001',
            'x-calculatedbetarget': 'AM0PR03MB0001.eurprd03.prod.outlook.com',
          },
        },
      ],
    })),
  };
}
