import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { pageHtml } from '../../../src/webview/pageHtml.ts';

const parts = {
  cspSource: "'self' https://*.example.net",
  nonce: 'abc123',
  scriptUri: 'https://files.example.net/wizard.js',
  styleUris: ['https://files.example.net/shared.css', 'https://files.example.net/wizard.css'],
  title: 'New Office 365 connection',
  language: 'de',
};

function policyOf(html: string): Map<string, string> {
  const content = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? '';
  const directives = content.replaceAll('&#39;', "'").split('; ');
  return new Map(directives.map((directive) => [directive.split(' ', 1)[0] ?? '', directive.replace(/^\S+ /, '')]));
}

describe('The HTML of a page', () => {
  it('lets in only its own script, styles and fonts', () => {
    const policy = policyOf(pageHtml(parts));
    assert.deepEqual(
      [...policy],
      [
        ['default-src', "'none'"],
        ['script-src', "'nonce-abc123'"],
        ['style-src', "'nonce-abc123' 'self' https://*.example.net"],
        ['font-src', "'self' https://*.example.net"],
        ['connect-src', "'none'"],
        ['form-action', "'none'"],
        ['base-uri', "'none'"],
      ],
    );
  });

  it('has nothing inline that the policy would refuse', () => {
    const html = pageHtml(parts);
    assert.doesNotMatch(html, / style=|<style|<script(?![^>]* nonce="abc123")/);
    assert.doesNotMatch(html, / on[a-z]+=/);
  });

  it('gives the nonce to the styles that the controls insert', () => {
    assert.match(pageHtml(parts), /<meta property="csp-nonce" content="abc123">/);
  });

  it('names the language and the title', () => {
    const html = pageHtml(parts);
    assert.match(html, /<html lang="de">/);
    assert.match(html, /<title>New Office 365 connection<\/title>/);
  });

  it('shows markup in its inputs as text', () => {
    const hostile = "\"><script>alert('1')</script>&";
    const html = pageHtml({ ...parts, title: hostile, language: hostile, scriptUri: hostile, styleUris: [hostile] });
    assert.equal(html.match(/<script/g)?.length, 1);
    assert.ok(html.includes('&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;'));
  });
});
