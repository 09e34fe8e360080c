import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { readArguments } from '../../../src/cli/arguments.ts';
import { UsageError } from '../../../src/cli/usageError.ts';

const verify = ['verify', '--connection', 'a.json'];

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
    [['--connection', 'a.json'], /There is one: verify/],
    [['check', '--connection', 'a.json'], /There is one: verify/],
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
