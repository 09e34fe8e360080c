import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'mocha';
import { basic } from '../../../src/ews/authorization/basic.ts';
import { EwsError } from '../../../src/ews/ewsError.ts';
import { EwsSession } from '../../../src/ews/ewsSession.ts';
import { findRequestLimit } from '../../../src/ews/requestLimit.ts';
import type { RequestLimit } from '../../../src/ews/requestLimit.ts';
import { HttpClient } from '../../../src/ews/transport/httpClient.ts';
import { TransportError } from '../../../src/ews/transport/transportError.ts';
import { trustedCas } from '../../../src/ews/transport/trustedCas.ts';
import { makeServerCertificates } from '../../lab/certificates.ts';
import type { ServerCertificates } from '../../lab/certificates.ts';
import { startEwsStandIn } from '../support/ewsStandIn.ts';
import type { StandInOptions } from '../support/ewsStandIn.ts';

const mebibyte = 1024 * 1024;

describe('The largest request', () => {
  let certificates: ServerCertificates;
  let client: HttpClient;
  let close = (): void => undefined;
  before(async () => {
    certificates = await makeServerCertificates();
    client = new HttpClient(trustedCas(certificates.ca));
  });
  afterEach(() => close());
  after(() => client.close());

  const find = async (
    options: StandInOptions,
    signal = new AbortController().signal,
  ): Promise<{ limit: RequestLimit | undefined; announced: readonly number[] }> => {
    const server = await startEwsStandIn(certificates, options);
    close = () => server.close();
    const session = new EwsSession({
      url: `${server.origin}/EWS/Exchange.asmx`,
      authorization: basic('CONTOSO\\admin', 'secret'),
      anchorMailbox: 'user@contoso.com',
      userAgent: 'test',
    });
    return { limit: await findRequestLimit(client.within({ signal }), session), announced: server.announced };
  };

  for (const [what, limit, tried] of [
    ['the default of Exchange 2013 and later', 64 * mebibyte, 2],
    ['the default of Exchange 2010', 35_000_000, 3],
  ] as const) {
    it(`is found to the byte by few questions where it is ${what}`, async () => {
      const found = await find({ limit });
      assert.deepEqual(found.limit, { accepted: limit, refused: limit + 1, tried });
    });
  }

  for (const limit of [3 * mebibyte, 50 * mebibyte, 100 * mebibyte, 209_715_200, 400 * mebibyte]) {
    it(`is found to within 2 MB where it is ${limit}`, async () => {
      const { limit: found, announced } = await find({ limit });
      assert.ok(found?.refused !== undefined);
      assert.ok(found.accepted <= limit && found.refused > limit, JSON.stringify(found));
      assert.ok(found.refused - found.accepted <= 2 * mebibyte);
      assert.ok(announced.length <= 12, String(announced.length));
      assert.equal(found.tried, announced.length);
    });
  }

  it('is found as well where the server asks for the body first', async () => {
    const { limit } = await find({ limit: 64 * mebibyte, asksFirst: true });
    assert.equal(limit?.accepted, 64 * mebibyte);
  });

  it('is not looked for beyond what items need', async () => {
    const { limit } = await find({});
    assert.deepEqual(limit, { accepted: 512 * mebibyte, refused: undefined, tried: 5 });
  });

  it('is unknown where every announcement is refused', async () => {
    assert.equal((await find({ limit: 0 })).limit, undefined);
  });

  it('is not looked for after a cancel', async () => {
    const stop = new AbortController();
    stop.abort();
    const error = await find({}, stop.signal).catch((cause: unknown) => cause);
    assert.ok(error instanceof TransportError && error.reason === 'cancelled', String(error));
    assert.ok(!(error instanceof EwsError));
  });
});
