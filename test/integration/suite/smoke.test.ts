import assert from 'node:assert/strict';
import vscode from 'vscode';

describe('The extension in VS Code', () => {
  it('is there, and activates', async () => {
    const extension = vscode.extensions.getExtension('exchange-migration.exchange-migration');
    assert.ok(extension, 'VS Code does not know the extension');
    await extension.activate();
    assert.equal(extension.isActive, true);
  });
});
