import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'mocha';
import { codeOf, elements, getFolder, inbox, soap } from './support/labClient.ts';
import type { Reply } from './support/labClient.ts';
import { OnPremisesClient } from './support/onPremisesClient.ts';

const reception = 'reception@contoso-lab.example';
const accounting = 'accounting@contoso-lab.example';
const openInbox = getFolder(inbox);
const inboxOf = (address: string): string =>
  getFolder(
    `<t:DistinguishedFolderId Id="inbox"><t:Mailbox><t:EmailAddress>${address}</t:EmailAddress></t:Mailbox></t:DistinguishedFolderId>`,
  );

describe('EWS on premises', () => {
  let client: OnPremisesClient;
  before(async () => {
    client = await OnPremisesClient.start();
  });
  after(() => client.close());
  beforeEach(() => client.server.reset());

  describe('versions', () => {
    const versioned = (version: string): string => soap(openInbox, '').replace('Exchange2016', version);

    it('tells its version in each answer', async () => {
      for (const [version, info] of [
        ['2010SP1', '14.1.438.0 Exchange2010_SP1'],
        ['2010SP3', '14.3.513.0 Exchange2010_SP2'],
        ['2013', '15.0.1497.48 V2_23'],
        ['2016', '15.1.2507.6 V2017_07_11'],
        ['2019', '15.2.1748.10 V2017_07_11'],
        ['SE', '15.2.2562.17 V2017_07_11'],
      ] as const) {
        client.server.patch({ version });
        const [found] = elements(
          (await client.as('Reception', versioned('Exchange2010_SP1'))).body,
          't:ServerVersionInfo',
        );
        const part = (name: string): string => found?.attributes.get(name) ?? '';
        const number = ['MajorVersion', 'MinorVersion', 'MajorBuildNumber', 'MinorBuildNumber'].map(part).join('.');
        assert.equal(`${number} ${part('Version')}`, info);
      }
    });

    it('refuses a version that is newer than its own', async () => {
      for (const [version, tooNew, code] of [
        ['2010SP1', 'Exchange2010_SP2', 'ErrorInvalidServerVersion'],
        ['2010SP3', 'Exchange2013', 'ErrorInvalidServerVersion'],
        ['2013', 'Exchange2016', 'ErrorInvalidServerVersion'],
        ['2016', 'V2018_01_08', 'ErrorInvalidServerVersion'],
        ['SE', 'Exchange2019', 'ErrorInvalidServerVersion'],
      ] as const) {
        client.server.patch({ version });
        const refused = await client.as('Reception', versioned(tooNew));
        assert.equal(refused.status, 500);
        assert.equal(codeOf(refused), code, `${version} ${tooNew}`);
      }
    });
  });

  it('does not know what came into the schema after its version', async () => {
    const folder = (id: string): string => getFolder(`<t:DistinguishedFolderId Id="${id}"/>`);
    const field = (uri: string): string =>
      openInbox.replace(
        '</t:BaseShape>',
        `</t:BaseShape><t:AdditionalProperties><t:FieldURI FieldURI="${uri}"/></t:AdditionalProperties>`,
      );
    const read =
      '<m:DeleteItem DeleteType="HardDelete" SuppressReadReceipts="true"><m:ItemIds><t:ItemId Id="x"/></m:ItemIds></m:DeleteItem>';
    for (const [operation, before, since] of [
      [folder('conversationhistory'), '2010SP3', '2013'],
      [folder('archive'), '2013', '2016'],
      [field('folder:DistinguishedFolderId'), '2010SP3', '2013'],
      [field('item:StoreEntryId'), '2010SP1', '2010SP3'],
      [read, '2010SP3', '2013'],
    ] as const) {
      const text = soap(operation, '').replace('Exchange2016', 'Exchange2010_SP1');
      client.server.patch({ version: before });
      assert.equal(codeOf(await client.as('Reception', text)), 'ErrorSchemaValidation', `${operation} ${before}`);
      client.server.patch({ version: since });
      assert.notEqual(codeOf(await client.as('Reception', text)), 'ErrorSchemaValidation', `${operation} ${since}`);
    }
  });

  describe('impersonation', () => {
    const asMigration = (address: string): Promise<Reply> => client.as('Migration', soap(openInbox, address));

    it('is for who has the role, and logged', async () => {
      assert.equal(codeOf(await asMigration(reception)), 'NoError');
      assert.equal(client.server.requests().at(-1)?.impersonated, reception);
      assert.equal(client.server.requests().at(-1)?.account, 'migration');
      const denied = await client.as('Administrator', soap(openInbox, reception));
      assert.equal(denied.status, 500);
      assert.equal(codeOf(denied), 'ErrorImpersonateUserDenied');
      client.server.patch({ impersonation: [{ account: 'admin', scope: null }] });
      assert.equal(codeOf(await client.as('Administrator', soap(openInbox, reception))), 'NoError');
      assert.equal(codeOf(await asMigration(reception)), 'ErrorImpersonateUserDenied', 'who lost the role');
    });

    it('ends at the scope of the role', async () => {
      client.server.patch({ impersonation: [{ account: 'migration', scope: [reception] }] });
      assert.equal(codeOf(await asMigration(reception)), 'NoError');
      assert.equal(codeOf(await asMigration(accounting)), 'ErrorImpersonateUserDenied');
    });

    it('takes principal name and SID, too, and refuses what is nobody', async () => {
      const by = (name: string, value: string): Promise<Reply> =>
        client.as(
          'Migration',
          soap(openInbox, reception).replaceAll('PrimarySmtpAddress', name).replace(reception, value),
        );
      assert.equal(codeOf(await by('PrincipalName', reception)), 'NoError');
      assert.equal(codeOf(await by('SmtpAddress', reception)), 'NoError');
      assert.equal(codeOf(await by('SID', 'S-1-5-21-1004336348-1177238915-682003330-1101')), 'NoError');
      assert.equal(codeOf(await by('SID', 'S-1-5-21-1')), 'ErrorInvalidUserSid');
      assert.equal(codeOf(await by('PrincipalName', 'nobody@contoso-lab.example')), 'ErrorInvalidUserPrincipalName');
      assert.equal(codeOf(await by('SmtpAddress', 'nobody@contoso-lab.example')), 'ErrorNonExistentMailbox');
      assert.equal(codeOf(await by('SmtpAddress', 'migration@contoso-lab.example')), 'ErrorNonExistentMailbox');
    });
  });

  it('opens the mailboxes that an account has Full Access to, and no others', async () => {
    const asAdmin = (address: string): Promise<Reply> => client.as('Administrator', soap(inboxOf(address), ''));
    assert.equal(codeOf(await asAdmin(reception)), 'NoError');
    assert.equal(codeOf(await asAdmin('logistics@contoso-lab.example')), 'ErrorItemNotFound');
    assert.equal(codeOf(await asAdmin('nobody@contoso-lab.example')), 'ErrorNonExistentMailbox');
    assert.equal(codeOf(await client.as('Migration', soap(openInbox, ''))), 'ErrorMissingEmailAddress');
  });

  it('is off where it is switched off', async () => {
    client.server.patch({ ews: { enabled: false } });
    assert.equal((await client.as('Reception', soap(openInbox, ''))).status, 403);
    client.server.patch({ ews: { enabled: true }, mailboxes: { [reception]: { state: 'ewsDisabled' } } });
    assert.equal((await client.as('Reception', soap(openInbox, ''))).status, 403);
    assert.equal((await client.as('Accounting', soap(openInbox, ''))).status, 200);
  });
});
