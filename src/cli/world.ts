import type { Buffer } from 'node:buffer';
import type { EwsLibrary } from '../ews/library/ewsLibrary.ts';
import type { KeyWorkshop } from '../identity/certificate/keyWorkshop.ts';
import type { SignInWithMsal } from '../identity/signIn.ts';
import type { TextStyle } from './terminalText.ts';

/** What the program finds around it. */
export interface World {
  readonly version: string;
  /** Of the program and of what runs it, for reports. */
  readonly versions: string;
  /** Without the secrets, which are `secrets`. */
  readonly env: Readonly<NodeJS.ProcessEnv>;
  /** Of the environment; undefined where it is not set or empty. */
  readonly secrets: { readonly source: string | undefined; readonly target: string | undefined };
  /** Reads standard input to its end; undefined where it is a terminal. */
  readonly readInput: (() => Promise<Buffer>) | undefined;
  /** Resolves when the text has been taken: who has much to say waits for it. */
  readonly write: (text: string) => Promise<void>;
  readonly writeError: (text: string) => void;
  readonly style: TextStyle;
  /** Tells a person at a terminal what is going on; nothing any more if the text is empty. */
  readonly showProgress: (text: string) => void;
  /** Ends what is under way, as Ctrl+C does. */
  readonly signal: AbortSignal;
  readonly library: EwsLibrary;
  readonly loadSignIn: () => Promise<SignInWithMsal>;
  readonly keys: KeyWorkshop;
}

export const exitCodes = { done: 0, failed: 1, usage: 2, cancelled: 3 } as const;
