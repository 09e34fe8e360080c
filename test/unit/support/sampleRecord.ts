import { checkIds } from '../../../src/verification/verification.ts';
import type { CheckResult, Finding, VerificationRecord } from '../../../src/verification/verification.ts';

export function sampleCheck(changes: Partial<CheckResult> = {}): CheckResult {
  return { id: 'sign-in', outcome: 'passed', durationMs: 120, detail: '', findings: [], exchanges: [], ...changes };
}

/** A verification in which every check passed. */
export function sampleRecord(changes: Partial<VerificationRecord> = {}): VerificationRecord {
  return {
    recordVersion: 1,
    fingerprint: '',
    startedAt: '2026-11-22T10:00:00.000Z',
    durationMs: 1400,
    outcome: 'passed',
    ewsUrl: 'https://outlook.office365.com/EWS/Exchange.asmx',
    checks: checkIds.map((id) => sampleCheck({ id })),
    ...changes,
  };
}

export function sampleFinding(code: string, severity: Finding['severity'] = 'error'): Finding {
  return { code, severity, title: `About ${code}.`, explanation: '', remedies: [] };
}

/** A verification in which the sign-in failed, by these codes. */
export function failedRecord(codes: readonly string[], changes: Partial<VerificationRecord> = {}): VerificationRecord {
  const findings = codes.map((code) => sampleFinding(code));
  return sampleRecord({ outcome: 'failed', checks: [sampleCheck({ outcome: 'failed', findings })], ...changes });
}
