import assert from 'node:assert/strict';
import type { Workbench } from './harness/workbench.ts';
import { openWorkbench } from './harness/workbench.ts';

describe('Exchange Migration in VS Code', () => {
  let workbench: Workbench;
  before(async () => {
    workbench = await openWorkbench();
  });
  after(async () => workbench.close());

  it('opens its side bar with the source connections', async () => {
    await workbench.openSideBar();
    await workbench.sideBar.getByText('Defined source server connections').first().waitFor();
    assert.deepEqual(await workbench.notifications(), []);
  });
});
