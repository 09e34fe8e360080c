import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { readArguments } from '../../../src/cli/arguments.ts';
import { UsageError } from '../../../src/cli/usageError.ts';

const verify = ['verify', '--connection', 'a.json'];
const scan = ['scan', '--job', 'a.json'];

describe('The command line', () => {
  it('has values of its own for what is not given', () => {
    assert.deepEqual(readArguments(verify), {
      command: 'verify',
      connection: 'a.json',
      timeoutSeconds: 15,
      json: false,
    });
  });

  it('takes every option, in any order', () => {
    assert.deepEqual(
      readArguments(['--json', 'verify', '--timeout=3', '--secret-file', '-', '--name', 'A B', '--connection=a.json']),
      { command: 'verify', connection: 'a.json', name: 'A B', secretFile: '-', timeoutSeconds: 3, json: true },
    );
  });

  it('takes a scan with nothing but its job, and with every option', () => {
    assert.deepEqual(readArguments(scan), { command: 'scan', job: 'a.json', json: false });
    const all = ['--secret-file', 'a', '--target-secret-file', '-', '--request-limit', '10485760', '--json'];
    assert.deepEqual(readArguments([...all, ...scan]), {
      ...{ command: 'scan', job: 'a.json', json: true },
      ...{ secretFile: 'a', targetSecretFile: '-', requestLimit: 10_485_760 },
    });
  });

  it('takes checks one after the other, separated by commas, and by several --check', () => {
    for (const list of [
      ['--check', 'sign-in', 'export'],
      ['--check', 'sign-in,export'],
      ['--check=sign-in', '--check', 'export'],
    ]) {
      const given = readArguments([...verify, ...list, '--json']);
      assert.ok(given.command === 'verify');
      assert.deepEqual([...(given.checks ?? [])], ['sign-in', 'export']);
    }
  });

  it('gives help when it is asked for, or nothing is', () => {
    for (const args of [[], ['--help'], ['-h'], [...verify, '--help']]) {
      assert.deepEqual(readArguments(args), { command: 'help' });
    }
    assert.deepEqual(readArguments(['--version']), { command: 'version' });
  });

  for (const [args, says] of [
    [['verify'], /--connection FILE is missing/],
    [['--connection', 'a.json'], /There are two: verify and scan/],
    [['check', '--connection', 'a.json'], /There are two: verify and scan/],
    [[...verify, 'HUNTER2'], /an argument too many/],
    [['verify', '--connection', '--json'], /--connection needs a value/],
    [['verify', '--connection', '--secret=HUNTER2'], /--connection needs a value/],
    [['verify', '--connection='], /--connection needs a value/],
    [[...verify, '--connection', 'b.json'], /--connection is given twice/],
    [[...verify, '--json=yes'], /--json takes no value/],
    [[...verify, '--timeout', '0'], /from 1 to 300/],
    [[...verify, '--timeout', '1e2'], /from 1 to 300/],
    [[...verify, '--timeout', 'HUNTER2'], /from 1 to 300/],
    [[...verify, '--check', 'HUNTER2'], /sign-in-service, clock, sign-in,/],
    [[...verify, '--colour'], /no such option --colour/],
    [[...verify, '--HUNTER2'], /no such option\./],
    [[...verify, '-HUNTER2'], /no such option\./],
    [[...verify, '--job', 'HUNTER2'], /^verify has no option --job\.$/],
    [['scan'], /--job FILE is missing/],
    [[...scan, 'HUNTER2'], /an argument too many after scan/],
    [[...scan, '--timeout', 'HUNTER2'], /^scan has no option --timeout\.$/],
    [[...scan, '--check', 'HUNTER2'], /^scan has no option --check\.$/],
    [[...scan, '--request-limit', '65535'], /from 65536 to 4294967295/],
    [[...scan, '--request-limit', '4294967296'], /from 65536 to 4294967295/],
    [[...scan, '--request-limit', 'HUNTER2'], /from 65536 to 4294967295/],
    [[...scan, '--target-password', 'HUNTER2'], /never taken from an argument/],
    [[...verify, '--secret', 'HUNTER2'], /never taken from an argument/],
    [[...verify, '--client_secret=HUNTER2'], /never taken from an argument/],
    [[...verify, '--pfx-password:HUNTER2'], /never taken from an argument/],
  ] as const) {
    it(`refuses ${args.join(' ')}, repeating no value`, () => {
      assert.throws(
        () => readArguments(args),
        (error) => error instanceof UsageError && says.test(error.message) && !error.message.includes('HUNTER2'),
      );
    });
  }
});
