import type { OnPremisesPatch } from '../../../lab/onPremises/state.ts';
import type { ProvocationBench } from '../../support/provocationBench.ts';
import type { Provocation } from './provocation.ts';
import { onPremises } from './target.ts';

type MailboxPatch = NonNullable<NonNullable<OnPremisesPatch['mailboxes']>[string]>;

const testMailbox =
  (patch: MailboxPatch) =>
  ({ target }: ProvocationBench): OnPremisesPatch => ({ mailboxes: { [target.mailbox]: patch } });

/** The server on premises is fine, and the test mailbox does not open or take anything. */
export const targetMailbox: readonly Provocation[] = [
  onPremises('impersonation-missing', 'impersonation', 'an account without the role', { impersonation: [] }),
  onPremises('impersonation-missing', 'impersonation', 'a role for other mailboxes', {
    impersonation: [{ account: 'migration', scope: ['nobody@contoso-lab.example'] }],
  }),
  onPremises(
    'target-mailbox-not-found',
    'impersonation',
    'an address without a mailbox on premises',
    testMailbox({ state: 'missing' }),
  ),
  onPremises('target-mailbox-full', 'write', 'a mailbox on premises that is full', testMailbox({ quotaBytes: 0 })),
  onPremises(
    'target-access-denied',
    'impersonation',
    'a mailbox on premises that refuses',
    testMailbox({ state: 'accessDenied' }),
  ),
  onPremises(
    'mailbox-unavailable',
    'impersonation',
    'a mailbox on premises that moves',
    testMailbox({ state: 'moving' }),
  ),
  onPremises('ews-busy', 'authentication', 'a busy server on premises', {
    ews: { busy: { form: 'serverBusy', backOffMs: 300 } },
  }),
  onPremises('write-test-left-behind', 'write', 'a folder that cannot be deleted', {
    faults: [{ service: 'ews', operation: 'DeleteFolder', kind: 'status', status: 500 }],
  }),
];
