import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { projectRoot } from '../../scripts/paths.ts';
import type { Lab } from '../lab/lab.ts';
import { startLab } from '../lab/lab.ts';
import { certificateValues, given, labApp, trusting } from './harness/credentials.ts';
import { Wizard } from './harness/wizard.ts';
import type { Workbench } from './harness/workbench.ts';
import { openWorkbench } from './harness/workbench.ts';

const vsix = path.join(projectRoot, 'out', 'exchange-migration.vsix');

describe('The packaged extension', () => {
  let lab: Lab;
  let workbench: Workbench;
  before(async () => {
    await packUnlessDone();
    lab = await startLab();
    workbench = await openWorkbench({ ...trusting(lab), vsix });
    await workbench.openSideBar();
  });
  after(async () => {
    await workbench.close();
    await lab.close();
  });

  it('connects a tenant', async () => {
    const app = labApp(lab, 'Migration');
    const wizard = await Wizard.openNew(workbench);
    const values = certificateValues(lab, 'Contoso', given(app.pfxFile));
    await wizard.fill({ ...values, texts: { Passphrase: given(app.pfxPassphrase), ...values.texts } });
    await wizard.next();
    await wizard.configure();
    assert.equal(await wizard.summary.innerText(), 'All 12 checks passed.');
    await wizard.finish();
    await workbench.row(`Contoso, tenant ${lab.description.tenant.domain}, Verified`).waitFor();
  });

  it('has its help page', async () => {
    await workbench.runCommand('Exchange Migration: What the Account Needs');
    await workbench.tab('Preview requirements.md').waitFor();
    assert.deepEqual(await workbench.notifications(), []);
  });
});

/** Packing builds, and other tests copy the build at the same time: so only when there is no package of this build. */
async function packUnlessDone(): Promise<void> {
  const madeAt = async (file: string): Promise<number> =>
    stat(file).then(
      ({ mtimeMs }) => mtimeMs,
      () => 0, // not there
    );
  if ((await madeAt(vsix)) > (await madeAt(path.join(projectRoot, 'dist', 'extension.js')))) return;
  await promisify(execFile)(process.execPath, [path.join(projectRoot, 'scripts', 'package.ts')]);
}
