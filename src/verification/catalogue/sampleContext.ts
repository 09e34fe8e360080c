import type { ConnectionSettings } from '../../connections/sourceConnection.ts';
import { contextOf } from '../context.ts';
import type { FindingContext } from '../findings/context.ts';

/** A connection of nobody's, for texts that speak of none in particular. */
export const sampleSettings: ConnectionSettings = {
  name: 'Contoso',
  cloud: 'worldwide',
  tenant: 'contoso.onmicrosoft.com',
  signIn: { method: 'appCertificate', clientId: '00000000-0000-0000-0000-000000000000' },
  testMailbox: 'user@contoso.com',
  endpoints: {},
};

export const sampleContext: FindingContext = contextOf(
  sampleSettings,
  'ExchangeMigration/<version>',
  new Date('2026-12-01T00:00:00.000Z'), // Before the end of EWS, whenever the page is made.
);

/** By an account, which opens single mailboxes only. */
export const accountContext: FindingContext = { ...sampleContext, method: 'account', userName: 'admin@contoso.com' };
