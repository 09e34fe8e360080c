import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import { StoreError } from '../../../src/connections/storeError.ts';
import { markdownReport } from '../../../src/verification/report/markdownReport.ts';
import { reportOf } from '../../../src/verification/report/reportModel.ts';
import { outcomeOf } from '../../../src/verification/verification.ts';
import type { CheckResult, VerificationOutcome } from '../../../src/verification/verification.ts';
import { VerificationFiles } from '../../../src/verification/verificationFiles.ts';
import { sampleCheck, sampleRecord } from '../support/sampleRecord.ts';
import { sampleSettings } from '../support/sampleSettings.ts';
import { useTemporaryFolder } from '../support/temporaryFolder.ts';

const id = '3fa85f64-5717-4562-b3fc-2c963f66afa6';

describe('The kept results of verifications', () => {
  const folder = useTemporaryFolder();
  const path = (): string => join(folder(), `${id}.json`);

  it('survive a round trip, are replaced, and can be removed', async () => {
    const files = new VerificationFiles(folder());
    const first = sampleRecord({
      checks: [
        sampleCheck({
          exchanges: [
            {
              method: 'GET',
              url: 'https://x.example/',
              operation: '',
              status: 200,
              durationMs: 1,
              headers: { date: 'x' },
            },
          ],
        }),
      ],
    });
    await files.write(id, first);
    assert.deepEqual(await files.read(id), first);
    await files.write(id, sampleRecord());
    assert.deepEqual(await files.read(id), sampleRecord());
    assert.deepEqual(await new VerificationFiles(folder()).read(id), sampleRecord());
    await files.remove(id);
    assert.equal(await files.read(id), undefined);
  });

  for (const [what, text] of [
    ['empty', ''],
    ['damaged', '{"recordVersion": 1,'],
    ['of another version', JSON.stringify({ ...sampleRecord(), recordVersion: 2 })],
    ['of an unknown check', JSON.stringify(sampleRecord({ checks: [{ ...sampleCheck(), id: 'x' as 'export' }] }))], // Wrong on purpose.
    ['a list', '[]'],
  ] as const) {
    it(`count as none when the file is ${what}, until the next is written`, async () => {
      const files = new VerificationFiles(folder());
      await writeFile(path(), text);
      assert.equal(await files.read(id), undefined);
      await files.write(id, sampleRecord());
      assert.deepEqual(await files.read(id), sampleRecord());
    });
  }

  it('count as none when a folder has the file’s name; that they cannot be written is told', async () => {
    const files = new VerificationFiles(folder());
    await mkdir(join(path(), 'inside'), { recursive: true });
    assert.equal(await files.read(id), undefined);
    await assert.rejects(files.write(id, sampleRecord()), StoreError);
  });

  it('show what another window wrote', async () => {
    const files = new VerificationFiles(folder());
    await files.write(id, sampleRecord());
    await files.read(id);
    await new VerificationFiles(folder()).write(id, sampleRecord({ outcome: 'failed' }));
    assert.equal((await files.read(id))?.outcome, 'failed');
    assert.match(await readFile(path(), 'utf8'), /"failed"/);
  });
});

describe('The outcome of a verification', () => {
  const cases: readonly (readonly [readonly CheckResult['outcome'][], VerificationOutcome])[] = [
    [['passed', 'passed'], 'passed'],
    [['passed', 'warning'], 'warning'],
    [['warning', 'failed', 'skipped'], 'failed'],
    [['failed', 'cancelled', 'warning'], 'cancelled'],
  ];
  for (const [outcomes, expected] of cases) {
    it(`of ${outcomes.join(', ')} is ${expected}`, () =>
      assert.equal(outcomeOf(outcomes.map((outcome) => ({ outcome }))), expected));
  }
});

describe('The report of a verification', () => {
  it('names everything that support asks for', () => {
    const check = sampleCheck({
      outcome: 'failed',
      detail: 'In detail.',
      findings: [
        {
          code: 'wrong-secret',
          severity: 'error',
          title: 'The client secret is wrong.',
          explanation: 'It was mistyped.',
          remedies: [
            { text: 'Do this.', command: 'One\nTwo' },
            { text: 'Read that.', link: 'https://learn.example/' },
          ],
        },
      ],
      exchanges: [
        {
          method: 'POST',
          url: 'https://login.example/token',
          operation: 'Token',
          status: 401,
          durationMs: 12,
          headers: { 'request-id': 'R`1' },
        },
        { method: 'GET', url: 'https://x.example/', operation: '', failure: 'dns', durationMs: 3, headers: {} },
      ],
    });
    const record = sampleRecord({ outcome: 'failed', checks: [check] });
    assert.equal(
      markdownReport(reportOf({ settings: sampleSettings(), record, versions: 'Exchange Migration 1, VS Code 2' })),
      [
        '# Verification of Contoso',
        '',
        '- Outcome: **Failed**',
        '- Started: 2026-11-22T10:00:00.000Z, 1400 ms',
        '- Tenant: contoso.onmicrosoft.com',
        '- Cloud: Worldwide (and GCC)',
        '- Sign-in method: App registration with client secret',
        '- Application (client) ID: 3fa85f64-5717-4562-b3fc-2c963f66afa6',
        '- Test mailbox: reception@contoso.com',
        '- EWS address: https://outlook.office365.com/EWS/Exchange.asmx',
        '- Versions: Exchange Migration 1, VS Code 2',
        '',
        '## Sign in (sign-in): Failed',
        '',
        'In detail.',
        '',
        '**The client secret is wrong.** (`wrong-secret`)',
        '',
        'It was mistyped.',
        '',
        '- Do this.',
        '  ```powershell',
        '  One',
        '  Two',
        '  ```',
        '- Read that. <https://learn.example/>',
        '',
        '- `POST https://login.example/token` Token → HTTP 401, 12 ms',
        "  - request-id: `R'1`",
        '- `GET https://x.example/`  → dns, 3 ms',
        '',
      ].join('\n'),
    );
  });
});
