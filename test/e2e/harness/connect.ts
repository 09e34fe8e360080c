import { secretValues } from './credentials.ts';
import type { Stage } from './stage.ts';
import { Wizard } from './wizard.ts';

/** Makes a verified connection that signs in with a client secret, as a user does. */
export async function connect(stage: Stage, name: string): Promise<void> {
  const wizard = await Wizard.openNew(stage.workbench);
  await wizard.fill(secretValues(stage.lab, name));
  await wizard.next();
  await wizard.configureAndFinish();
  await stage.workbench.row(spoken(stage, name, 'Verified')).waitFor();
}

/** What a screen reader says of a connection's row. */
export function spoken({ lab }: Pick<Stage, 'lab'>, name: string, status: string): string {
  return `${name}, tenant ${lab.description.tenant.domain}, ${status}`;
}
