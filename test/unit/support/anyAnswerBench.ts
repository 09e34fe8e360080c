import assert from 'node:assert/strict';
import { catalogue } from '../../../src/verification/catalogue/catalogue.ts';
import { markdownReport } from '../../../src/verification/report/markdownReport.ts';
import { reportOf } from '../../../src/verification/report/reportModel.ts';
import type { VerificationRecord } from '../../../src/verification/verification.ts';
import { verificationRecord } from '../../../src/verification/verification.ts';
import { RecordedTenant } from './recordedTenant.ts';
import type { Misbehaviour } from './recordedTenant.ts';
import { VerificationBench } from './verificationBench.ts';

/** `unknown` is in the catalogue for what nobody foresaw; an answer of a server is nothing of that kind. */
const foreseen = new Set([...catalogue().values()].flatMap((findings) => findings.map(({ code }) => code)));
foreseen.delete('unknown');

/** With everything in it that is written differently in forms, addresses, XML and JSON. */
const clientSecret = 'Kq8Q~se.cret/with+odd=signs&<"é\\_A0';

/** Of each check, in milliseconds. */
const usualDeadlineMs = 1_000;
/** What a busy machine may take beside: a check that waits ends its followers, so one or two deadlines are the most. */
const marginMs = 5_000;

/** Verifications of a tenant that answers as it likes, and what has to be true of each. */
export class AnyAnswerBench {
  readonly tenant: RecordedTenant;
  readonly #bench: VerificationBench;
  readonly #unhandled: unknown[] = [];
  readonly #note = (error: unknown): number => this.#unhandled.push(error);

  private constructor(bench: VerificationBench, tenant: RecordedTenant) {
    this.#bench = bench;
    this.tenant = tenant;
    process.on('unhandledRejection', this.#note);
  }

  static async open(): Promise<AnyAnswerBench> {
    const bench = await VerificationBench.open();
    return new AnyAnswerBench(bench, await RecordedTenant.record(bench));
  }

  async close(): Promise<void> {
    process.off('unhandledRejection', this.#note);
    await this.tenant.close();
    await this.#bench.close();
  }

  /**
   * Verifies, and sees that it ends in time with a record of known findings that tells no secret.
   * @param how the tenant misbehaves; undefined: it does not
   */
  async run(how: Misbehaviour | undefined, deadlineMs = usualDeadlineMs): Promise<VerificationRecord> {
    const { tenant } = this;
    tenant.misbehave(how);
    const begun = performance.now();
    const record = await this.#bench.run({
      settings: tenant.settings,
      secret: { method: 'appSecret', clientSecret },
      trust: tenant.ca,
      deadlineMs,
    });
    const took = performance.now() - begun;
    assert.ok(took < 2 * deadlineMs + marginMs, `it took ${took} ms`);
    assertWellFormed(record);
    this.#assertNoSecret(record);
    assert.deepEqual(this.#unhandled, []);
    return record;
  }

  /** Neither as it is nor as it is written elsewhere, nor the beginning of it. */
  #assertNoSecret(record: VerificationRecord): void {
    const { seen, settings } = this.tenant;
    const report = markdownReport(reportOf({ settings: this.#bench.settings(settings), record, versions: 'test' }));
    const told = [JSON.stringify(record), report].join('\n');
    for (const secret of new Set([...seen, clientSecret])) {
      for (const written of [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)]) {
        const at = told.indexOf(written.slice(0, 20));
        assert.ok(at < 0, `a secret is told: ${told.slice(Math.max(0, at - 200), at + 100)}`);
      }
    }
  }
}

function assertWellFormed(record: VerificationRecord): void {
  assert.ok(verificationRecord.safeParse(record).success, 'it can be kept and read again');
  for (const { code, title, explanation, remedies } of record.checks.flatMap(({ findings }) => findings)) {
    assert.ok(foreseen.has(code), `${code}: ${title} ${explanation}`);
    for (const text of [title, explanation, ...remedies.map((remedy) => remedy.text)]) {
      assert.doesNotMatch(text, /\{\d\}|undefined|\bNaN\b|Infinity|\[object/);
    }
  }
}
