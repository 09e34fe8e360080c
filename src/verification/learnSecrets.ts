import type { ConnectionSecret, TargetSecret } from '../connections/secret.ts';
import type { TargetSettings } from '../connections/targetConnection.ts';
import type { SignInWithMsal } from '../identity/signIn.ts';
import type { Redaction } from './redaction.ts';

/** By what a source is signed in to. */
interface SourceSignIn {
  readonly secret: ConnectionSecret;
  readonly loadSignIn: () => Promise<SignInWithMsal>;
  readonly onRenewed?: (secret: ConnectionSecret) => void;
}

/** The same, of whose secrets the redaction learns as they come up: tokens, and what a renewed account has instead. */
export function learningOfSource<T extends SourceSignIn>(redaction: Redaction, request: T): T {
  redaction.learnFrom(request.secret);
  return {
    ...request,
    loadSignIn: async () => {
      const signIn = await request.loadSignIn();
      return async (...asked: Parameters<SignInWithMsal>) => {
        const token = await signIn(...asked);
        redaction.learn(token);
        return token;
      };
    },
    onRenewed: (secret: ConnectionSecret) => {
      redaction.learnFrom(secret);
      request.onRenewed?.(secret);
    },
  };
}

/** What is sent of a target's secret, in each form in which a server could repeat it. */
export function learnOfTarget(
  redaction: Redaction,
  { settings, secret }: { readonly settings: TargetSettings; readonly secret: TargetSecret },
): void {
  redaction.learnFrom(secret);
  redaction.learn(Buffer.from(`${settings.signIn.userName}:${secret.password}`, 'utf8').toString('base64'));
}
