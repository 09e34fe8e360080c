import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { describe, it } from 'mocha';
import { basic } from '../../../../src/ews/authorization/basic.ts';
import type { Proof } from '../../../../src/ews/authorization/authorization.ts';
import type { Http } from '../../../../src/ews/transport/httpClient.ts';

describe('Basic authentication', () => {
  it('sends name and password with the request itself, in UTF-8, and takes the answer as it is', async () => {
    const proofs: Proof[] = [];
    const http: Http = { request: () => Promise.reject(new Error()), stream: () => Promise.reject(new Error()) };
    const answer = { url: '', status: 401, headers: {}, body: Readable.from([]) };
    const response = await basic('CONTOSO\\jürgen', 'pä:ß').send(http, (proof) => {
      proofs.push(proof);
      return Promise.resolve(answer);
    });
    assert.equal(response, answer);
    assert.equal(proofs.length, 1);
    const [scheme, text = ''] = proofs[0]?.authorization?.split(' ') ?? [];
    assert.deepEqual([scheme, Buffer.from(text, 'base64').toString('utf8')], ['Basic', 'CONTOSO\\jürgen:pä:ß']);
  });
});
