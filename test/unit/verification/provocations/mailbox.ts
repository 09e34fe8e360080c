import type { LabStatePatch } from '../../../lab/state.ts';
import { userReadAll } from '../../lab/support/graphClient.ts';
import type { ProvocationBench } from '../../support/provocationBench.ts';
import { letApp } from './graph.ts';
import { failing } from './provocation.ts';
import type { Provocation } from './provocation.ts';

const testMailbox =
  (state: 'missing' | 'accessDenied' | 'impersonationDenied' | 'moving' | 'storeUnavailable') =>
  ({ verification }: ProvocationBench): LabStatePatch => ({ mailboxes: { [verification.mailbox]: { state } } });

/** The tenant is fine, and the mailbox does not open. */
export const mailbox: readonly Provocation[] = [
  failing('mailbox-not-found', 'mailbox-access', 'a mailbox that is not there', testMailbox('missing')),
  failing('full-access-missing', 'mailbox-access', 'an account without Full Access', {}, (bench) => {
    const testMailbox = bench.verification.mailboxWithoutFullAccess;
    return { ...bench.password, settings: { ...bench.password.settings, testMailbox } };
  }),
  failing(
    'mailbox-access-denied',
    'mailbox-access',
    'a mailbox that must not be impersonated',
    testMailbox('impersonationDenied'),
  ),
  failing('mailbox-access-denied', 'mailbox-access', 'a mailbox out of scope', testMailbox('accessDenied')),
  failing('mailbox-unavailable', 'mailbox-access', 'a mailbox that is being moved', testMailbox('moving')),
  failing('mailbox-unavailable', 'mailbox-access', 'a mailbox whose database is down', testMailbox('storeUnavailable')),
  {
    code: 'mailboxes-not-listed',
    what: 'Graph that does not list',
    provoke: async (bench) => {
      await letApp(bench, userReadAll);
      return bench.verify({ graph: { fail: [{ operation: 'users', status: 403 }] } }, bench.worldwide);
    },
  },
];
