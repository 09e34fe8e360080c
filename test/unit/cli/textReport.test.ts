import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { textReport } from '../../../src/cli/textReport.ts';
import { wrap } from '../../../src/cli/wrap.ts';
import { fullReport } from '../verification/report/samples.ts';

const plain = { columns: 80, colours: false };

describe('The report in a terminal', () => {
  it('has what is wrong, how to mend it, and what support asks for', () => {
    const text = textReport(fullReport(), plain);
    assert.match(text, /^Verification of name\n {2}Tenant {19}contoso\.onmicrosoft\.com\n {2}Cloud /);
    assert.match(text, /\n✖ Sign in {2}Failed {2}120 ms\n {2}detail\n/);
    assert.match(text, /\n {4}title \(wrong-secret\)\n {4}explanation\n {4}→ remedy\n {6}https:\/\/learn\.example/);
    assert.match(text, /\n {8}command\n/);
    assert.match(
      text,
      /\n {4}POST https:\/\/login\.example\/token operation → HTTP 401, 12 ms\n {6}request-id {2}header\n/,
    );
    assert.match(text, /[^\n]\n\nFailed, 1\.4 s\n$/);
  });

  it('has colours only where they are wanted', () => {
    const coloured = textReport(fullReport(), { ...plain, colours: true });
    assert.ok(coloured.includes('\u001b[31m✖\u001b[0m'));
    assert.equal(coloured.replace(/\u001b\[\d+m/g, ''), textReport(fullReport(), plain));
  });

  it('lets no value move the cursor, change colours or turn the direction of the text', () => {
    const text = textReport(
      fullReport((name) => `${name}\u001b[2J\u009b31m\u0007\u202e\r`),
      plain,
    );
    assert.doesNotMatch(text, /(?!\n)[\p{Cc}\u202a-\u202e]/u);
  });

  it('breaks texts at blanks and leaves commands whole', () => {
    const long = 'word '.repeat(40).trim();
    const text = textReport(
      fullReport(() => long),
      plain,
    );
    assert.ok(text.includes(`        ${long}\n`));
    assert.match(text, /\n {4}→ (word ?){15}\n {6}word/);
    assert.deepEqual(wrap('a bc https://learn.example/ d', 4), ['a bc', 'https://learn.example/', 'd']);
  });
});
