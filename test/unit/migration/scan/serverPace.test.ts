import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { describe, it } from 'mocha';
import { EwsError } from '../../../../src/ews/ewsError.ts';
import { TransportError } from '../../../../src/ews/transport/transportError.ts';
import { ServerPace } from '../../../../src/ews/serverPace.ts';
import { ManualPace } from '../../support/manualPace.ts';

const busy = (backOffMs?: number): EwsError =>
  new EwsError({
    ...{ kind: 'fault', status: 500, code: 'ErrorServerBusy', message: '' },
    ...(backOffMs !== undefined && { backOffMs }),
  });
const missing = new EwsError({ kind: 'fault', status: 500, code: 'ErrorNonExistentMailbox', message: '' });
const { signal } = new AbortController();

describe('The pace of a server', () => {
  /** Requests that are answered by hand. */
  const stage = () => {
    const clock = new ManualPace();
    const pace = new ServerPace({ signal, clock });
    const sent: { readonly name: string; readonly answer: (error?: Error) => Promise<void> }[] = [];
    const ends: string[] = [];
    const ask = async (name: string): Promise<void> => {
      void pace
        .ask(
          () =>
            new Promise<void>((resolve, reject) => {
              const answer = async (error?: Error): Promise<void> => {
                if (error) reject(error);
                else resolve();
                await setImmediate();
              };
              sent.push({ name, answer });
            }),
        )
        .then(
          () => ends.push(name),
          () => ends.push(`${name} failed`),
        );
      await setImmediate();
    };
    const pass = async (ms: number): Promise<void> => {
      clock.advance(ms);
      await setImmediate();
    };
    const names = () => sent.map(({ name }) => name).join(' ');
    const answer = (at: number, error?: Error) => sent[at]?.answer(error) ?? assert.fail(`nothing was sent at ${at}`);
    return { ask, pass, names, answer, ends, clock };
  };

  it('lets one go first after a pause, and the others when it was answered', async () => {
    const { ask, pass, names, answer, ends } = stage();
    for (const name of ['a', 'b']) await ask(name);
    await answer(0, busy(1_000));
    await answer(1, busy(1_000)); // Sent before the pause: says nothing new.
    for (const name of ['c', 'd']) await ask(name);
    assert.equal(names(), 'a b');
    await pass(999);
    assert.equal(names(), 'a b');
    await pass(1);
    assert.equal(names(), 'a b a');
    await answer(2);
    assert.equal(names(), 'a b a b c d');
    for (const at of [3, 4, 5]) await answer(at);
    assert.deepEqual(ends, ['a', 'b', 'c', 'd']);
  });

  it('goes on when who goes first fails at something of its own', async () => {
    const { ask, pass, names, answer, ends } = stage();
    await ask('a');
    await answer(0, busy(1_000));
    await ask('b');
    await pass(1_000);
    await answer(1, missing);
    assert.deepEqual([names(), ends], ['a a b', ['a failed']]);
  });

  it('waits longer each time, and no longer than a minute by itself, before it gives up', async () => {
    const { ask, pass, answer, ends, clock } = stage();
    await ask('a');
    for (let tries = 0; ends.length === 0; tries++) {
      await answer(tries, busy());
      await pass(60_000);
    }
    assert.deepEqual(clock.pauses, [500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000]);
    assert.deepEqual(ends, ['a failed']);
  });

  it('gives up a server that wants to be left alone for hours', async () => {
    const { ask, answer, ends, clock } = stage();
    await ask('a');
    await answer(0, busy(7_200_000));
    assert.deepEqual([ends, clock.pauses], [['a failed'], []]);
  });

  it('does not keep others waiting for what one has cut off', async () => {
    const { ask, names, answer, clock } = stage();
    await ask('a');
    await answer(0, new TransportError('reset', 'https://host'));
    await ask('b');
    assert.deepEqual([names(), clock.pauses], ['a b', [500]]);
  });

  it('asks for nothing again that Exchange has refused for good', async () => {
    const { ask, answer, names, ends } = stage();
    await ask('a');
    await answer(0, missing);
    assert.deepEqual([names(), ends], ['a', ['a failed']]);
  });
});
