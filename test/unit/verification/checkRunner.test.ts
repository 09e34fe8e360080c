import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { HttpClient } from '../../../src/ews/transport/httpClient.ts';
import { CheckRunner } from '../../../src/verification/checkRunner.ts';
import type { CheckScope, CheckSuccess } from '../../../src/verification/checkRunner.ts';
import type { CheckId, CheckResult, Finding } from '../../../src/verification/verification.ts';
import { makeGate } from '../support/gate.ts';

const passes = <T>(value: T): Promise<CheckSuccess<T>> => Promise.resolve({ value, detail: 'fine' });
const untilAborted = ({ signal }: CheckScope): Promise<CheckSuccess<string>> =>
  new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(new Error('aborted')));
  });
const finding = (code: string): Finding => ({ code, severity: 'error', title: code, explanation: '', remedies: [] });

describe('The runner of checks', () => {
  let client: HttpClient;
  let stop: AbortController;
  let runner: CheckRunner;
  const start = (deadlineMs: number, only?: ReadonlySet<CheckId>): void => {
    runner = new CheckRunner({
      client,
      signal: stop.signal,
      deadlineMs,
      onProgress: () => undefined,
      ...(only && { only }),
      explain: (error) => [finding(error instanceof Error ? error.message : 'no error')],
    });
  };
  beforeEach(() => {
    client = new HttpClient();
    stop = new AbortController();
    start(5_000);
  });
  afterEach(() => client.close());
  const result = (id: CheckId): CheckResult<CheckId> => runner.results.get(id) ?? assert.fail(`${id} has not ended`);

  it('gives the values of what a check needs, in order', async () => {
    const first = runner.start('sign-in-service', [], () => passes('one'));
    const second = runner.start('ews-endpoint', [], () => passes(2));
    const third = runner.start('ews-access', [first, second], (_, one, two) => passes([one, two]));
    assert.deepEqual(await third.ended, { value: ['one', 2] });
    assert.equal(result('ews-access').detail, 'fine');
  });

  it('skips what needs a check that did not pass, and names the first cause', async () => {
    const failing = runner.start('sign-in-service', [], () => Promise.reject<CheckSuccess<string>>(new Error('down')));
    const skipped = runner.start('sign-in', [failing], () => passes('never'));
    const further = runner.start('export', [skipped], () => assert.fail('must not run'));
    assert.equal(await further.ended, undefined);
    assert.deepEqual(
      result('sign-in-service').findings.map(({ code }) => code),
      ['down'],
    );
    assert.equal(result('sign-in').detail, 'Skipped: “Reach the sign-in service” did not succeed.');
    assert.equal(result('export').detail, 'Skipped: “Sign in” did not succeed.');
  });

  it('runs only the checks that are wanted and what they need; what shares a cause with another tells it itself then', async () => {
    start(5_000, new Set(['mailbox-access'] as const));
    const service = runner.start('sign-in-service', [], () => passes('one'));
    const signIn = runner.start('sign-in', [service], () => passes('two'));
    const unwanted = runner.start('permissions', [signIn], () => assert.fail('must not run'));
    const other = runner.start('ews-access', [signIn], () => assert.fail('must not run'));
    const failing = (): Promise<CheckSuccess<string>> => Promise.reject(new Error('x'));
    const wanted = runner.start('mailbox-access', [signIn], failing, other);
    await Promise.all([unwanted.ended, other.ended, wanted.ended]);
    assert.deepEqual([...runner.results.keys()], ['sign-in-service', 'sign-in', 'mailbox-access']);
    assert.equal(result('mailbox-access').outcome, 'failed');
  });

  it('leaves a failure to the check that shares its cause, if that failed too', async () => {
    const other = runner.start('ews-access', [], () => Promise.reject<CheckSuccess<string>>(new Error('blocked')));
    const both = runner.start('mailbox-access', [], () => Promise.reject<CheckSuccess<string>>(new Error('x')), other);
    await both.ended;
    assert.equal(result('mailbox-access').outcome, 'skipped');
    assert.deepEqual(result('mailbox-access').findings, []);
  });

  it('does not count the waiting for that other check, neither as its duration nor as a missed deadline', async () => {
    start(100);
    const gate = makeGate();
    const other = runner.start('ews-access', [], async () => {
      await gate.opened;
      return passes('late, but fine');
    });
    const failed = runner.start(
      'mailbox-access',
      [],
      () => Promise.reject<CheckSuccess<string>>(new Error('gone')),
      other,
    );
    await runner.start('export', [], untilAborted).ended; // Begun later, so the deadline of the others is over.
    gate.open();
    await failed.ended;
    assert.deepEqual(
      result('mailbox-access').findings.map(({ code }) => code),
      ['gone'],
    );
    assert.ok(result('mailbox-access').durationMs < 100, `${result('mailbox-access').durationMs} ms`);
  });

  it('takes what fails at the deadline for late', async () => {
    start(50);
    const late = runner.start('sign-in', [], untilAborted);
    await late.ended;
    assert.deepEqual(
      result('sign-in').findings.map(({ code }) => code),
      ['timeout'],
    );
  });

  it('calls everything cancelled once it was stopped', async () => {
    const waiting = runner.start('sign-in', [], untilAborted);
    const after = runner.start('permissions', [waiting], () => assert.fail('must not run'));
    stop.abort();
    await after.ended;
    assert.deepEqual([result('sign-in').outcome, result('permissions').outcome], ['cancelled', 'cancelled']);
  });

  it('tells warnings from passes', async () => {
    const warning: Finding = { ...finding('hm'), severity: 'warning' };
    const info: Finding = { ...finding('by the way'), severity: 'info' };
    const warned = runner.start('sign-in', [], () =>
      Promise.resolve({ value: 1, detail: '', findings: [info, warning] }),
    );
    const told = runner.start('export', [warned], () => Promise.resolve({ value: 1, detail: '', findings: [info] }));
    await told.ended;
    assert.deepEqual([result('sign-in').outcome, result('export').outcome], ['warning', 'passed']);
  });
});
