import { reportOf } from '../../../../src/verification/report/reportModel.ts';
import type { Report } from '../../../../src/verification/report/reportModel.ts';
import type { VerificationRecord } from '../../../../src/verification/verification.ts';
import { sampleCheck, sampleRecord } from '../../support/sampleRecord.ts';
import { sampleSettings } from '../../support/sampleSettings.ts';

export const versions = 'Exchange Migration 1, VS Code 2';

/** A verification with something in every field; each text is what `text` gives for its name. */
export function fullRecord(text: (name: string) => string = (name) => name): VerificationRecord {
  return sampleRecord({
    outcome: 'failed',
    secretEnds: '2027-01-01T00:00:00.000Z',
    checks: [
      sampleCheck({
        outcome: 'failed',
        detail: text('detail'),
        findings: [
          {
            code: 'wrong-secret',
            severity: 'error',
            title: text('title'),
            explanation: text('explanation'),
            remedies: [{ text: text('remedy'), command: text('command'), link: 'https://learn.example/a?b=c&d' }],
          },
        ],
        exchanges: [
          {
            method: 'POST',
            url: 'https://login.example/token',
            operation: text('operation'),
            status: 401,
            durationMs: 12,
            headers: { 'request-id': text('header') },
          },
        ],
      }),
    ],
  });
}

export function fullReport(text?: (name: string) => string): Report {
  const settings = sampleSettings({ name: text?.('name') ?? 'name' });
  return reportOf({ settings, record: fullRecord(text), versions });
}
