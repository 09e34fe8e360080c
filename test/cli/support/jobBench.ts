import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { ConnectionSettings } from '../../../src/connections/sourceConnection.ts';
import type { TargetSettings } from '../../../src/connections/targetConnection.ts';
import { usualContent } from '../../../src/migration/content/jobContent.ts';
import { defineJob } from '../../../src/migration/jobDefinition.ts';
import type { JobMailbox } from '../../../src/migration/jobDefinition.ts';
import { exportJob } from '../../../src/migration/jobExchange.ts';
import { usualSpeed } from '../../../src/migration/schedule/jobSchedule.ts';
import type { JobSpeed } from '../../../src/migration/schedule/jobSchedule.ts';
import { stableGuid } from '../../lab/tenant.ts';
import { targetOptions } from '../../unit/support/scanBench.ts';
import type { ScanBench } from '../../unit/support/scanBench.ts';
import { labSettings, migrationApp } from './cliBench.ts';

export interface JobChanges {
  readonly source?: Partial<ConnectionSettings>;
  readonly target?: Partial<TargetSettings>;
  /** Besides those that are matched, which are all of the bench's. */
  readonly others?: readonly JobMailbox[];
  readonly isMatched?: boolean;
  readonly speed?: Partial<JobSpeed>;
}

/** Writes a job over all mailboxes of a bench, as “Export…” does. Each connection brings its authority. @returns the path */
export async function exportJobTo(folder: string, bench: ScanBench, changes: JobChanges = {}): Promise<string> {
  const { source, target, others = [], isMatched = true, speed } = changes;
  const ids = { source: stableGuid('source'), target: stableGuid('target') };
  const mailboxes = bench.sources.map((address): JobMailbox => {
    return { address, ...(isMatched && { match: { state: 'matched', target: bench.targetOf(address) } }) };
  });
  const job = defineJob(
    {
      ...{ name: 'Everybody', ...ids, mailboxes: [...mailboxes, ...others] },
      rules: { include: [], exclude: [], parts: 'both' },
      matching: { rules: [{ by: 'sameLocalPart' }], byHand: [] },
      content: usualContent,
      schedule: { start: { when: 'now' } },
      speed: { ...usualSpeed, ...speed },
    },
    '0'.repeat(64),
    { id: stableGuid('job'), revision: stableGuid('revision'), modifiedAt: '2026-11-24T10:00:00.000Z' },
  );
  const { lab, server } = bench;
  const [sourceCa, targetCa] = await Promise.all([lab, server].map(({ description: { ca } }) => readFile(ca, 'utf8')));
  const fromSettings = labSettings(lab, { additionalCa: { fileName: 'ca.pem', pem: sourceCa ?? '' }, ...source });
  const toSettings = targetOptions(server.description, targetCa ?? '', { name: 'Premises', ...target }).settings;
  const file = path.join(folder, 'job.json');
  await writeFile(file, await exportJob(job, fromSettings, toSettings));
  return file;
}

/** The secrets of both ends, as the environment has them. */
export function jobSecrets({ lab, server }: ScanBench): { readonly source: string; readonly target: string } {
  const account = server.description.accounts.find(({ name }) => name === 'Migration');
  return { source: migrationApp(lab).secret ?? '', target: account?.password ?? '' };
}
