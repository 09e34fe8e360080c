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
}

/** Registers hooks that start a stage, with the side bar open, for the tests of a `describe`, and close it after them. */
export function useStage({ lab: labOptions = {}, ...options }: StageOptions = {}): Stage {
  let lab: Lab | undefined;
  let workbench: Workbench | undefined;
  before(async () => {
    lab = await startLab(labOptions);
    workbench = await openWorkbench({ ...trusting(lab), ...options });
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
