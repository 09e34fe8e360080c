import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { EwsError } from '../../../../src/ews/ewsError.ts';
import type { EwsEvidence } from '../../../../src/ews/ewsError.ts';
import { TransportError } from '../../../../src/ews/transport/transportError.ts';
import { ConnectionHealth } from '../../../../src/migration/scan/connectionHealth.ts';

const http = (status: number, more: object = {}): EwsError =>
  new EwsError({ kind: 'http', status, policyReason: '', ...more } satisfies EwsEvidence);
const fault = (code: string): EwsError => new EwsError({ kind: 'fault', status: 500, code, message: '' });

describe('The health of a connection', () => {
  const verdicts = (health: ConnectionHealth, error: unknown, times: number): string =>
    Array.from({ length: times }, () => health.failed(error)).join(' ');

  it('is not touched by what Exchange says of single mailboxes, however many', () => {
    const health = new ConnectionHealth(true);
    assert.match(verdicts(health, fault('ErrorNonExistentMailbox'), 30), /^(mailbox ?)+$/);
    assert.match(
      verdicts(health, http(403, { diagnostics: { code: 2000005, reason: '', category: '' } }), 30),
      /^(mailbox ?)+$/,
    );
  });

  it('is suspect when five in a row fail at something else', () => {
    const health = new ConnectionHealth(false);
    assert.equal(verdicts(health, http(403), 4), 'mailbox mailbox mailbox mailbox');
    health.opened();
    assert.equal(verdicts(health, http(401), 5), 'mailbox mailbox mailbox mailbox suspect');
  });

  it('is gone when it is busy for good, or when a hundred were asked for in vain', () => {
    assert.match(verdicts(new ConnectionHealth(false), fault('ErrorServerBusy'), 5), /^(mailbox ){4}connection$/);
    const health = new ConnectionHealth(false);
    const found = Array.from({ length: 100 }, () => {
      const verdict = health.failed(http(403));
      if (verdict === 'suspect') health.answered();
      return verdict;
    });
    assert.deepEqual([found.filter((verdict) => verdict === 'suspect').length, found.at(-1)], [19, 'connection']);
  });

  it('is gone with the sign-in, the address or the certificate', () => {
    for (const reason of ['dns', 'refused', 'tlsExpired', 'proxyAuthentication'] as const) {
      assert.equal(new ConnectionHealth(false).failed(new TransportError(reason, 'https://host')), 'connection');
    }
    assert.equal(new ConnectionHealth(true).failed(http(401)), 'connection');
    assert.equal(new ConnectionHealth(false).failed(new Error('No token.')), 'connection');
  });

  it('is gone when nobody could be opened for want of rights, and not when some could', () => {
    const denied = fault('ErrorImpersonateUserDenied');
    assert.match(verdicts(new ConnectionHealth(true), denied, 20), /^(mailbox ){19}connection$/);
    const scoped = new ConnectionHealth(true);
    scoped.opened();
    assert.match(verdicts(scoped, denied, 50), /^(mailbox ?)+$/);
  });
});
