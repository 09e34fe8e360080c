import { MailboxIndex } from '../../src/migration/mailboxIndex.ts';
import { DirectoryBench } from '../unit/support/directoryBench.ts';
import { longestSlice } from '../unit/support/longestSlice.ts';
import { figureOf, report } from './figures.ts';

const runs = 3;
const users = 100_000;

/** What listing a tenant takes, the lab's share included: it answers in the same process. */
export async function measureDirectory(): Promise<void> {
  const bench = await DirectoryBench.start();
  try {
    await bench.grant('User.Read.All', 'Reports.Read.All');
    bench.bench.lab.patch({ graph: { moreUsers: users } });
    const [first, whole, learnt]: [number[], number[], number[]] = [[], [], []];
    const work = async (): Promise<void> => {
      const directory = await bench.open();
      const index = new MailboxIndex();
      const start = performance.now();
      for await (const { mailboxes } of directory.pages()) {
        if (index.count === 0) first.push(performance.now() - start);
        index.add(mailboxes);
      }
      const listed = performance.now();
      const details = await directory.details();
      if (details.state === 'known') await index.learn(details.get);
      whole.push(listed - start);
      learnt.push(performance.now() - listed);
    };
    await work(); // The lab makes its users once.
    for (const figures of [first, whole, learnt]) figures.length = 0;
    for (let run = 0; run < runs; run++) await work();
    const figures = { ...figureOf(whole), firstPage: figureOf(first), sizesAndTypes: figureOf(learnt) };
    const { cpu } = await longestSlice(work);
    report('directory listed', {
      ...{ users, unit: 'ms', ...figures },
      longestBlock: { unit: 'ms', cpu: Math.round(cpu) },
    });
  } finally {
    await bench.close();
  }
}
