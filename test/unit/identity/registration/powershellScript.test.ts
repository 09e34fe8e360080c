import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { clouds } from '../../../../src/identity/clouds.ts';
import { appPlan, extras } from '../../../../src/identity/registration/appPlan.ts';
import type { AppPlan } from '../../../../src/identity/registration/appPlan.ts';
import { powershellScript } from '../../../../src/identity/registration/powershellScript.ts';
import type { ScriptPlace } from '../../../../src/identity/registration/scriptPlace.ts';
import { hostileTexts } from './support/hostileTexts.ts';

const plan = appPlan('attempt', extras);

function placeIn(id: ScriptPlace['cloud']): ScriptPlace {
  const cloud = clouds.find((one) => one.id === id);
  return {
    cloud: id,
    tenant: 'contoso.com',
    graph: `https://${cloud?.graph ?? 'graph.example:8443'}`,
    authority: `https://${cloud?.login ?? 'login.example:8443'}`,
  };
}

const linesOf = (changes: Partial<AppPlan> = {}, place: Partial<ScriptPlace> = {}): readonly string[] =>
  powershellScript({ ...plan, ...changes }, { ...placeIn('worldwide'), ...place }).split('\n');

describe('registration as a PowerShell script', () => {
  for (const text of hostileTexts) {
    it(`keeps ${JSON.stringify(text)} inside one line's string`, () => {
      const plain = linesOf();
      const odd = linesOf({ displayName: text, tags: [text] }, { tenant: text });
      assert.equal(odd.length, plain.length);
      const changed = odd.filter((line, index) => line !== plain[index]);
      assert.deepEqual(
        changed.map((line) => line.split(' = ')[0]),
        ['$tenant', '$displayName', '$tags'],
      );
    });
  }

  it('is ASCII, which Windows PowerShell reads right from a file without a byte order mark', () => {
    assert.match(linesOf({ displayName: 'Übergang' }).join(''), /^[ -~]*$/);
  });

  it('signs in to the cloud of the tenant', () => {
    const environment = (place: ScriptPlace): string | undefined =>
      /^\$environment = '(.*)'$/m.exec(powershellScript(plan, place))?.[1];
    assert.deepEqual(
      clouds.map(({ id }) => environment(placeIn(id))),
      ['Global', 'USGov', 'USGovDoD', 'China', 'BleuCloud', 'DelosCloud'],
    );
    assert.equal(environment(placeIn('custom')), 'ExchangeMigration-graph.example:8443');
    const moved = { ...placeIn('worldwide'), graph: 'https://graph.example' };
    assert.equal(environment(moved), 'ExchangeMigration-graph.example');
  });

  it('tells the module the addresses of a cloud that it may not know', () => {
    const adds = (id: ScriptPlace['cloud']): boolean => {
      const { authority, graph } = placeIn(id);
      return powershellScript(plan, placeIn(id)).includes(`-AzureADEndpoint '${authority}' -GraphEndpoint '${graph}'`);
    };
    assert.deepEqual((['worldwide', 'china', 'bleu', 'delos', 'custom'] as const).map(adds), [
      false,
      false,
      true,
      true,
      true,
    ]);
  });

  it('signs in with another app where one is set', () => {
    assert.ok(!linesOf().some((line) => line.includes('ClientId     =')));
    assert.ok(linesOf({}, { signInClient: 'abc' }).includes("    ClientId     = 'abc'"));
  });

  it('stops at the first refusal: a module does not take over the preference of the script', () => {
    const calls = linesOf().filter((line) => /\b(?:Get|New|Update|Connect)-Mg(?!Context|Environment)/.test(line));
    assert.ok(calls.length > 8);
    assert.deepEqual(
      calls.filter((line) => !line.includes('-ErrorAction Stop')),
      [],
    );
  });

  it('asks for each permission of the plan, and for the least where the plan has no more', () => {
    const asked = (changes: Partial<AppPlan>): number =>
      linesOf(changes).filter((line) => line.includes('[pscustomobject]@{ Api = ')).length;
    // One such line beside them reads what the registration lists.
    assert.equal(asked({}) - asked({ permissions: [] }), plan.permissions.length);
    assert.equal(asked({ permissions: appPlan('attempt', []).permissions }) - asked({ permissions: [] }), 1);
  });

  it('never has the passphrase as text', () => {
    const script = linesOf().join('\n');
    const asked = script.match(/Read-Host[^\n]*/g) ?? [];
    assert.equal(asked.length, 2);
    assert.ok(asked.every((line) => line.startsWith('Read-Host -AsSecureString')));
    assert.doesNotMatch(script, /SecureStringTo|ConvertFrom-SecureString|ConvertTo-SecureString|NetworkCredential/);
  });
});
