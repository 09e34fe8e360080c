import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { targetKind } from '../../../src/connections/targetConnection.ts';
import { fingerprintOf } from '../../../src/verification/fingerprint.ts';
import { targetFacts, targetRow } from '../../../src/views/targetRow.ts';
import { sampleRecord } from '../support/sampleRecord.ts';

const connection = targetKind.define(
  {
    name: 'Head*quarters',
    server: { ews: 'https://mail.contoso.com/EWS/Exchange.asmx', from: 'serverName' },
    signIn: { method: 'ntlm', userName: 'CONTOSO\\migration' },
    testMailbox: 'user@contoso.com',
  },
  {
    id: '3fa85f64-5717-4562-b3fc-2c963f66afa6',
    revision: '11111111-1111-4111-8111-111111111111',
    modifiedAt: '2026-11-22T10:00:00.000Z',
  },
);
const model = { connection, hasSecret: true, verifying: false };

describe('The row of a target connection', () => {
  it('tells name, status and server, to the eye and to a screen reader', () => {
    const record = sampleRecord({ fingerprint: fingerprintOf(connection) });
    const row = targetRow({ ...model, record });
    assert.equal(row.label, 'Head*quarters');
    assert.equal(row.description, 'Verified · mail.contoso.com');
    assert.equal(row.spoken, 'Head*quarters, server mail.contoso.com, Verified');
    assert.equal(row.contextValue, 'connection.idle');
    assert.match(row.tooltip, /^\*\*Head\\\*quarters\*\*/, 'nothing of a name is markup');
  });

  it('says what is missing, and what runs', () => {
    assert.match(targetRow({ ...model, hasSecret: false }).description, /^Secret missing/);
    assert.match(targetRow({ ...model, verifying: true }).contextValue, /verifying$/);
    assert.match(targetRow(model).description, /^Not verified/);
  });

  it('knows the version that the server has told', () => {
    const names = (facts: ReturnType<typeof targetFacts>): string[] => facts.map(([name]) => name);
    assert.equal(names(targetFacts(model)).includes('Version of Exchange'), false);
    const record = sampleRecord({ serverVersion: '15.2.1748.10' });
    assert.deepEqual(Object.fromEntries(targetFacts({ ...model, record }))['Version of Exchange'], '15.2.1748.10');
  });
});
