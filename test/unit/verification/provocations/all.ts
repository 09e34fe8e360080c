import { account } from './account.ts';
import { answers } from './answers.ts';
import { certificates } from './certificates.ts';
import { ews } from './ews.ts';
import { mailbox } from './mailbox.ts';
import { network } from './network.ts';
import { permissions } from './permissions.ts';
import { program } from './program.ts';
import { stored } from './stored.ts';
import { proxy } from './proxy.ts';
import type { Provocation } from './provocation.ts';
import { registration } from './registration.ts';
import { signIn } from './signIn.ts';
import { target } from './target.ts';
import { targetMailbox } from './targetMailbox.ts';
import type { Area } from '../../../../src/verification/catalogue/catalogueEntry.ts';

/** Every way in which a kind of finding is made to happen, by the catalogue's areas. */
export const provocations: Readonly<Record<Area, readonly Provocation[]>> = {
  network,
  proxy,
  certificates,
  answers,
  signIn,
  account,
  permissions,
  ews,
  mailbox,
  registration,
  target,
  targetMailbox,
  program: [...program, ...stored],
};
