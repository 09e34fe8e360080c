import type { OnPremises } from '../../lab/onPremises/onPremises.ts';
import { openInTab } from './openInTab.ts';
import { Wizard } from './wizard.ts';
import type { WorkbenchWindow } from './workbenchWindow.ts';

/** The wizard of a target connection in the active tab of a window. */
export class TargetWizard extends Wizard {
  static override async openNew(window: WorkbenchWindow): Promise<TargetWizard> {
    const wizard = new TargetWizard(window);
    const title = 'New Exchange server connection';
    const open = (): Promise<void> => window.runCommand('Exchange Migration: Exchange Server Connection…');
    await openInTab(window, title, open, wizard.heading(title));
    return wizard;
  }

  /** Fills in the step "Server" and goes on. */
  async server(name: string, server: string, additionalCa: string): Promise<void> {
    await this.fill({ texts: { 'Connection name': name, Server: server }, additionalCa });
    await this.button('Next').click();
    await this.heading('Admin credentials').waitFor();
  }

  /** Fills in the step "Admin credentials" with an account that may do what a migration does. */
  async credentials({ description }: OnPremises, method: string): Promise<void> {
    const administrator = description.accounts.find(({ name }) => name === 'Migration');
    await this.fill({
      method,
      texts: {
        'User name': administrator?.logon ?? '',
        Password: administrator?.password ?? '',
        'Mailbox to test with': description.accounts.find(({ name }) => name === 'Reception')?.email ?? '',
      },
    });
  }
}
