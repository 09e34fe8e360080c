import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { psQuote, psText, shQuote } from '../../../../src/identity/registration/quote.ts';
import { hostileTexts } from './support/hostileTexts.ts';
import { readStringLiteral } from './support/powershellLiteral.ts';

const specials = Array.from('\'"`$(){};&|<>\\\n\r\t #!~*?[]‘’‚‛“”aé');

/** Any text but one with the character 0, which no argument of a program can hold. */
const texts = fc.oneof(
  fc.string({ unit: 'grapheme' }).map((text) => text.replaceAll('\0', '')),
  fc.string({ unit: fc.constantFrom(...specials), maxLength: 12 }),
  fc.constantFrom(...hostileTexts),
);

describe('quoting for scripts', () => {
  it('gives a shell the text as one word', function () {
    if (process.platform === 'win32') this.skip(); // There is no bash for certain.
    fc.assert(
      fc.property(fc.array(texts, { minLength: 20, maxLength: 20 }), (many) => {
        const command = `printf '%s\\0' ${many.map(shQuote).join(' ')}`;
        const printed = execFileSync('bash', ['-c', command], { encoding: 'utf8' });
        assert.deepEqual(printed.split('\0').slice(0, -1), many);
      }),
      { numRuns: 30 },
    );
  });

  it('gives PowerShell the text as one string, whatever quotes are in it', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const quoted = psQuote(text);
        assert.deepEqual(readStringLiteral(quoted, 0), { value: text, end: quoted.length });
      }),
    );
  });

  it('gives PowerShell the text in ASCII, which every code page reads alike', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const expression = psText(text);
        assert.match(expression, /^[ -~]*$/);
        assert.equal(valueOf(expression), text);
      }),
    );
  });

  it('leaves plain text readable', () => {
    assert.equal(psText("Mail of O'Brien"), "'Mail of O''Brien'");
    assert.equal(psText('Größe'), "('' + 'Gr' + [char]0xf6 + [char]0xdf + 'e')");
    assert.equal(shQuote("O'Brien"), String.raw`'O'\''Brien'`);
  });
});

/** Reads the two forms of expression that psText writes, and nothing else. */
function valueOf(expression: string): string {
  if (!expression.startsWith('(')) {
    const { value, end } = readStringLiteral(expression, 0);
    assert.equal(end, expression.length);
    return value;
  }
  let value = '';
  for (let at = 1; expression[at - 1] !== ')';) {
    const code = /^\[char\]0x([0-9a-f]{1,4})/.exec(expression.slice(at));
    const term = code
      ? { value: String.fromCharCode(parseInt(code[1] ?? '', 16)), end: at + code[0].length }
      : readStringLiteral(expression, at);
    value += term.value;
    const next = /^( \+ |\)$)/.exec(expression.slice(term.end));
    assert.ok(next, expression);
    at = term.end + next[0].length;
  }
  return value;
}
