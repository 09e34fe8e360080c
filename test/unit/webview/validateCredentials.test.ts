import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { cloudIds, connectionSettings, signInMethods } from '../../../src/connections/sourceConnection.ts';
import type { CertificateReason } from '../../../src/identity/certificate/certificateError.ts';
import { emptyForm, formOf, settingsFromForm } from '../../../src/webview/credentialsForm.ts';
import type { CredentialsForm, FieldId } from '../../../src/webview/protocol.ts';
import { firstFault, validateCredentials, validateField } from '../../../src/webview/validateCredentials.ts';
import type { ValidationFacts } from '../../../src/webview/validateCredentials.ts';

const none = { clientSecret: false, password: false, certificate: false, account: false };
const facts: ValidationFacts = {
  secrets: { clientSecret: 'abc8Q~secret', password: 'pass word', passphrase: '' },
  otherNames: ['Fabrikam'],
  stored: none,
  certificate: 'opened',
  account: 'signedIn',
  additionalCaBroken: false,
};
const noSecrets = { clientSecret: '', password: '', passphrase: '' };
const guid = '3fa85f64-5717-4562-b3fc-2c963f66afa6';

const certificateFields: Readonly<Record<CertificateReason, FieldId>> = {
  notACertificate: 'certificate',
  noPrivateKey: 'certificate',
  noCertificate: 'certificate',
  passphraseNeeded: 'passphrase',
  wrongPassphrase: 'passphrase',
  keyMismatch: 'certificate',
  notRsa: 'certificate',
  tooShort: 'certificate',
  expired: 'certificate',
  notYetValid: 'certificate',
};

const form: CredentialsForm = {
  ...emptyForm,
  name: 'Contoso',
  tenant: 'contoso.onmicrosoft.com',
  clientId: guid,
  userName: 'admin@contoso.com',
  testMailbox: 'user@contoso.com',
};

