import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { asScanFinding, fromScanFinding, scanFindingSamples } from '../../../../src/migration/scan/scanFindings.ts';
import { catalogue } from '../../../../src/verification/catalogue/catalogue.ts';
import type { Finding } from '../../../../src/verification/verification.ts';

describe('The findings of a readiness scan', () => {
  for (const { code, severity, title, explanation, remedies } of scanFindingSamples()) {
    it(`${code} says what it means and what to do`, () => {
      assert.ok(title.length > 10 && explanation.length > 10);
      assert.ok(!/undefined|\{\d\}/.test(JSON.stringify([title, explanation, remedies])));
      if (severity !== 'info') assert.ok(remedies.length > 0, 'there is a way out');
    });
  }

  it('have codes of their own', () => {
    const others = new Set([...catalogue().values()].flat().map(({ code }) => code));
    assert.deepEqual(
      scanFindingSamples().filter(({ code }) => others.has(code)),
      [],
    );
  });

  it('are kept with their remedies, a button as a step that says where it is', () => {
    const finding: Finding = {
      ...{ code: 'session-ended', severity: 'error', title: 'It is over.', explanation: '' },
      remedies: [
        { text: 'Sign in again', action: { kind: 'signIn' } },
        { text: 'Change the cloud to Worldwide', action: { kind: 'chooseCloud', cloud: 'worldwide' } },
        { text: 'Run this', command: 'Get-Mailbox', link: 'https://learn.microsoft.com/' },
      ],
    };
    const kept = asScanFinding(finding);
    assert.equal(kept.detail, undefined);
    assert.deepEqual(fromScanFinding(kept).remedies, [
      { text: 'Sign in again (a button in the connection’s details)' },
      { text: 'Change the cloud to Worldwide' },
      { text: 'Run this', command: 'Get-Mailbox', link: 'https://learn.microsoft.com/' },
    ]);
  });
});
