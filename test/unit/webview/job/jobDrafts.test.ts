import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, it } from 'mocha';
import { StoreError } from '../../../../src/connections/storeError.ts';
import { newJobDraft } from '../../../../src/webview/job/firstDraft.ts';
import { JobDraftFiles } from '../../../../src/webview/job/jobDrafts.ts';
import type { JobDraft } from '../../../../src/webview/job/jobDrafts.ts';
import { stableGuid } from '../../../lab/tenant.ts';
import { bestLongestSlice } from '../../support/longestSlice.ts';
import { useTemporaryFolder } from '../../support/temporaryFolder.ts';

describe('The drafts of jobs', () => {
  const temporary = useTemporaryFolder();
  let folder: string;
  let files: JobDraftFiles;
  const fresh = newJobDraft('Europe/Berlin');
  const draft: JobDraft = {
    ...fresh,
    ...{ basedOn: stableGuid('revision'), step: 'target' },
    form: { ...fresh.form, name: 'Wave 1\n„“ 受', exclude: 'a@*\nb@*', hours: { ...fresh.form.hours, monday: '0-6' } },
    byHand: [
      { source: 'anna@old.example', action: 'use', target: 'a@new.example' },
      { source: 'bert@old.example', action: 'skip' },
    ],
    mailboxes: [
      { address: 'anna@old.example', displayName: 'Anna "A" ]', target: 'a@new.example' },
      { address: 'bert@old.example', place: { in: 'file', row: 2, line: 3, column: 1 } },
    ],
  };
  const path = () => join(folder, 'new.json');
  beforeEach(() => {
    folder = join(temporary(), 'drafts');
    files = new JobDraftFiles(folder);
  });

  it('come back as they were, in another window as well', async () => {
    await files.write('new', draft);
    assert.deepEqual(await new JobDraftFiles(folder).read('new'), draft);
    await files.write('new', fresh);
    assert.deepEqual(await files.read('new'), fresh);
    assert.deepEqual(await readdir(folder), ['new.json'], 'no temporary file stays');
  });

  it('are none before one was written, and after it was removed', async () => {
    assert.equal(await files.read('new'), undefined);
    await files.remove('new');
    await files.write('new', draft);
    await files.remove('new');
    assert.equal(await files.read('new'), undefined);
  });

  it('are taken by one wizard each, and left for the next one', async () => {
    await files.write('new', draft);
    const other = new JobDraftFiles(folder);
    const [first, second] = [await files.claim('new'), await other.claim('new')];
    assert.notEqual(first, second);
    assert.deepEqual(await files.read(first), draft);
    assert.equal(await other.read(second), undefined);
    await other.write(second, fresh);
    assert.deepEqual(await files.read(first), draft, 'neither writes over the other');
    await files.release(first);
    assert.deepEqual(await files.read(await files.claim('new')), draft);
    await other.remove(second);
    await other.release(second);
    assert.equal(await other.read(await other.claim('new')), undefined, 'the other wizard has the draft');
  });

  it('of a job go with it, whichever wizard has them', async () => {
    const [job, another] = [stableGuid('job'), stableGuid('another')];
    await files.write(job, draft);
    await files.write(`${job}.1`, draft);
    await files.write(another, draft);
    await files.removeAll(job);
    assert.deepEqual(await readdir(folder), [`${another}.json`]);
  });

  it('come back when somebody has laid out the file anew', async () => {
    await files.write('new', draft);
    await writeFile(path(), JSON.stringify(JSON.parse(await readFile(path(), 'utf8'))));
    assert.deepEqual(await files.read('new'), draft);
  });

  it('count as none when they are damaged or of another version', async () => {
    await files.write('new', draft);
    const text = await readFile(path(), 'utf8');
    const damages = {
      nothing: '',
      'no JSON': 'draft',
      'half of it': text.slice(0, text.length / 2),
      'another version': text.replace('"draftVersion": 1', '"draftVersion": 2'),
      'an unknown step': text.replace('"step": "target"', '"step": "never"'),
      'no form': text.replace('"form"', '"from"'),
      'no address': text.replace('"address":"bert@old.example"', '"address":"bert"'),
      'an address twice': text.replace('"address":"bert@old.example"', '"address":"ANNA@old.example"'),
    };
    for (const [what, damaged] of Object.entries(damages)) {
      assert.notEqual(damaged, text, what);
      await writeFile(path(), damaged);
      assert.equal(await files.read('new'), undefined, what);
    }
  });

  it('that cannot be written leave the one before as it is', async () => {
    await mkdir(temporary(), { recursive: true });
    await writeFile(folder, 'a file in the place of the folder');
    await assert.rejects(files.write('new', draft), StoreError);
    assert.equal(await files.read('new'), undefined);
    await files.remove('new');
  });

  it('with a hundred thousand mailboxes are written and read in slices', async () => {
    const mailboxes = Array.from({ length: 100_000 }, (_, at) => ({
      ...{ address: `user${at}@old.example`, displayName: `User ${at}` },
    }));
    const large = { ...draft, mailboxes };
    let read: JobDraft | undefined;
    const longest = await bestLongestSlice(50, async () => {
      await files.write('new', large);
      read = await files.read('new');
    });
    assert.deepEqual(read, large);
    assert.ok(longest < 50, `the longest slice took ${longest} ms`);
  });
});
