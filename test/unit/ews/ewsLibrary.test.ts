import assert from 'node:assert/strict';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { readFile } from 'node:fs/promises';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import { EwsError } from '../../../src/ews/ewsError.ts';
import type { EwsEvidence } from '../../../src/ews/ewsError.ts';
import { bearer } from '../../../src/ews/authorization/bearer.ts';
import { EwsSession } from '../../../src/ews/ewsSession.ts';
import { EwsLibrary, UnreadableAnswerError } from '../../../src/ews/library/ewsLibrary.ts';
import type { OperationContext } from '../../../src/ews/library/ewsLibrary.ts';
import type { Folder, FolderPage } from '../../../src/ews/library/messages.ts';
import { AnswerError } from '../../../src/ews/transport/answer.ts';
import { HttpClient } from '../../../src/ews/transport/httpClient.ts';
import { TransportError } from '../../../src/ews/transport/transportError.ts';
import { trustedCas } from '../../../src/ews/transport/trustedCas.ts';
import type { LabStatePatch } from '../../lab/state.ts';
import { LabClient } from '../lab/support/labClient.ts';
import { until } from '../support/until.ts';

const worker = new URL('../../../src/ews/library/worker.ts', import.meta.url);
const page = { offset: 0, pageSize: 1000 };

describe('The library of typed operations', () => {
  let lab: LabClient;
  let client: HttpClient;
  let token: string;
  let library: EwsLibrary;
  before(async () => {
    lab = await LabClient.start({ items: 30 });
    client = new HttpClient(trustedCas(await readFile(lab.lab.description.ca, 'utf8')));
    token = await lab.appToken();
    library = new EwsLibrary(worker);
  });
  beforeEach(() => lab.lab.reset());
  after(async () => {
    library.dispose();
    client.close();
    await lab.close();
  });

  const contextFor = (signal: AbortSignal = new AbortController().signal): OperationContext => ({
    http: client.within({ signal }),
    session: new EwsSession({
      url: lab.lab.description.ews,
      authorization: bearer(() => Promise.resolve(token)),
      anchorMailbox: lab.user(1).email,
      userAgent: 'ExchangeMigration/test',
    }),
    impersonate: lab.user(1).email,
    signal,
  });
  const failure = (run: Promise<unknown>): Promise<unknown> =>
    run.then(
      () => assert.fail('it succeeded'),
      (error: unknown) => error,
    );

  it('finds folders with their names and counts, page by page', async () => {
    const whole = await library.run('findFolders', page, contextFor());
    assert.ok(whole.last && whole.folders.length > 5);
    assert.ok(whole.folders.some(({ displayName }) => displayName === 'Inbox'));
    const found: Folder[] = [];
    for (let last = false; !last;) {
      const request = { offset: found.length, pageSize: 3 };
      const part: FolderPage = await library.run('findFolders', request, contextFor());
      found.push(...part.folders);
      last = part.last;
    }
    // The library sorts the folders of an answer by their kind.
    const byId = (a: Folder, b: Folder): number => (a.id < b.id ? -1 : 1);
    assert.deepEqual(found.sort(byId), [...whole.folders].sort(byId));
  });

  it('finds items with their sizes', async () => {
    const { folders } = await library.run('findFolders', page, contextFor());
    const folder = folders.find(({ totalCount }) => totalCount > 1) ?? assert.fail();
    const { items, last } = await library.run(
      'findItems',
      { folderId: folder.id, offset: 0, pageSize: 1000 },
      contextFor(),
    );
    assert.ok(last);
    assert.equal(items.length, folder.totalCount);
    assert.ok(items.every(({ id, sizeBytes }) => id !== '' && sizeBytes > 0));
  });

  it('answers many calls at once, each with its own', async () => {
    const pages = await Promise.all(
      [1, 2, 3, 4, 5, 6].map((pageSize) => library.run('findFolders', { offset: 0, pageSize }, contextFor())),
    );
    assert.deepEqual(
      pages.map(({ folders }) => folders.length),
      [1, 2, 3, 4, 5, 6],
    );
  });

  const refusals: readonly (readonly [string, LabStatePatch, Partial<EwsEvidence>])[] = [
    [
      'a fault',
      { ews: { busy: { form: 'serverBusy', times: 1, backOffMs: 300 } } },
      { kind: 'fault', code: 'ErrorServerBusy', backOffMs: 300 },
    ],
    [
      'a busy server inside an internal error',
      { ews: { busy: { form: 'innerServerBusy', times: 1, backOffMs: 700 } } },
      { kind: 'response', code: 'ErrorServerBusy', backOffMs: 700 },
    ],
    [
      'a busy server inside an internal error, without a time',
      { ews: { busy: { form: 'innerServerBusy', times: 1 } } },
      { kind: 'response', code: 'ErrorServerBusy' },
    ],
    [
      'a status',
      { ews: { busy: { form: 'http503', times: 1, retryAfterSeconds: 4 } } },
      { kind: 'http', status: 503, retryAfterMs: 4000 },
    ],
    [
      'a policy',
      { ews: { enabled: false } },
      { kind: 'http', status: 403, policyReason: 'EWS is disabled for this user or tenant' },
    ],
  ];
  for (const [what, state, evidence] of refusals) {
    it(`keeps the evidence of ${what}`, async () => {
      lab.lab.patch(state);
      const error = await failure(library.run('findFolders', page, contextFor()));
      assert.ok(error instanceof EwsError, String(error));
      assert.deepEqual({ ...error.evidence, ...evidence }, error.evidence);
    });
  }

  it('keeps the code of an item’s folder that is not there', async () => {
    const { folders } = await library.run('findFolders', page, contextFor());
    const [folder = assert.fail()] = folders;
    const folderId = `${folder.id.slice(0, -8)}AAAAAAA=`;
    const error = await failure(library.run('findItems', { folderId, offset: 0, pageSize: 1 }, contextFor()));
    assert.ok(error instanceof EwsError, String(error));
    assert.match(error.message, /^Error/);
  });

  it('says that it was not Exchange that answered, or nobody', async () => {
    lab.lab.patch({ faults: [{ service: 'ews', kind: 'html' }] });
    assert.ok((await failure(library.run('findFolders', page, contextFor()))) instanceof AnswerError);
    lab.lab.patch({ faults: [{ service: 'ews', kind: 'reset' }] });
    assert.ok((await failure(library.run('findFolders', page, contextFor()))) instanceof TransportError);
  });

  it('cannot make sense of XML that is no answer, says so, and goes on', async () => {
    lab.lab.patch({ faults: [{ service: 'ews', kind: 'notXml' }] });
    const error = await failure(library.run('findFolders', page, contextFor()));
    assert.ok(error instanceof UnreadableAnswerError || error instanceof AnswerError, String(error));
    lab.lab.reset();
    assert.ok((await library.run('findFolders', page, contextFor())).last);
  });

  it('ends a call that is cancelled, and its request', async () => {
    lab.lab.patch({ faults: [{ service: 'ews', kind: 'hang' }] });
    const stop = new AbortController();
    const call = failure(library.run('findFolders', page, contextFor(stop.signal)));
    await until('Exchange is asked', () => lab.lab.requests().length === 1);
    const reason = new Error('enough');
    stop.abort(reason);
    assert.equal(await call, reason);
    await until('the request ends', () => lab.lab.requests()[0]?.aborted === true);
    assert.equal(await failure(library.run('findFolders', page, contextFor(stop.signal))), reason);
    lab.lab.reset();
    assert.ok((await library.run('findFolders', page, contextFor())).last);
  });

  describe('whose worker dies', () => {
    let mortal: EwsLibrary;
    beforeEach(() => {
      mortal = new EwsLibrary(new URL('../support/dyingWorker.ts', import.meta.url));
    });
    afterEach(() => mortal.dispose());

    for (const [how, pageSize] of [
      ['ends', 1],
      ['crashes', 2],
    ] as const) {
      it(`rejects its calls when it ${how}, and starts another for the next`, async () => {
        const silent = failure(mortal.run('findFolders', { offset: 0, pageSize: 0 }, contextFor()));
        const fatal = failure(mortal.run('findFolders', { offset: 0, pageSize }, contextFor()));
        assert.ok((await fatal) instanceof Error);
        assert.ok((await silent) instanceof Error);
        assert.ok((await failure(mortal.run('findFolders', { offset: 0, pageSize }, contextFor()))) instanceof Error);
      });
    }

    it('rejects its calls when it is disposed', async () => {
      const silent = failure(mortal.run('findFolders', { offset: 0, pageSize: 0 }, contextFor()));
      mortal.dispose();
      assert.ok((await silent) instanceof Error);
    });

    it('starts no other for the answer to a request of one that is gone', async () => {
      lab.lab.patch({ faults: [{ service: 'ews', kind: 'hang' }] });
      const stop = new AbortController();
      const call = failure(mortal.run('findFolders', { offset: 0, pageSize: 3 }, contextFor(stop.signal)));
      await until('Exchange is asked', () => lab.lab.requests().length === 1);
      let started = 0;
      const onStart = (): void => void (started += 1);
      subscribe('worker_threads', onStart);
      try {
        mortal.dispose();
        assert.ok((await call) instanceof Error);
        stop.abort(new Error('enough'));
        await until('the request ends', () => lab.lab.requests()[0]?.aborted === true);
        assert.equal(started, 0);
      } finally {
        unsubscribe('worker_threads', onStart);
      }
    });

    it('rejects when its script is not there', async () => {
      const missing = new EwsLibrary(new URL('../support/noSuchWorker.ts', import.meta.url));
      assert.ok((await failure(missing.run('findFolders', page, contextFor()))) instanceof Error);
    });
  });
});
