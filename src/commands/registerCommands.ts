import * as vscode from 'vscode';
import { commandTable } from './commandTable.ts';
import { reportFailure } from './reportFailure.ts';
import type { Services } from './services.ts';

/** Registers all commands. What one throws is told once, with a way to the log; cancelling throws nothing. */
export function registerCommands(services: Services): vscode.Disposable[] {
  return Object.entries(commandTable).map(([name, command]) =>
    vscode.commands.registerCommand(`exchangeMigration.${name}`, async (target: unknown) => {
      try {
        await command(services, target);
      } catch (error) {
        await reportFailure(services.log, error);
      }
    }),
  );
}
