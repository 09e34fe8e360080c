import assert from 'node:assert/strict';
import fc from 'fast-check';
import { after, before, describe, it } from 'mocha';
import { catalogue } from '../../../../src/verification/catalogue/catalogue.ts';
import type { TargetRecord } from '../../../../src/verification/target/verifyTarget.ts';
import { verificationRecord } from '../../../../src/verification/verification.ts';
import { makeServerCertificates } from '../../../lab/certificates.ts';
import type { ServerCertificates } from '../../../lab/certificates.ts';
import { sampleChallenge } from '../../support/ntlmMessages.ts';
import { httpAnswer, startRawServer } from '../../support/rawServer.ts';
import { headerOf } from '../../support/scriptedServer.ts';
import { TargetBench } from '../../support/targetBench.ts';

/** An answer of a server is nothing that nobody foresaw. */
const foreseen = new Set([...catalogue().values()].flatMap((findings) => findings.map(({ code }) => code)));
foreseen.delete('unknown');

/** With characters that are written differently in XML, JSON and addresses. */
const password = 'Kq8Q~se.cret/with+odd=signs&<"é_A0';

const types = 'http://schemas.microsoft.com/exchange/services/2006/types';
const version = `<s:Envelope xmlns:s="s"><s:Header><h:ServerVersionInfo xmlns:h="${types}" MajorVersion="15" MinorVersion="2" MajorBuildNumber="2562"/></s:Header><s:Body/></s:Envelope>`;
const fault =
  '<s:Envelope xmlns:s="s"><s:Body><s:Fault><faultcode>a:ErrorWhatever</faultcode><faultstring>No.</faultstring></s:Fault></s:Body></s:Envelope>';

const challenge = fc.constantFrom(
  ...['NTLM', 'Negotiate, NTLM', 'Basic realm="x"', 'Bearer', ''],
  ...['NTLM AAAA', `NTLM ${sampleChallenge.toString('base64')}`, `Negotiate ${sampleChallenge.toString('base64')}`],
);
const answer = fc.record({
  status: fc.oneof(fc.constantFrom(200, 401, 401, 401, 403, 404, 500, 503), fc.integer({ min: 200, max: 599 })),
  challenge,
  location: fc.constantFrom('', '', '/elsewhere', 'http://elsewhere.example/', 'https://elsewhere.example/'),
  body: fc.oneof(fc.constantFrom('', version, version, fault, '<html>', '<a/>', '{}'), fc.string({ maxLength: 60 })),
  /** Repeats what it was sent. */
  echoes: fc.boolean(),
});
type Answer = typeof answer extends fc.Arbitrary<infer T> ? T : never;

function bytesOf({ status, challenge: asked, location, body, echoes }: Answer, request: string): string {
  const sent = headerOf(request, 'authorization') ?? '';
  const headers = {
    ...(asked !== '' && { 'www-authenticate': asked }),
    ...(location !== '' && { location }),
    ...(echoes && { 'x-feserver': sent, 'x-diaginfo': password }),
    'content-type': 'text/xml',
  };
  return httpAnswer(status, headers, echoes ? body.replace('No.', `${sent} ${password}`) : body);
}

describe('Whatever a target answers, its verification ends in known findings and tells no secret', () => {
  let bench: TargetBench;
  let certificates: ServerCertificates;
  const unhandled: unknown[] = [];
  const note = (error: unknown): number => unhandled.push(error);
  before(async () => {
    [bench, certificates] = await Promise.all([TargetBench.open(), makeServerCertificates()]);
    process.on('unhandledRejection', note);
  });
  after(async () => {
    process.off('unhandledRejection', note);
    await bench.close();
  });

  const run = async (method: 'ntlm' | 'basic', answers: readonly Answer[]): Promise<TargetRecord> => {
    let count = 0;
    const server = await startRawServer(certificates, (socket, { text }) => {
      const next = answers[count++ % answers.length];
      if (next) socket.write(Buffer.from(bytesOf(next, text), 'latin1'));
    });
    try {
      return await bench.run({
        settings: {
          server: { ews: `${server.origin}/EWS/Exchange.asmx`, from: 'typed' },
          signIn: { method, userName: 'CONTOSO\\migration' },
        },
        secret: { method, password },
        trust: certificates.ca,
        deadlineMs: 1_000,
      });
    } finally {
      await server.close();
    }
  };

  for (const method of ['ntlm', 'basic'] as const) {
    it(`by ${method}`, async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(answer, { minLength: 1, maxLength: 6 }), async (answers) => {
          const record = await run(method, answers);
          assert.ok(verificationRecord.safeParse(record).success);
          for (const { code, title } of record.checks.flatMap(({ findings }) => findings)) {
            assert.ok(foreseen.has(code), `${code}: ${title}`);
          }
          const told = JSON.stringify(record);
          const basic = Buffer.from(`CONTOSO\\migration:${password}`).toString('base64');
          for (const secret of [JSON.stringify(password).slice(1, 17), basic.slice(0, 20), 'TlRMTVNTUAAD']) {
            assert.ok(!told.includes(secret), `${secret} in ${told}`);
          }
          assert.deepEqual(unhandled, []);
        }),
        { numRuns: 40, plugins: [fc.interruptAfterTimeLimit(7_000)] },
      );
    });
  }
});
