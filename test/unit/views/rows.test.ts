import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import type { SourceConnection } from '../../../src/connections/sourceConnection.ts';
import { fingerprintOf } from '../../../src/verification/fingerprint.ts';
import type { Finding } from '../../../src/verification/verification.ts';
import { checkRow } from '../../../src/views/checkRow.ts';
import { connectionRow, statusOf } from '../../../src/views/connectionRow.ts';
import type { ConnectionModel, ConnectionStatus } from '../../../src/views/connectionRow.ts';
import { escapeMarkdown } from '../../../src/views/escapeMarkdown.ts';
import { unreadableRow } from '../../../src/views/unreadableRow.ts';
import { sampleCheck, sampleRecord } from '../support/sampleRecord.ts';
import { sampleConnection } from '../support/sampleSettings.ts';

const connection = sampleConnection;
const fingerprint = fingerprintOf(connection);
const idle = { connection, hasSecret: true, verifying: false } as const;
const verified = { ...idle, record: sampleRecord({ fingerprint }) };

describe('The row of a connection', () => {
  const models: readonly (readonly [string, ConnectionModel, ConnectionStatus, string])[] = [
    ['never verified', idle, 'notVerified', 'Not verified'],
    ['verified', verified, 'verified', 'Verified'],
    [
      'verified with warnings',
      { ...idle, record: sampleRecord({ fingerprint, outcome: 'warning' }) },
      'warnings',
      'Verified with warnings',
    ],
    ['failed', { ...idle, record: sampleRecord({ fingerprint, outcome: 'failed' }) }, 'failed', 'Failed'],
    ['changed since', { ...idle, record: sampleRecord({ fingerprint: 'of before' }) }, 'notVerified', 'Not verified'],
    ['without its secret', { ...verified, hasSecret: false }, 'secretMissing', 'Secret missing'],
    ['being verified', { ...verified, verifying: true }, 'verifying', 'Verifying…'],
    ['being verified without a secret', { ...idle, hasSecret: false, verifying: true }, 'verifying', 'Verifying…'],
  ];
  for (const [what, model, status, text] of models) {
    it(`${what} says “${text}”`, () => {
      assert.equal(statusOf(model), status);
      const row = connectionRow(model);
      assert.equal(row.label, 'Contoso');
      assert.equal(row.description, `${text} · contoso.onmicrosoft.com`);
      assert.equal(row.spoken, `Contoso, tenant contoso.onmicrosoft.com, ${text}`);
      assert.equal(row.contextValue, model.verifying ? 'connection.verifying' : 'connection.idle');
    });
  }

  describe('with a certificate', () => {
    const now = new Date('2026-11-24T12:00:00.000Z');
    const rowUntil = (notAfter: string): ReturnType<typeof connectionRow> => {
      const certificate = { subject: 'CN=Migration', thumbprintSha256: 'A'.repeat(64), notAfter };
      const signIn = { method: 'appCertificate' as const, clientId: connection.id, certificate };
      return connectionRow({ ...idle, connection: { ...connection, signIn } }, now);
    };
    for (const [notAfter, text] of [
      ['2026-11-23T12:00:00.000Z', 'Certificate expired'],
      ['2026-11-24T13:00:00.000Z', 'Certificate expires in 0 days'],
      ['2026-11-25T13:00:00.000Z', 'Certificate expires in 1 day'],
      ['2026-12-24T12:00:00.000Z', 'Certificate expires in 30 days'],
    ] as const) {
      it(`that ends at ${notAfter} says “${text}”, to eyes and ears`, () => {
        const row = rowUntil(notAfter);
        assert.equal(row.description, `Not verified · ${text} · contoso.onmicrosoft.com`);
        assert.equal(row.spoken, `Contoso, tenant contoso.onmicrosoft.com, Not verified, ${text}`);
      });
    }

    it('that is good for long says so in its tooltip only', () => {
      const row = rowUntil('2026-12-25T12:00:00.000Z');
      assert.equal(row.description, 'Not verified · contoso.onmicrosoft.com');
      assert.match(row.tooltip, /Certificate valid until: /);
    });
  });

  describe('with a client secret whose end Graph has told', () => {
    const now = new Date('2026-11-24T12:00:00.000Z');
    const rowUntil = (secretEnds: string, of = fingerprint): ReturnType<typeof connectionRow> =>
      connectionRow({ ...idle, record: { ...sampleRecord({ fingerprint: of }), secretEnds } }, now);

    it('says when that is near', () => {
      assert.match(rowUntil('2026-12-01T13:00:00.000Z').description, /Client secret expires in 7 days/);
      assert.match(rowUntil('2026-11-23T12:00:00.000Z').spoken, /, Client secret expired$/);
    });

    it('says it in its tooltip only while it is far', () => {
      const row = rowUntil('2027-11-24T12:00:00.000Z');
      assert.ok(!row.description.includes('secret'));
      assert.match(row.tooltip, /Client secret valid until: /);
    });

    it('forgets it when the secret is another one', () => {
      const row = rowUntil('2026-12-01T13:00:00.000Z', 'of before');
      assert.ok(!row.description.includes('expires'));
      assert.ok(!row.tooltip.includes('Client secret valid'));
    });
  });

  it('whose account has not signed in on this machine says so, and offers it', () => {
    const signIn = { method: 'account' as const, clientId: connection.id };
    const row = connectionRow({ connection: { ...connection, signIn }, hasSecret: false, verifying: false });
    assert.equal(row.description, 'Not signed in · contoso.onmicrosoft.com');
    assert.equal(row.contextValue, 'connection.idle.account');
  });

  it('differs by shape and word between all statuses', () => {
    const rows = new Map(models.map(([, model, status]) => [status, connectionRow(model)]));
    assert.equal(rows.size, 6);
    for (const key of ['icon', 'description'] as const) {
      assert.equal(new Set([...rows.values()].map((row) => row[key])).size, 6, key);
    }
  });

  it('stays verified when only the name changed, and no longer when anything else did', () => {
    const after = (changes: Partial<SourceConnection>): ConnectionStatus =>
      statusOf({ ...verified, connection: { ...connection, ...changes } });
    assert.equal(after({ name: 'Other', revision: connection.id, modifiedAt: '2027-01-01T00:00:00.000Z' }), 'verified');
    const changes: Partial<SourceConnection>[] = [
      { tenant: 'fabrikam.example' },
      { cloud: 'dod' },
      { testMailbox: 'other@contoso.com' },
      { secretKey: 'connection.x.2' },
      { endpoints: { ews: 'https://mail.example' } },
      { additionalCa: { fileName: 'ca.pem', pem: 'x' } },
      { signIn: { method: 'appSecret', clientId: connection.revision } },
    ];
    for (const change of changes) assert.equal(after(change), 'notVerified', JSON.stringify(change));
  });

  it('stays verified whatever the order of the keys in its file', () => {
    const endpoints = { ews: 'https://a.example', authority: 'https://b.example' };
    const before = { ...connection, endpoints };
    const after = { ...connection, endpoints: { authority: endpoints.authority, ews: endpoints.ews } };
    assert.equal(fingerprintOf(after), fingerprintOf(before));
  });

  it('tells in its tooltip tenant, cloud, method, EWS address, and when it was verified', () => {
    const { tooltip } = connectionRow(verified);
    const plain = tooltip.replaceAll('\\', '');
    for (const text of [
      '**Contoso**',
      'Status: Verified',
      'Tenant: contoso.onmicrosoft.com',
      'Cloud: Worldwide (and GCC)',
      'Sign-in method: App registration with client secret',
      'EWS address: https://outlook.office365.com/EWS/Exchange.asmx',
      'took 1.4 s',
    ]) {
      assert.ok(plain.includes(text), `${text} in ${plain}`);
    }
    assert.match(connectionRow(idle).tooltip, /Last verified: never/);
  });

  it('shows names as they are: no formatting, link or entity of them takes effect', () => {
    const name = '**x** [a](https://evil.example) <b> www.evil.example a&lt;b `c`';
    const { tooltip, label } = connectionRow({ ...idle, connection: { ...connection, name } });
    assert.equal(label, name);
    assert.doesNotMatch(tooltip.split('\n')[0] ?? '', /[^\\][[\]()<>`&]|[^\\]:\/\/|www\./);
  });
});

describe('Escaping Markdown', () => {
  it('puts a backslash before every punctuation mark, changes no other character, and stays on one line', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const escaped = escapeMarkdown(text);
        assert.doesNotMatch(escaped, /\n/);
        assert.equal(escaped.replace(/\\([!-/:-@[-`{-~])/g, '$1'), text.replace(/\s+/g, ' '));
        assert.doesNotMatch(escaped.replace(/\\[!-/:-@[-`{-~]/g, ''), /[!-/:-@[-`{-~]/);
      }),
    );
  });
});

