import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createSecureContext } from 'node:tls';
import { readFileSync } from 'node:fs';
import { describe, it } from 'mocha';
import type { LabDescription } from '../../lab/lab.ts';
import type { OnPremisesDescription } from '../../lab/onPremises/onPremises.ts';

const main = fileURLToPath(new URL('../../lab/main.ts', import.meta.url));

describe('npm run lab', () => {
  it('prints one line of JSON when it is ready, and leaves nothing behind when it is stopped', async () => {
    const child = spawn(process.execPath, [main, '--mailboxes', '2', '--scenario', 'slow', '--proxy', '0'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    try {
      const lines = createInterface({ input: child.stdout });
      const [line] = (await once(lines, 'line')) as [string]; // The one argument of that event.
      const lab = JSON.parse(line) as LabDescription; // What the test is about: it is looked at below.
      assert.match(lab.proxy ?? '', /^http:\/\/127\.0\.0\.1:\d+$/);
      assert.match(lab.authority, /^https:\/\/localhost:\d+$/);
      assert.equal(lab.users.filter((user) => user.mailbox).length, 2);
      assert.ok(lab.users.some((user) => user.admin));
      const app = lab.apps[0];
      assert.ok(app?.pfxFile && app.pfxPassphrase);
      assert.doesNotThrow(() =>
        createSecureContext({ pfx: readFileSync(app.pfxFile ?? ''), passphrase: app.pfxPassphrase ?? '' }),
      );
      assert.ok(existsSync(lab.ca));
      child.kill('SIGTERM');
      const [code] = (await once(child, 'exit')) as [number | null]; // The exit code is its first argument.
      assert.equal(code, 0);
      assert.ok(!existsSync(dirname(lab.ca)));
    } finally {
      child.kill('SIGKILL');
    }
  });

  it('starts a server on premises when it is asked for', async () => {
    const child = spawn(process.execPath, [main, '--on-premises', '--mailboxes', '2', '--version', 'SE'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    try {
      const lines = createInterface({ input: child.stdout });
      const [line] = (await once(lines, 'line')) as [string]; // The one argument of that event.
      const server = JSON.parse(line) as OnPremisesDescription; // What the test is about: it is looked at below.
      assert.match(server.ews, /^https:\/\/localhost:\d+\/EWS\/Exchange\.asmx$/);
      assert.equal(server.accounts.filter((account) => account.mailbox).length, 2);
      assert.ok(existsSync(server.ca));
      child.kill('SIGTERM');
      const [code] = (await once(child, 'exit')) as [number | null]; // The exit code is its first argument.
      assert.equal(code, 0);
      assert.ok(!existsSync(dirname(server.ca)));
    } finally {
      child.kill('SIGKILL');
    }
  });

  for (const args of [
    ['--prot', '1'],
    ['--port', 'many'],
    ['--proxy', 'many'],
    ['--scenario', 'nonsense'],
    ['extra'],
    ['--mailboxes', '0'],
    ['--on-premises', '--scenario', 'slow'],
    ['--on-premises', '--version', '2007'],
    ['--version', '2019'],
  ]) {
    it(`explains "${args.join(' ')}" and exits with 2`, async () => {
      const child = spawn(process.execPath, [main, ...args], { stdio: ['ignore', 'ignore', 'pipe'] });
      let text = '';
      child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()));
      const [code] = (await once(child, 'close')) as [number | null]; // The exit code is its first argument.
      assert.equal(code, 2);
      assert.match(text, /usage: npm run lab/);
    });
  }
});
