import { readFile } from 'node:fs/promises';
import type { Asking } from '../../../src/ews/askEws.ts';
import { basic } from '../../../src/ews/authorization/basic.ts';
import { EwsSession } from '../../../src/ews/ewsSession.ts';
import { HttpClient } from '../../../src/ews/transport/httpClient.ts';
import { trustedCas } from '../../../src/ews/transport/trustedCas.ts';
import { startOnPremises } from '../../lab/onPremises/onPremises.ts';
import type { OnPremises, OnPremisesOptions } from '../../lab/onPremises/onPremises.ts';
import { onPremisesStateSchema } from '../../lab/onPremises/state.ts';
import type { OnPremisesState } from '../../lab/onPremises/state.ts';

/** A server on premises whose directory is asked. */
export class LookupBench {
  readonly server: OnPremises;
  readonly #client: HttpClient;

  private constructor(server: OnPremises, ca: string) {
    this.server = server;
    this.#client = new HttpClient(trustedCas(ca));
  }

  static async start(options: OnPremisesOptions = {}): Promise<LookupBench> {
    const server = await startOnPremises(options);
    return new LookupBench(server, await readFile(server.description.ca, 'utf8'));
  }

  async close(): Promise<void> {
    this.#client.close();
    await this.server.close();
  }

  /** As the migration's account for a mailbox, unless told that for nobody. */
  asking(signal = new AbortController().signal, impersonate: string | null = 'reception@contoso-lab.example'): Asking {
    const account = this.server.description.accounts.find(({ name }) => name === 'Migration');
    const session = new EwsSession({
      url: this.server.description.ews,
      authorization: basic(account?.logon ?? '', account?.password ?? ''),
      anchorMailbox: 'reception@contoso-lab.example',
      userAgent: 'test',
      requestVersion: 'Exchange2010_SP1',
    });
    return { http: this.#client.within({ signal }), session, ...(impersonate !== null && { impersonate }) };
  }

  /** Recipients of the directory beside the mailboxes of the lab. */
  recipients(
    ...entries: readonly (Partial<OnPremisesState['addressBook'][number]> & { readonly address: string })[]
  ): void {
    const { addressBook } = onPremisesStateSchema.parse({
      addressBook: entries.map((entry) => ({ name: 'N', ...entry })),
    });
    this.server.patch({ addressBook });
  }

  /** How many questions have been asked. */
  get asked(): number {
    return this.server.requests().filter(({ operation }) => operation === 'ResolveNames').length;
  }
}
