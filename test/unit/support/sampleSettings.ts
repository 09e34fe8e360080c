import type { ConnectionSecret } from '../../../src/connections/secret.ts';
import type { ConnectionSettings, SourceConnection } from '../../../src/connections/sourceConnection.ts';

/** Settings of a connection that nothing is wrong with. */
export function sampleSettings(changes: Partial<ConnectionSettings> = {}): ConnectionSettings {
  return {
    name: 'Contoso',
    cloud: 'worldwide',
    tenant: 'contoso.onmicrosoft.com',
    signIn: { method: 'appSecret', clientId: '3fa85f64-5717-4562-b3fc-2c963f66afa6' },
    testMailbox: 'reception@contoso.com',
    endpoints: {},
    ...changes,
  };
}

/** The same, as a definition file holds it. */
export const sampleConnection: SourceConnection = {
  schemaVersion: 1,
  kind: 'office365',
  id: '3fa85f64-5717-4562-b3fc-2c963f66afa6',
  ...sampleSettings(),
  revision: '11111111-1111-4111-8111-111111111111',
  secretKey: 'connection.x.1',
  modifiedAt: '2026-11-22T10:00:00.000Z',
};

export const clientSecret = (text: string): ConnectionSecret => ({ method: 'appSecret', clientSecret: text });
