import type { Lab, LabOptions } from '../../lab/lab.ts';
import { startLab } from '../../lab/lab.ts';
import { trusting } from './credentials.ts';
import type { Workbench, WorkbenchOptions } from './workbench.ts';
import { openWorkbench } from './workbench.ts';

/** A tenant and a VS Code that trusts it. */
export interface Stage {
  readonly lab: Lab;
  readonly workbench: Workbench;
}

interface StageOptions extends WorkbenchOptions {
  readonly lab?: LabOptions;
  /** True: VS Code reaches the lab by the clouds' host names, through its proxy. */
  readonly throughProxy?: boolean;
}

/** Registers hooks that start a stage, with the side bar open, for the tests of a `describe`, and close it after them. */
export function useStage({ lab: labOptions = {}, throughProxy = false, ...options }: StageOptions = {}): Stage {
  let lab: Lab | undefined;
  let workbench: Workbench | undefined;
  before(async () => {
    lab = await startLab({ proxy: throughProxy, ...labOptions });
    const settings = { ...options.settings, ...(throughProxy && { 'http.proxy': lab.description.proxy }) };
    // VS Code takes a proxy from a person's own settings only, which the raw server does not keep in a file.
    const persistent = options.persistent === true || throughProxy;
    workbench = await openWorkbench({ ...trusting(lab), ...options, persistent, settings });
    await workbench.openSideBar();
  });
  afterEach(() => lab?.reset());
  after(async () => {
    await workbench?.close();
    await lab?.close();
  });
  return {
    get lab() {
      return started(lab);
    },
    get workbench() {
      return started(workbench);
    },
  };
}

function started<T>(part: T | undefined): T {
  if (part === undefined) throw new Error('The stage is there while tests run.');
  return part;
}
