import assert from 'node:assert/strict';
import fc from 'fast-check';
import { after, before, describe, it } from 'mocha';
import { AnyAnswerBench } from '../support/anyAnswerBench.ts';
import { bytesOf, operations } from '../support/recordedTenant.ts';
import type { Answer, Operation } from '../support/recordedTenant.ts';

const operation = fc.constantFrom(...operations);
const bytes = fc.uint8Array({ maxLength: 300 }).map((each) => Buffer.from(each));

const status = fc.oneof(
  fc.constantFrom(200, 204, 302, 400, 401, 403, 404, 429, 500, 503),
  fc.integer({ min: 200, max: 599 }),
);
const headerName = fc.constantFrom(
  ...['content-type', 'location', 'retry-after', 'x-ms-diagnostics', 'x-ews-policy-reason', 'date', 'set-cookie'],
);
const headerValue = fc.oneof(
  fc.string({ unit: fc.integer({ min: 32, max: 126 }).map((code) => String.fromCharCode(code)) }),
  fc.constantFrom('text/html', '/elsewhere', 'https://elsewhere.example/', '99999999999999999999', '-1', '2000008'),
);
const text = fc.oneof(
  fc.json(),
  fc.constantFrom('{}', '[]', 'null', '""', '{"error":{}}', '<a/>', '<s:Envelope xmlns:s="x"/>', '<html>'),
);
const answer: fc.Arbitrary<Answer> = fc.record({
  status,
  headers: fc.dictionary(headerName, headerValue, { maxKeys: 3 }),
  body: fc.oneof(
    text.map((each) => Buffer.from(each)),
    bytes,
  ),
});

const change = fc.record({
  kind: fc.constantFrom('flip', 'cut', 'insert'),
  at: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
  bytes: fc.uint8Array({ minLength: 1, maxLength: 6 }),
});
type Change = typeof change extends fc.Arbitrary<infer T> ? T : never;

/** A failure prints its seed. What a busy machine does not get done in time is left out, in milliseconds. */
const limits = (numRuns: number) => ({ numRuns, plugins: [fc.interruptAfterTimeLimit(7_000)] });

describe('Whatever a server answers, a verification ends in time, in known findings, and tells no secret', () => {
  let bench: AnyAnswerBench;
  before(async () => {
    bench = await AnyAnswerBench.open();
  });
  after(() => bench.close());

  it('when it answers rightly', async () => {
    assert.equal((await bench.run(undefined, 8_000)).outcome, 'passed');
    assert.equal(bench.tenant.seen.size, 3, 'the secret and two tokens');
  });

  it('when it answers bytes that are nothing', async () => {
    await fc.assert(
      fc.asyncProperty(operation, bytes, async (target, garbage) => {
        await bench.run((socket, asked, right) => {
          if (asked === target) socket.end(garbage);
          else socket.write(bytesOf(right));
        });
      }),
      limits(20),
    );
  });

  it('when it answers HTTP of any kind', async () => {
    await fc.assert(
      fc.asyncProperty(operation, answer, async (target, wrong) => {
        await bench.run((socket, asked, right) => void socket.write(bytesOf(asked === target ? wrong : right)));
      }),
      limits(30),
    );
  });

  it('when it answers with a few bytes that are wrong', async () => {
    await fc.assert(
      fc.asyncProperty(operation, fc.array(change, { minLength: 1, maxLength: 4 }), async (target, changes) => {
        await bench.run((socket, asked, right) => {
          // The length is told as it came to be: the bytes are to be read, not waited for.
          const body = asked === target ? changes.reduce(changed, right.body) : right.body;
          socket.write(bytesOf({ ...right, body }));
        });
      }),
      limits(40),
    );
  });

  for (const target of ['discovery', 'token', 'autodiscover', 'FindFolder', 'ExportItems'] satisfies Operation[]) {
    it(`when it answers ${target} drop by drop and never ends`, async () => {
      const drips: NodeJS.Timeout[] = [];
      const record = await bench.run((socket, asked, right) => {
        if (asked !== target) {
          socket.write(bytesOf(right));
          return;
        }
        socket.write('HTTP/1.1 200 OK\r\ncontent-type: text/xml\r\n\r\n');
        drips.push(setInterval(() => socket.write(' '), 20));
      }, 600);
      for (const drip of drips) clearInterval(drip);
      const codes = record.checks.flatMap(({ findings }) => findings.map(({ code }) => code));
      assert.ok(codes.includes('timeout'), codes.join(', '));
    });
  }
});

function changed(whole: Buffer, { kind, at, bytes: given }: Change): Buffer {
  const place = Math.floor(at * whole.length);
  const [before, rest] = [whole.subarray(0, place), whole.subarray(place)];
  if (kind === 'cut') return Buffer.concat([before, rest.subarray(given.length)]);
  if (kind === 'insert') return Buffer.concat([before, given, rest]);
  const flipped = rest.subarray(0, given.length).map((byte, index) => byte ^ (given[index] ?? 0));
  return Buffer.concat([before, flipped, rest.subarray(given.length)]);
}
