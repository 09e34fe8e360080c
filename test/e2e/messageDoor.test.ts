import assert from 'node:assert/strict';
import { secretValues } from './harness/credentials.ts';
import { useStage } from './harness/stage.ts';
import { definitionFiles } from './harness/storage.ts';
import { Wizard } from './harness/wizard.ts';

describe('What a page may say to the extension', () => {
  const stage = useStage();

  it('is refused when it is not one of the wizard’s messages', async () => {
    const { workbench } = stage;
    const wizard = await Wizard.openNew(workbench);
    await wizard.fill(secretValues(stage.lab, 'Contoso'));
    await wizard.next();
    for (const message of [
      'finish',
      { type: 'runCommand', command: 'workbench.action.quit' },
      { type: 'openLink', link: 'command:workbench.action.quit' },
      { type: 'openLink', link: 'http://example.com/' },
      { type: 'finish', extra: true },
      { type: 'copyText', text: 'x'.repeat(20_001) },
    ]) {
      await wizard.postAsPage(message);
      await workbench.notification('An unexpected error occurred. The log has the details.').waitFor();
      await workbench.runCommand('Notifications: Clear All Notifications');
    }
    // Allowed in itself, but nothing has been verified: Finish saves nothing.
    await wizard.postAsPage({ type: 'finish' });
    await wizard.configure();
    assert.deepEqual(await definitionFiles(workbench), []);
    assert.deepEqual(await workbench.notifications(), []);
    await wizard.finish();
    assert.equal((await definitionFiles(workbench)).length, 1);
  });
});
