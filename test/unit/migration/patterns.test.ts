import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { StarPattern, patternFault } from '../../../src/migration/starPattern.ts';
import { judgeBy } from '../../../src/migration/mailboxRules.ts';
import { rewriteFault } from '../../../src/migration/matching/matchRule.ts';
import { patternFaultText } from '../../../src/migration/migrationText.ts';

describe('A pattern of addresses', () => {
  const fits: readonly (readonly [string, string, readonly string[] | undefined])[] = [
    ['anna@x.example', 'anna@x.example', []],
    ['anna@x.example', 'hanna@x.example', undefined],
    ['*@x.example', 'anna@x.example', ['anna']],
    ['*@x.example', 'anna@sub.x.example', undefined],
    ['*@*.example', 'anna@x.example', ['anna', 'x']],
    ['sales-*@*', 'sales-eu@x.example', ['eu', 'x.example']],
    ['*', 'anna@x.example', ['anna@x.example']],
    ['a*a@x', 'a@x', undefined],
    ['a*a@x', 'aa@x', ['']],
    ['*a*a*', 'xaa', ['x', '', '']],
    [' *@X.Example ', 'anna@x.example', ['anna']],
    ['*.+(a)@x', '1.+(a)@x', ['1']],
  ];
  for (const [pattern, address, expected] of fits) {
    it(`“${pattern}” and ${address}`, () => assert.deepEqual(new StarPattern(pattern).match(address), expected));
  }

  it('says what a regular expression would', () => {
    const unit = fc.constantFrom('a', 'b', '@');
    const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '@', '*'), maxLength: 8 });
    fc.assert(
      fc.property(pattern, fc.string({ unit, maxLength: 12 }), (text, address) => {
        const found = new StarPattern(text).match(address);
        assert.equal(found !== undefined, new RegExp(`^${text.replaceAll('*', '.*')}$`).test(address));
        if (found !== undefined) assert.equal(new StarPattern(text).fill(found), address);
      }),
      { numRuns: 2000 },
    );
  });

  it('takes no longer for stars that almost fit', () => {
    const pattern = new StarPattern(`${'*a'.repeat(8)}b`);
    const start = performance.now();
    for (let run = 0; run < 1000; run++) assert.equal(pattern.match('a'.repeat(320)), undefined);
    assert.ok(performance.now() - start < 1000);
  });

  it('is refused with a reason', () => {
    const texts = ['', 'a b@x', 'x'.repeat(321), '*'.repeat(9)];
    assert.deepEqual(texts.map(patternFault), ['empty', 'blank', 'tooLong', 'tooManyStars']);
    assert.deepEqual(
      [rewriteFault('a@x', '*@y'), rewriteFault('*', '*'), rewriteFault('*@x', '*@y')],
      ['starsDiffer', 'targetIsNoAddress', undefined],
    );
    assert.match(patternFaultText('empty'), /\*@contoso\.com/);
  });
});

describe('Rules', () => {
  const rules = { include: ['*@x.example', 'boss@y.example'], exclude: ['test*@*', 'Anna@X.example'] };
  const judge = judgeBy(rules);
  const verdicts: readonly (readonly [string, object | undefined])[] = [
    ['bert@x.example', undefined],
    ['BOSS@Y.EXAMPLE', undefined],
    ['other@y.example', { notIncluded: true }],
    ['test1@x.example', { excludedBy: 'test*@*' }],
    ['anna@x.example', { excludedBy: 'Anna@X.example' }],
  ];
  for (const [address, expected] of verdicts) {
    it(`judge ${address}`, () => assert.deepEqual(judge(address), expected));
  }
  it('without any include everything', () => assert.equal(judgeBy({ include: [], exclude: [] })('a@x'), undefined));
});
