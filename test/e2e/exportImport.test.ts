import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { connect, spoken } from './harness/connect.ts';
import { given, labApp } from './harness/credentials.ts';
import { useStage } from './harness/stage.ts';
import { until } from './harness/until.ts';
import { Wizard } from './harness/wizard.ts';

describe('Definitions as files', () => {
  const stage = useStage();
  const secret = () => given(labApp(stage.lab, 'Migration').secret);
  const exported = () => path.join(stage.workbench.folder, 'Contoso.json');
  before(async () => connect(stage, 'Contoso'));

  it('are exported without the secret', async () => {
    const { workbench } = stage;
    await workbench.contextMenu('Contoso', 'Export…');
    await workbench.chooseFile(exported());
    await workbench.dismiss('“Contoso” was exported, without its secret');
    const text = await until('the file is written', async () => readFile(exported(), 'utf8'));
    assert.equal(text.includes(secret()), false);
    const document: unknown = JSON.parse(text);
    assert.deepEqual(document, {
      kind: 'exchange-migration/source-connections',
      schemaVersion: 1,
      connections: [
        {
          name: 'Contoso',
          cloud: 'custom',
          tenant: stage.lab.description.tenant.domain,
          signIn: { method: 'appSecret', clientId: labApp(stage.lab, 'Migration').clientId },
          testMailbox: `reception@${stage.lab.description.tenant.domain}`,
          endpoints: { ews: new URL(stage.lab.description.ews).origin, authority: stage.lab.description.authority },
        },
      ],
    });
  });

  it('are imported under a free name, and lead to where the secret is entered', async () => {
    const { workbench } = stage;
    await workbench.runCommand('Exchange Migration: Import…');
    await workbench.chooseFile(exported());
    await workbench.row(spoken(stage, 'Contoso (2)', 'Secret missing')).waitFor();
    await workbench.notification('“Contoso (2)” was imported').getByRole('button', { name: 'Enter Secret' }).click();
    const wizard = new Wizard(workbench);
    await wizard.heading('Settings of Contoso (2)').waitFor();
    assert.equal(await wizard.field('Client secret (value)').getAttribute('placeholder'), '');
    await wizard.fill({ texts: { 'Client secret (value)': secret() } });
    await wizard.next();
    await wizard.configureAndFinish();
    await workbench.row(spoken(stage, 'Contoso (2)', 'Verified')).waitFor();
  });

  for (const { what, change, says } of [
    {
      what: 'is cut off',
      change: (text: string) => text.slice(0, 60),
      says: /^damaged\.json: The file is not valid JSON \(.*\)\. Nothing was imported\.$/,
    },
    {
      what: 'holds a value that is not allowed',
      change: (text: string) => text.replace('"cloud": "custom"', '"cloud": "moon"'),
      says: /^damaged\.json: The value at “connections\.0\.cloud” is not valid\. Nothing was imported\.$/,
    },
    {
      what: 'is of a newer version',
      change: (text: string) => text.replace('"schemaVersion": 1', '"schemaVersion": 2'),
      says: /^damaged\.json: The file was made by a newer version of this extension\. Update it, then import again\.$/,
    },
    {
      what: 'is something else',
      change: () => '{"compilerOptions":{}}',
      says: /^damaged\.json: The file is not an export of connection definitions\. Nothing was imported\.$/,
    },
  ]) {
    it(`are refused with the place of the fault when the file ${what}`, async () => {
      const { workbench } = stage;
      const rows = await workbench.rows().count();
      const file = path.join(workbench.folder, 'damaged.json');
      await writeFile(file, change(await readFile(exported(), 'utf8')));
      await workbench.runCommand('Exchange Migration: Import…');
      await workbench.chooseFile(file);
      await until(`a notification says ${says}`, async () =>
        (await workbench.notifications()).some((text) => says.test(text)),
      );
      assert.equal(await workbench.rows().count(), rows);
      await workbench.dismiss('damaged.json');
    });
  }
});
