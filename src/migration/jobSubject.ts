import { createHash } from 'node:crypto';
import type { JobDefinition } from './jobDefinition.ts';
import { Pace } from './pace.ts';

/**
 * Stands for all of a job that a readiness scan looks at: when it becomes another, the scan is out of date. The name and
 * the hours do not matter. In slices.
 * @returns SHA-256, hexadecimal
 */
export async function subjectOf({
  source,
  target,
  rules,
  content,
  mailboxes,
}: Pick<JobDefinition, 'source' | 'target' | 'rules' | 'content' | 'mailboxes'>): Promise<string> {
  const pace = new Pace();
  const hash = createHash('sha256').update(JSON.stringify([source, target, rules.parts, content]));
  for (const [index, { address, match }] of mailboxes.entries()) {
    hash.update(JSON.stringify([address, match?.state, match?.state === 'matched' ? match.target : '']));
    if (index % 64 === 0 && pace.isOver) await pace.next(index);
  }
  return hash.digest('hex');
}
