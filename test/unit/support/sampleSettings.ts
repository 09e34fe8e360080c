import type { ConnectionSecret } from '../../../src/connections/secret.ts';
import type { ConnectionSettings } from '../../../src/connections/sourceConnection.ts';

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

export const clientSecret = (text: string): ConnectionSecret => ({ method: 'appSecret', clientSecret: text });
