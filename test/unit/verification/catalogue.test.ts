import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { describe, it } from 'mocha';
import { catalogue } from '../../../src/verification/catalogue/catalogue.ts';

const folders = ['findings/', 'target/findings/'].map(
  (name) => new URL(`../../../src/verification/${name}`, import.meta.url),
);

describe('The catalogue of findings', () => {
  const findings = [...catalogue().values()].flat();
  const codes = new Set(findings.map(({ code }) => code));

  it('has every code that a finding of the program can have', async () => {
    const files = await Promise.all(
      folders.map(async (folder) => (await readdir(folder)).map((file) => new URL(file, folder))),
    );
    const sources = await Promise.all(files.flat().map((file) => readFile(file, 'utf8')));
    const written = sources.flatMap((text) =>
      [...text.matchAll(/code: '([a-z][a-z-]+)'|'([a-z]+(?:-[a-z]+)+)'[;,\]]/g)].map((match) => match[1] ?? match[2]),
    );
    const known = written.filter((code) => code !== undefined);
    assert.ok(known.length > 50, 'the sources are read');
    assert.deepEqual(
      known.filter((code) => !codes.has(code)),
      [],
    );
  });

  it('has each code once, fit for an address', () => {
    assert.equal(codes.size, findings.length);
    for (const code of codes) assert.match(code, /^[a-z][\w-]{1,60}$/i);
  });

  for (const { code, severity, title, explanation, remedies } of findings) {
    it(`${code} says what is wrong and what to do`, () => {
      assert.ok(title.length > 10 && !/undefined|\{\d\}/.test(title + explanation), title);
      if (severity !== 'info') assert.ok(remedies.length > 0, 'there is a way out');
      for (const { text, command, link } of remedies) {
        assert.ok(text !== '');
        assert.ok(command === undefined || !/undefined|\{\d\}/.test(command), command);
        assert.ok(link === undefined || link.startsWith('https://'), link);
      }
    });
  }
});
