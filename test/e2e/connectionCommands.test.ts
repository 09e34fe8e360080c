import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { connect, spoken } from './harness/connect.ts';
import { given, labApp } from './harness/credentials.ts';
import { useStage } from './harness/stage.ts';
import { definitionFiles, definitionsFolder, readDefinition } from './harness/storage.ts';
import { until } from './harness/until.ts';
import { Wizard } from './harness/wizard.ts';

describe('A connection’s commands', () => {
  const stage = useStage();
  const secret = () => given(labApp(stage.lab, 'Migration').secret);
  before(async () => connect(stage, 'Contoso'));

  it('F2 renames the selected row and keeps its id and its state', async () => {
    const { workbench } = stage;
    const files = await definitionFiles(workbench);
    await workbench.row('Contoso').click();
    await workbench.page.keyboard.press('F2');
    await workbench.quickInput.answer('Fabrikam');
    await workbench.row(spoken(stage, 'Fabrikam', 'Verified')).waitFor();
    assert.deepEqual(await definitionFiles(workbench), files);
  });

  it('Rename works from the palette', async () => {
    const { workbench } = stage;
    await workbench.runCommand('Exchange Migration: Rename…');
    await workbench.quickInput.pick('Fabrikam');
    await workbench.quickInput.root.getByText('Rename connection').waitFor();
    await workbench.quickInput.answer('Contoso');
    await workbench.row(spoken(stage, 'Contoso', 'Verified')).waitFor();
  });

  it('Copy Report puts the report on the clipboard, without the secret', async () => {
    const { workbench } = stage;
    await workbench.contextMenu('Contoso', 'Copy Report');
    const report = await until('the report is on the clipboard', async () => {
      const text = await workbench.clipboard();
      return text.startsWith('# Verification of Contoso') && text;
    });
    assert.match(report, /Outcome: \*\*Passed\*\*/);
    assert.match(report, /## Open the test mailbox \(mailbox-access\): Passed/);
    assert.equal(report.includes(secret()), false);
  });

  it('Duplicate makes another connection with the same settings, and asks for the secret', async () => {
    const { workbench } = stage;
    await workbench.contextMenu('Contoso', 'Duplicate…');
    const wizard = new Wizard(workbench);
    await wizard.heading('New Office 365 connection').waitFor();
    assert.equal(await wizard.field('Connection name').inputValue(), 'Contoso (2)');
    assert.equal(await wizard.field('Tenant').inputValue(), stage.lab.description.tenant.domain);
    await wizard.button('Next').click();
    await wizard.untilError('Client secret (value)', /^Enter the client secret’s Value\.$/);
    await wizard.fill({ texts: { 'Client secret (value)': secret() } });
    await wizard.next();
    await wizard.configureAndFinish();
    await workbench.row(spoken(stage, 'Contoso (2)', 'Verified')).waitFor();
    assert.equal((await definitionFiles(workbench)).length, 2);
  });

  it('Rename refuses a name that is taken', async () => {
    const { workbench } = stage;
    await workbench.contextMenuAsking('Contoso (2)', 'Rename…');
    await workbench.quickInput.type('contoso');
    await workbench.quickInput.root.getByText('Another connection has this name.').waitFor();
    await workbench.quickInput.escape();
  });

  it('Delete asks, then removes definition and secret', async () => {
    const { workbench } = stage;
    const [fileName = ''] = await filesOf('Contoso (2)');
    const definition = await readDefinition(workbench, fileName);
    await workbench.row('Contoso (2)').click();
    await workbench.page.keyboard.press('Delete');
    await workbench.page.getByRole('dialog').getByText('Delete the connection “Contoso (2)”?').waitFor();
    await workbench.dialogButton('Cancel').click();
    await workbench.row('Contoso (2)').waitFor();

    await workbench.contextMenu('Contoso (2)', 'Delete…');
    await workbench.dialogButton('Delete').click();
    await workbench.row('Contoso (2)').waitFor({ state: 'detached' });
    assert.equal((await definitionFiles(workbench)).includes(fileName), false);

    // With its definition back in place, the connection would be whole again if the secret were still there.
    await writeFile(path.join(definitionsFolder(workbench), fileName), definition);
    await workbench.row(spoken(stage, 'Contoso (2)', 'Secret missing')).waitFor();
  });

  it('Delete works from the palette', async () => {
    const { workbench } = stage;
    await workbench.runCommand('Exchange Migration: Delete…');
    await workbench.quickInput.pick('Contoso (2)');
    await workbench.dialogButton('Delete').click();
    await workbench.row('Contoso (2)').waitFor({ state: 'detached' });
    await workbench.row(spoken(stage, 'Contoso', 'Verified')).waitFor();
  });

  it('Settings, Duplicate and Copy Report work from the palette', async () => {
    const { workbench } = stage;
    const wizard = new Wizard(workbench);
    for (const [command, heading] of [
      ['Settings…', 'Settings of Contoso'],
      ['Duplicate…', 'New Office 365 connection'],
    ] as const) {
      await workbench.runCommand(`Exchange Migration: ${command}`);
      await workbench.quickInput.pick('Contoso');
      await wizard.heading(heading).waitFor();
      await wizard.cancel();
    }
    await workbench.row('Contoso').click(); // only a page with the focus may write to the clipboard
    await workbench.page.evaluate<unknown>('navigator.clipboard.writeText("nothing yet")');
    await workbench.runCommand('Exchange Migration: Copy Report');
    await workbench.quickInput.pick('Contoso');
    await until('the report is on the clipboard', async () =>
      (await workbench.clipboard()).startsWith('# Verification'),
    );
  });

  async function filesOf(name: string): Promise<string[]> {
    const { workbench } = stage;
    const texts = await Promise.all(
      (await definitionFiles(workbench)).map(async (file) => ({ file, text: await readDefinition(workbench, file) })),
    );
    return texts.filter(({ text }) => text.includes(`"name": "${name}"`)).map(({ file }) => file);
  }
});
