import type { ConnectionStore } from '../connections/connectionStore.ts';
import type { ConnectionSecret } from '../connections/secret.ts';
import type { ConnectionSettings, SourceConnection } from '../connections/sourceConnection.ts';
import type { AccountSignIn } from '../identity/account/accountSignIn.ts';
import type { KeyWorkshop } from '../identity/certificate/keyWorkshop.ts';
import type { Registrar } from '../identity/registration/registrar.ts';
import type { ConnectionVerifier } from '../verification/connectionVerifier.ts';
import type { Later } from '../verification/later.ts';
import type { UsedBy } from './placeChange.ts';
import type { PageState, SignInWay, ToPage } from './protocol.ts';
import type { WizardUi } from './wizardUi.ts';

export interface WizardOptions {
  readonly store: ConnectionStore;
  readonly verifier: ConnectionVerifier;
  readonly keys: KeyWorkshop;
  readonly accountSignIn: AccountSignIn;
  readonly registrar: Registrar;
  /** How an account signs in here unless the user wants otherwise. */
  readonly signInWay: SignInWay;
  readonly later: Later;
  readonly ui: WizardUi<ToPage, SourceConnection>;
  /**
   * Has an administrator grant the app of these settings its permission; the user is told how it went.
   * @returns whether it was granted
   */
  readonly grantPermission: (settings: ConnectionSettings, secret: ConnectionSecret) => Promise<boolean>;
  readonly usedBy: UsedBy;
  readonly versions: string;
  /** The page's texts in the user's language; undefined: English. */
  readonly l10nBundle: { readonly [key: string]: string } | undefined;
  /** The connection that is edited; undefined: a new one. */
  readonly existing?: SourceConnection;
  /** Authorities to begin with. */
  readonly additionalCa: SourceConnection['additionalCa'];
  /** The user chose or removed them: they belong to the draft, which outlives a reload. */
  readonly keepAdditionalCa: (additionalCa: SourceConnection['additionalCa']) => void;
  readonly heading: string;
  /** Where to begin: an empty form, a duplicate's, or what a reload or a closed wizard left. */
  readonly state: PageState;
  /** A reload or closing has taken the secrets: say so. */
  readonly restored: boolean;
}
