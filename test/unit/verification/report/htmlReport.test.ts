import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { html } from '../../../../src/verification/report/html.ts';
import { htmlReport } from '../../../../src/verification/report/htmlReport.ts';
import { fullReport } from './samples.ts';

/** The tags of a page with their attributes' names, in order: what a browser would make of it. */
function tagsOf(page: string): string[] {
  return [...page.matchAll(/<(\/?[a-z!][^\s>]*)((?:\s+[\w-]+(?:="[^"]*")?)*)\s*\/?>/gi)].map(
    ([, name = '', attributes = '']) => `${name} ${attributes.replace(/="[^"]*"/g, '')}`,
  );
}

const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc
    .array(
      fc.constantFrom(
        '<',
        '>',
        '"',
        "'",
        '&',
        '`',
        '=',
        '/',
        '<script>',
        '</style>',
        '-->',
        '<!--',
        ' onload=x ',
        '\u0000',
        'a',
      ),
      { maxLength: 12 },
    )
    .map((parts) => parts.join('')),
);

describe('The report as a page', () => {
  it('has the same markup whatever the values hold', () => {
    const plain = htmlReport(
      fullReport(() => 'x'),
      'en',
    );
    fc.assert(
      fc.property(hostile, (value) => {
        const text = `x${value}`; // None is empty: then less is shown.
        const page = htmlReport(
          fullReport(() => text),
          'en',
        );
        assert.deepEqual(tagsOf(page), tagsOf(plain));
        // No `<` at all but those of the markup.
        assert.equal(page.split('<').length, plain.split('<').length);
        assert.equal(page.split('"').length, plain.split('"').length);
      }),
    );
  });

  it('shows values as they are', () => {
    assert.equal(html`<p title="${`"'&`}">${'<b>'} ${7}</p>`.markup, '<p title="&quot;&#39;&amp;">&lt;b&gt; 7</p>');
    assert.equal(html`${'a\u0000\u202eb\ud800'}`.markup, 'a\ufffd\ufffdb\ufffd');
    assert.equal(html`<p>${[html`<b>${'<'}</b>`, html`<i>b</i>`]}</p>`.markup, '<p><b>&lt;</b><i>b</i></p>');
  });

  it('loads nothing and runs nothing: its policy lets in its own style only, by hash', () => {
    const page = htmlReport(fullReport(), 'en');
    const [, policy = ''] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page) ?? [];
    const [, style = ''] = /<style>([^]*)<\/style>/.exec(page) ?? [];
    const hash = createHash('sha256').update(style).digest('base64');
    assert.equal(
      policy.replaceAll('&#39;', "'"),
      `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`,
    );
    assert.ok(page.indexOf('Content-Security-Policy') < page.indexOf('<style>'));
    assert.doesNotMatch(page, /<(script|link|img|iframe|object|form)\b|\son\w+=|\bstyle="|url\(|@import/i);
  });

  it('follows light and dark, and has a style for paper', () => {
    const page = htmlReport(fullReport(), 'de');
    assert.match(page, /<html lang="de">/);
    assert.match(page, /prefers-color-scheme: dark/);
    assert.match(page, /@media print/);
  });
});
