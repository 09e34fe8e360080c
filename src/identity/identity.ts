import { AccountSignIn } from './account/accountSignIn.ts';
import type { AccountSignInOptions } from './account/accountSignIn.ts';
import { Registrar } from './registration/registrar.ts';
import type { RegistrarOptions } from './registration/registrar.ts';

/** What signs people in and registers apps. */
export interface Identity {
  readonly accountSignIn: AccountSignIn;
  readonly registrar: Registrar;
}

/** Not needed before somebody opens a wizard or signs in, so it is loaded then. */
export function makeIdentity(options: AccountSignInOptions & Omit<RegistrarOptions, 'accountSignIn'>): Identity {
  const accountSignIn = new AccountSignIn(options);
  return { accountSignIn, registrar: new Registrar({ ...options, accountSignIn }) };
}