describe('The row of a check', () => {
  it('differs by shape and word between all outcomes', () => {
    const outcomes = ['passed', 'warning', 'failed', 'skipped', 'cancelled'] as const;
    const rows = outcomes.map((outcome) => checkRow(sampleCheck({ outcome })));
    for (const key of ['icon', 'description'] as const) assert.equal(new Set(rows.map((row) => row[key])).size, 5);
  });

  it('tells title, outcome, how long it took, and what is wrong', () => {
    const title = 'The *secret* is wrong.';
    const finding: Finding = { code: 'x', severity: 'error', title, explanation: '', remedies: [] };
    const row = checkRow(sampleCheck({ outcome: 'failed', durationMs: 999, findings: [finding] }));
    assert.equal(row.label, 'Sign in');
    assert.equal(row.description, 'Failed · 999 ms');
    assert.equal(row.spoken, 'Sign in, Failed, The *secret* is wrong.');
    assert.equal(row.tooltip, String.raw`The \*secret\* is wrong\.`);
  });

  it('tells no duration of what did not run', () => {
    assert.equal(
      checkRow(sampleCheck({ outcome: 'skipped', durationMs: 0, detail: 'Because.' })).description,
      'Skipped',
    );
  });
});

describe('The row of a definition that cannot be read', () => {
  const reasons = ['notJson', 'invalid', 'newerVersion', 'noAccess'] as const;

  it('says why, differently for each reason, and names file and place', () => {
    const rows = reasons.map((reason) =>
      unreadableRow({ fileName: 'a.json', path: '/x/a.json', reason, place: 'signIn' }),
    );
    assert.equal(new Set(rows.map(({ label, description }) => label + description)).size, reasons.length);
    for (const row of rows) {
      assert.equal(row.contextValue, 'unreadable');
      assert.match(row.spoken, /a\.json/);
      assert.match(row.tooltip, /\(signIn\)/);
    }
  });

  it('shows what the file calls its keys as text', () => {
    const place = '[x](https://evil.example)';
    const { tooltip } = unreadableRow({ fileName: 'a.json', path: '/x/a.json', reason: 'invalid', place });
    assert.ok(!tooltip.includes('](https:'), tooltip);
  });
});
