import { randomBytes } from 'node:crypto';
import type { LabApp, LabUser } from '../tenant.ts';
import type { EntraError } from './errors.ts';

/** What a user allowed an app: the ground on which tokens are issued. */
export interface UserGrant {
  readonly app: LabApp;
  readonly user: LabUser;
  /** As the client asked for it. */
  readonly scope: string;
  /** How the user signed in, as in a token's `amr`. */
  readonly amr: readonly string[];
  readonly nonce?: string;
  /** Milliseconds since 1970 by the tenant's clock, as all times here. */
  readonly issuedAtMs: number;
}

/** Proof key of RFC 7636. */
export interface CodeChallenge {
  readonly value: string;
  readonly method: 'S256' | 'plain';
}

export interface BrowserRequest {
  readonly kind: 'browser';
  readonly redirectUri: string;
  readonly responseMode: 'query' | 'fragment' | 'form_post';
  readonly state: string | null;
  readonly nonce: string | null;
  readonly challenge: CodeChallenge | null;
  readonly wantsClientInfo: boolean;
}

export interface AuthorizationCode extends UserGrant {
  readonly redirectUri: string;
  readonly challenge: CodeChallenge | null;
  redeemed: boolean;
}

export interface DeviceRequest {
  readonly kind: 'device';
  readonly tenantName: string;
  readonly app: LabApp;
  readonly scope: string;
  readonly userCode: string;
  readonly expiresAtMs: number;
  outcome: 'pending' | 'declined' | 'redeemed' | UserGrant;
}

/** A sign-in under way between two pages. */
export interface SignInSession {
  readonly id: string;
  readonly tenantName: string;
  readonly app: LabApp;
  readonly scope: string;
  readonly loginHint: string;
  readonly target: BrowserRequest | DeviceRequest;
  readonly expiresAtMs: number;
  /** The client wants the user to be asked even where consent is there already. */
  asksConsent: boolean;
  user: LabUser | null;
  amr: readonly string[];
  /** Why the page that is shown refuses the user. */
  refusal: EntraError | null;
}

/** Alike in alphabet and not to be guessed. */
const newToken = (start: string): string => `${start}${randomBytes(48).toString('base64url')}`;

/** What Entra remembers of sign-ins. */
export class SignInMemory {
  readonly sessions = new Map<string, SignInSession>();
  readonly codes = new Map<string, AuthorizationCode>();
  /** By device code. */
  readonly devices = new Map<string, DeviceRequest>();
  readonly #refreshTokens = new Map<string, UserGrant>();
  readonly #consents = new Map<string, Set<string>>();

  openSession(facts: Omit<SignInSession, 'id' | 'user' | 'amr' | 'refusal'>): SignInSession {
    const session = { ...facts, id: newToken(''), user: null, amr: [], refusal: null };
    this.sessions.set(session.id, session);
    return session;
  }

  newCode(code: AuthorizationCode): string {
    const text = newToken('1.A');
    this.codes.set(text, code);
    return text;
  }

  newDeviceCode(request: DeviceRequest): string {
    const text = newToken('');
    this.devices.set(text, request);
    return text;
  }

  newRefreshToken(grant: UserGrant): string {
    const text = newToken('1.labRefresh');
    this.#refreshTokens.set(text, grant);
    return text;
  }

  refreshToken(text: string): UserGrant | undefined {
    return this.#refreshTokens.get(text);
  }

  /** Remembers an accepted consent. @param user null for all users of the tenant */
  consent(app: LabApp, user: LabUser | null, permissions: readonly string[]): void {
    const key = `${app.clientId} ${user?.objectId ?? '*'}`;
    this.#consents.set(key, new Set([...(this.#consents.get(key) ?? []), ...permissions]));
  }

  consented(app: LabApp, user: LabUser): ReadonlySet<string> {
    const of = (who: string): Iterable<string> => this.#consents.get(`${app.clientId} ${who}`) ?? [];
    return new Set([...of(user.objectId), ...of('*')]);
  }

  /** Forgets sign-ins under way and consents. Refresh tokens stay good, as access tokens do. */
  forgetSignIns(): void {
    for (const map of [this.sessions, this.codes, this.devices, this.#consents]) map.clear();
  }
}