describe('The credentials of the wizard', () => {
  for (const method of signInMethods) {
    it(`are accepted for ${method}, blanks around them included`, () => {
      assert.deepEqual(validateCredentials({ ...form, method }, facts), {});
      const blanks = Object.fromEntries(
        Object.entries(form).map(([field, value]) => [
          field,
          ['cloud', 'method'].includes(field) ? value : ` ${value} `,
        ]),
      );
      assert.deepEqual(validateCredentials({ ...form, ...blanks, method }, facts), {});
    });

    it(`all need something when nothing is filled in, for ${method}`, () => {
      const errors = validateCredentials(
        { ...emptyForm, method },
        { ...facts, secrets: noSecrets, certificate: 'none', account: 'none' },
      );
      const own: Record<typeof method, FieldId[]> = {
        appCertificate: ['certificate'],
        appSecret: ['clientSecret'],
        account: ['account'],
        password: ['userName', 'password'],
      };
      assert.deepEqual(
        Object.keys(errors).sort(),
        ['name', 'tenant', 'clientId', 'testMailbox', ...own[method]].sort(),
      );
      assert.equal(firstFault(errors), 'name');
    });

    it(`may leave a stored secret as it is, for ${method}`, () => {
      const stored = { clientSecret: true, password: true, certificate: true, account: true };
      const kept: ValidationFacts = { ...facts, secrets: noSecrets, certificate: 'none', account: 'none', stored };
      assert.deepEqual(validateCredentials({ ...form, method }, kept), {});
    });
  }

  const url = (text: string): Partial<CredentialsForm> => ({ ewsUrl: text, authorityUrl: text, graphUrl: text });
  const cases: readonly (readonly [FieldId, Partial<CredentialsForm>, RegExp | undefined])[] = [
    ['name', { name: '   ' }, /Enter a name/],
    ['name', { name: 'x'.repeat(121) }, /120 characters/],
    ['name', { name: 'x'.repeat(120) }, undefined],
    ['name', { name: ' FABRIKAM ' }, /Another connection/],
    ['tenant', { tenant: 'admin@contoso.com' }, /after the @/],
    ['tenant', { tenant: 'https://contoso.com/' }, /without https/],
    ['tenant', { tenant: 'contoso' }, /neither a domain nor/],
    ['tenant', { tenant: 'contoso..com' }, /neither a domain nor/],
    ['tenant', { tenant: '-contoso.com' }, /neither a domain nor/],
    ['tenant', { tenant: `${'x'.repeat(60)}.`.repeat(5) + 'com' }, /neither a domain nor/],
    ['tenant', { tenant: 'contoso com' }, /neither a domain nor/],
    ['tenant', { tenant: 'bücher.example' }, undefined],
    ['tenant', { tenant: guid.toUpperCase() }, undefined],
    ['clientId', { clientId: 'my app' }, /has the form/],
    ['clientId', { clientId: `{${guid}}` }, /has the form/],
    ['clientId', { clientId: guid.toUpperCase() }, undefined],
    ['testMailbox', { testMailbox: 'user' }, /not an e-mail/],
    ['testMailbox', { testMailbox: 'user@contoso' }, /not an e-mail/],
    ['testMailbox', { testMailbox: 'a b@contoso.com' }, /not an e-mail/],
    ['testMailbox', { testMailbox: 'User <user@contoso.com>' }, /not an e-mail/],
    ['testMailbox', { testMailbox: 'a\u0001@contoso.com' }, /not an e-mail/],
    ['testMailbox', { testMailbox: `${'x'.repeat(320)}@contoso.com` }, /not an e-mail/],
    ['testMailbox', { testMailbox: 'jörg@bücher.example' }, undefined],
    ['testMailbox', { testMailbox: 'a@contoso.com; b@contoso.com,c@contoso.com' }, undefined],
    ['testMailbox', { testMailbox: 'a@contoso.com; b@contoso' }, /“b@contoso” is not an e-mail/],
    ['testMailbox', { testMailbox: 'a@contoso.com; b@contoso.com; c@contoso.com; d@contoso.com' }, /At most 3/],
    ['testMailbox', { testMailbox: 'a@contoso.com; A@contoso.com; b@contoso.com; c@contoso.com' }, undefined],
    ['userName', { method: 'password', userName: 'admin' }, /not an e-mail/],
    ['userName', { method: 'appSecret', userName: 'admin' }, undefined],
    ...(['ewsUrl', 'authorityUrl', 'graphUrl'] as const).flatMap((field) =>
      (
        [
          ['mail.example', /not an address/],
          ['http://mail.example', /must begin with https/],
          ['https://user:password@mail.example', /must not hold/],
          [`https://mail.example/${'x'.repeat(2048)}`, /not an address/],
          ['https://mail.example:8443/EWS/Exchange.asmx', undefined],
          ['HTTPS://Mail.Example/EWS', undefined],
          ['https://127.0.0.1:8443', undefined],
          ['https://localhost:8443', undefined],
          ['https://[::1]:8443', undefined],
        ] as const
      ).map(([text, error]) => [field, url(text), error] as const),
    ),
    ['ewsUrl', { cloud: 'custom' }, /custom cloud needs/],
    ['authorityUrl', { cloud: 'custom' }, /custom cloud needs/],
    ['graphUrl', { cloud: 'custom' }, undefined],
  ];
  for (const [field, changes, expected] of cases) {
    const shown = JSON.stringify(changes).slice(0, 70);
    it(`judge ${field} of ${shown}: ${expected?.source ?? 'nothing wrong'}`, () => {
      const error = validateField(field, { ...form, ...changes }, facts);
      if (expected) assert.match(error ?? '', expected);
      else assert.equal(error, undefined);
    });
  }

  it('recognise a pasted secret ID, blanks around it included', () => {
    for (const clientSecret of [guid, ` ${guid.toUpperCase()}\n`]) {
      const error = validateField(
        'clientSecret',
        { ...form, method: 'appSecret' },
        { ...facts, secrets: { ...noSecrets, clientSecret } },
      );
      assert.match(error ?? '', /secret’s ID\. Paste its Value/);
    }
  });

  it('say at one field alone that a certificate cannot be used, differently for each reason', () => {
    const texts = new Set<string>();
    for (const [reason, field] of Object.entries(certificateFields)) {
      const detail = reason === 'tooShort' ? '1024' : '2026-01-01T00:00:00.000Z';
      // The keys of a record of reasons are reasons.
      const certificate = { reason: reason as CertificateReason, detail };
      const errors = validateCredentials(form, { ...facts, certificate });
      assert.deepEqual(Object.keys(errors), [field], reason);
      texts.add(errors[field] ?? '');
    }
    assert.equal(texts.size, Object.keys(certificateFields).length);
  });

  it('say that a file of authorities holds none', () => {
    assert.deepEqual(Object.keys(validateCredentials(form, { ...facts, additionalCaBroken: true })), ['additionalCa']);
  });

  it('make settings that a definition may hold, whenever nothing is wrong with them', () => {
    const text = fc.string({ unit: 'binary', maxLength: 40 });
    const host = fc.constantFrom(
      'mail.example',
      '127.0.0.1',
      '[::1]',
      'a_b.example',
      'MAIL',
      '1',
      'xn--n3h.example',
      'ü.example',
    );
    const address = fc
      .tuple(
        fc.constantFrom('https://', 'HTTPS://', 'https:', 'https:/', 'https:///', ' https://'),
        host,
        fc.constantFrom('', ':8443', '/EWS', '?a=b', '/ä ö', '#x'),
      )
      .map((parts) => parts.join(''));
    const anyForm = fc.record({
      name: fc.oneof(fc.constant('Contoso'), text),
      cloud: fc.constantFrom(...cloudIds),
      tenant: fc.oneof(fc.constantFrom('contoso.com', guid, `${'x'.repeat(250)}.example`), text, fc.domain()),
      method: fc.constantFrom(...signInMethods),
      scopedAccess: fc.boolean(),
      clientId: fc.oneof(fc.constantFrom(guid, '00000000-0000-0000-0000-000000000000'), fc.uuid(), text),
      userName: fc.oneof(fc.constant('admin@contoso.com'), fc.emailAddress()),
      testMailbox: fc.oneof(
        fc.constant('user@contoso.com'),
        fc.emailAddress(),
        text.map((part) => `a${part}@contoso.com`),
      ),
      ewsUrl: fc.oneof(fc.constant(''), address, fc.webUrl()),
      authorityUrl: fc.oneof(fc.constant(''), address),
      graphUrl: fc.oneof(fc.constant(''), address),
    });
    let accepted = 0;
    fc.assert(
      fc.property(anyForm, (filled) => {
        if (firstFault(validateCredentials(filled, facts)) !== undefined) return;
        accepted++;
        const settings = settingsFromForm(filled, {});
        const parsed = connectionSettings.safeParse(settings);
        assert.ok(parsed.success, JSON.stringify([settings, parsed.error?.issues]));
        assert.deepEqual(parsed.data, settings);
        assert.deepEqual(settingsFromForm(formOf(settings), {}), settings);
      }),
      { numRuns: 1_000 },
    );
    assert.ok(accepted > 20, `only ${accepted} were accepted`);
  });
});
