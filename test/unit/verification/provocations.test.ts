import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'mocha';
import { catalogue } from '../../../src/verification/catalogue/catalogue.ts';
import { checkIds, targetCheckIds } from '../../../src/verification/verification.ts';
import type { TargetRecord } from '../../../src/verification/target/verifyTarget.ts';
import type { Finding, VerificationRecord } from '../../../src/verification/verification.ts';
import { ProvocationBench } from '../support/provocationBench.ts';
import type { OwnValues } from '../support/provocationBench.ts';
import { provocations } from './provocations/all.ts';
import type { Provocation } from './provocations/provocation.ts';

const samples = new Map([...catalogue().values()].flat().map((finding) => [finding.code, finding]));

/** What the catalogue's samples say in place of what is a tenant's own. Hosts: any of those that were asked. */
const ownInPlaceOf: Readonly<Record<string, (own: OwnValues) => readonly string[]>> = {
  'contoso.onmicrosoft.com': ({ tenant }) => [tenant],
  'user@contoso.com': ({ mailbox }) => [mailbox],
  'admin@contoso.com': ({ userName }) => [userName],
  '00000000-0000-0000-0000-000000000000': ({ clientId }) => [clientId],
  'proxy.contoso.com:8080': ({ proxy }) => [proxy],
  'https://login.microsoftonline.com/contoso': ({ authority }) => [`${authority}/`],
  'CONTOSO\\migration': ({ userName }) => [userName],
  'mail.contoso.com': ({ hosts }) => hosts,
  'outlook.office365.com': ({ hosts }) => [...hosts, ...hosts.map((host) => host.replace(/:\d+$/, ''))],
};

/** The parts of a finding that a person reads, each of which has to name what its sample names. */
function partsOf({ title, explanation, effect, remedies }: Finding): Readonly<Record<string, string>> {
  const all = (pick: (remedy: Finding['remedies'][number]) => string | undefined): string =>
    remedies.flatMap((remedy) => pick(remedy) ?? []).join('\n');
  return {
    text: [title, explanation, effect ?? '', all(({ text }) => text)].join('\n'),
    commands: all(({ command }) => command),
    links: all(({ link }) => link),
  };
}

function assertFilledIn(finding: Finding, own: OwnValues): void {
  const sample = partsOf(samples.get(finding.code) ?? assert.fail(finding.code));
  for (const [part, text] of Object.entries(partsOf(finding))) {
    assert.doesNotMatch(text, /\{\d+\}|undefined|NaN|\[object|@contoso\.com|\bcontoso\.onmicrosoft|0{8}-0{4}/, part);
    for (const [inSample, ofOwn] of Object.entries(ownInPlaceOf)) {
      if (!sample[part]?.includes(inSample)) continue;
      const expected = ofOwn(own).filter((value) => value !== '');
      assert.ok(
        expected.some((value) => text.includes(value)),
        `the ${part} of ${finding.code} should name ${expected.join(' or ')}: ${text}`,
      );
    }
  }
}

/** One cause, one failure: nothing that follows from it is shown as another. */
function assertOnlyFailure(record: VerificationRecord | TargetRecord, { check, code }: Provocation): void {
  assert.equal(record.outcome, 'failed');
  const ids = checkIds.some((id) => id === check) ? checkIds : targetCheckIds;
  assert.deepEqual(
    record.checks.map(({ id }) => id),
    ids,
  );
  const failed = record.checks.filter(({ outcome }) => outcome === 'failed');
  assert.deepEqual(
    failed.map(({ id, findings }) => [id, ...findings.map((finding) => finding.code)]),
    [[check, code]],
  );
  for (const { outcome, detail } of record.checks) if (outcome === 'skipped') assert.match(detail, /^Skipped: /);
}

describe('Each kind of finding', () => {
  it('is made to happen, and each that happens is in the catalogue, in the same area', () => {
    for (const [area, findings] of catalogue()) {
      const provoked = new Set(provocations[area].map(({ code }) => code));
      assert.deepEqual(
        findings.map(({ code }) => code).filter((code) => !provoked.has(code)),
        [],
        `without a case in ${area}`,
      );
    }
    const cases = Object.values(provocations).flat();
    assert.deepEqual(
      cases.map(({ code }) => code).filter((code) => !samples.has(code)),
      [],
    );
    assert.equal(new Set(cases.map(({ what }) => what)).size, cases.length);
  });

  describe('says by its own values what is wrong where there is', () => {
    let bench: ProvocationBench;
    before(async () => {
      bench = await ProvocationBench.open();
    });
    afterEach(() => bench.reset());
    after(() => bench.close());

    for (const provocation of Object.values(provocations).flat()) {
      const { code, what, check, provoke } = provocation;
      it(`${what}: ${code}`, async () => {
        const { findings, own, record } = await provoke(bench);
        const finding = findings.find((one) => one.code === code);
        assert.ok(finding, `found: ${findings.map((one) => `${one.code} (${one.title})`).join(', ')}`);
        assert.equal(finding.severity, samples.get(code)?.severity);
        assert.ok(finding.title.length > 10 && finding.explanation.length > 0, finding.title);
        if (finding.severity !== 'info') assert.ok(finding.remedies.length > 0, 'there is something to do');
        assertFilledIn(finding, own);
        if (check !== undefined) assertOnlyFailure(record ?? assert.fail('No verification.'), provocation);
      });
    }
  });
});
