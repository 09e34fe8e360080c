import assert from 'node:assert/strict';
import vscode from 'vscode';
import { commandTable } from '../../../src/commands/commandTable.ts';

interface Manifest {
  readonly activationEvents: readonly string[];
  readonly contributes: {
    readonly commands: readonly { readonly command: string }[];
    readonly menus: Readonly<Record<string, readonly { readonly command?: string; readonly submenu?: string }[]>>;
  };
}

function theExtension(): vscode.Extension<unknown> {
  const extension = vscode.extensions.getExtension('exchange-migration.exchange-migration');
  assert.ok(extension);
  return extension;
}

describe('What the extension contributes', () => {
  const manifest = theExtension().packageJSON as Manifest; // VS Code types it as any.
  const contributed = manifest.contributes.commands.map(({ command }) => command).sort();

  it('activates by views, commands and restored wizards only', () => {
    assert.deepEqual(
      manifest.activationEvents.filter((event) => event === '*' || event === 'onStartupFinished'),
      [],
    );
  });

  it('has a function for each command, and a command for each function', () => {
    assert.deepEqual(
      contributed,
      Object.keys(commandTable)
        .map((name) => `exchangeMigration.${name}`)
        .sort(),
    );
  });

  it('registers every command in VS Code', async () => {
    await theExtension().activate();
    const registered = new Set(await vscode.commands.getCommands(true));
    assert.deepEqual(
      contributed.filter((command) => !registered.has(command)),
      [],
    );
  });

  it('names in its menus only commands and submenus that exist', () => {
    const named = Object.values(manifest.contributes.menus).flat();
    assert.deepEqual(
      named.flatMap(({ command }) => command ?? []).filter((command) => !contributed.includes(command)),
      [],
    );
    assert.ok(named.some(({ submenu }) => submenu === 'exchangeMigration.new'));
  });
});
