import { Draft } from './draft.ts';
import type { Host } from './host.ts';
import type { PageState, SecretInputs } from '../protocol.ts';

/** The draft of a source connection's wizard. */
export class SourceDraft extends Draft<PageState, SecretInputs> {
  constructor(host: Host, state: PageState) {
    super({
      state,
      secrets: { clientSecret: '', password: '', passphrase: '' },
      keep: (kept) => host.keep(kept),
      tell: ({ form, advancedOpen }) => host.post({ type: 'changed', form, advancedOpen }),
    });
  }

  get advancedOpen(): boolean {
    return this.state.advancedOpen;
  }

  setAdvancedOpen(advancedOpen: boolean): void {
    if (advancedOpen !== this.advancedOpen) this.change({ ...this.state, advancedOpen });
  }
}
