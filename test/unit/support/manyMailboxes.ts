import type { DirectoryMailbox, MailboxType } from '../../../src/migration/mailbox.ts';

const first = ['Anna', 'Bert', 'Zoë', 'Jürgen', 'Chloé', 'Dmitri', 'Eva', 'Frank', 'Gül', 'Hans', 'Inês'];
const last = ['Meier', 'Müller', 'Ångström', 'Nguyễn', 'O’Brien', 'Petrov', 'Quandt', 'Rossi', 'Schmidt'];
const departments = ['Sales', 'Finance', 'Research', 'Legal', ''];
const types: readonly MailboxType[] = ['user', 'user', 'user', 'shared', 'room'];

/** A directory that is the same each time. */
export function manyMailboxes(count: number): readonly DirectoryMailbox[] {
  return Array.from({ length: count }, (_, at) => {
    const [name, family, department] = [pick(first, at), pick(last, at * 7), pick(departments, at * 3)];
    return {
      address: `user${at}@old.example`,
      displayName: `${name} ${family} ${at}`,
      type: pick(types, at),
      ...(department !== '' && { department }),
      ...(at % 10 !== 0 && { size: ((at * 7919) % 50_000) * 1_000_000 }),
    };
  });
}

function pick<T>(values: readonly T[], at: number): T {
  const value = values[at % values.length];
  if (value === undefined) throw new Error('Nothing to pick from.');
  return value;
}
