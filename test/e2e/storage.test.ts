import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { connect, spoken } from './harness/connect.ts';
import { secretValues } from './harness/credentials.ts';
import { useStage } from './harness/stage.ts';
import { definitionFiles, definitionsFolder, readDefinition } from './harness/storage.ts';
import { until } from './harness/until.ts';
import { Wizard, withoutWizard } from './harness/wizard.ts';

describe('What is stored', () => {
  const stage = useStage({ persistent: true });
  before(async () => connect(stage, 'Contoso'));

  it('outlasts a reload of the window: definition, status and secret', async () => {
    const { workbench } = stage;
    await workbench.reload(withoutWizard);
    await workbench.openSideBar();
    await workbench.row(spoken(stage, 'Contoso', 'Verified')).waitFor();
    stage.lab.reset();
    await workbench.rowAction('Contoso', 'Verify');
    await until('EWS is asked', () => stage.lab.requests().some(({ service }) => service === 'ews'));
    await workbench.row(spoken(stage, 'Contoso', 'Verified')).waitFor();
  });

  it('and cannot be read is listed with the reason, can be opened, and stays as it is', async () => {
    const { workbench } = stage;
    const [good = ''] = await definitionFiles(workbench);
    const definition = await readDefinition(workbench, good);
    const [newerId, invalidId] = [randomUUID(), randomUUID()];
    const bad: Readonly<Record<string, string>> = {
      [`${randomUUID()}.json`]: '{"schemaVersion":1,"kind":"office365","na',
      [`${newerId}.json`]: definition
        .replace(/"id": "[^"]+"/, `"id": "${newerId}"`)
        .replace('"schemaVersion": 1', '"schemaVersion": 9'),
      [`${invalidId}.json`]: definition.replace(/"id": "[^"]+"/, `"id": "${invalidId}"`).replace('"custom"', '"moon"'),
    };
    for (const [name, text] of Object.entries(bad))
      await writeFile(path.join(definitionsFolder(workbench), name), text);

    await workbench.row('Damaged: not valid JSON').waitFor();
    await workbench.row('Damaged: not a valid definition').waitFor();
    await workbench.row('Made by a newer version of this extension').waitFor();
    await workbench.rowAction('Made by a newer version of this extension', 'Reveal Definition File');
    await workbench.tab(`${newerId}.json`).waitFor();
    await workbench.closeTab(`${newerId}.json`);

    await workbench.rowAction('Contoso', 'Verify');
    await workbench.row('Contoso').click();
    await workbench.page.keyboard.press('F2');
    await workbench.quickInput.answer('Fabrikam');
    await workbench.row(spoken(stage, 'Fabrikam', 'Verified')).waitFor();
    for (const [name, text] of Object.entries(bad)) assert.equal(await readDefinition(workbench, name), text);
    for (const name of Object.keys(bad)) await rm(path.join(definitionsFolder(workbench), name));
    await workbench.row('Damaged').waitFor({ state: 'detached' });
  });

  it('changes as a whole: a folder that cannot be written is told, nothing is saved, the wizard stays', async () => {
    const { workbench } = stage;
    const folder = definitionsFolder(workbench);
    const wizard = await Wizard.openNew(workbench);
    await wizard.fill(secretValues(stage.lab, 'Tailspin'));
    await wizard.next();
    await wizard.configure();
    const secrets = await storedSecrets();
    await rename(folder, `${folder}.away`);
    await writeFile(folder, 'A file where the folder should be.');

    await wizard.button('Finish').click();
    await wizard.notice.getByText(/Nothing was changed/).waitFor();
    assert.ok((await wizard.notice.innerText()).includes(folder), 'it names the folder');
    assert.equal(await storedSecrets(), secrets, 'no secret was kept');
    assert.equal(await readFile(folder, 'utf8'), 'A file where the folder should be.');

    await rm(folder);
    await rename(`${folder}.away`, folder);
    await wizard.finish();
    await workbench.row(spoken(stage, 'Tailspin', 'Verified')).waitFor();
    await workbench.row(spoken(stage, 'Fabrikam', 'Verified')).waitFor();
    assert.notEqual(await storedSecrets(), secrets);
  });

  /** The encrypted secrets of the browser-hosted VS Code. */
  async function storedSecrets(): Promise<string> {
    return stage.workbench.page.evaluate<string>('localStorage.getItem("secrets.provider") ?? ""');
  }
});
