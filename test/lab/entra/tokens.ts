import { createHash, createPublicKey, randomUUID } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { directoryRoles } from '../directoryRoles.ts';
import type { DirectoryRole } from '../directoryRoles.ts';
import { decodeJwt, isSignedBy, signJwt } from '../jwt.ts';
import type { Jwt } from '../jwt.ts';
import type { LabApp, LabUser, Tenant } from '../tenant.ts';

/** Seconds; Entra's tokens live 60 to 90 minutes. */
export const tokenLifetime = 3_600;

/** What `wids` names for every user beside a role. */
const ordinaryUser = 'b79fbf4d-3ef9-4689-8143-76b194e85509';

interface SignedIn {
  readonly amr: readonly string[];
  readonly role: DirectoryRole;
}

/** Issues and checks the tenant's tokens; all of them are signed with one RSA key. */
export class TokenMint {
  readonly #tenant: Tenant;
  readonly #authority: string;
  readonly #key: KeyObject;
  readonly #publicKey: KeyObject;
  readonly #kid: string;
  readonly #now: () => number;

  /** @param now milliseconds since 1970 by the tenant's clock */
  constructor(tenant: Tenant, authority: string, key: KeyObject, now: () => number) {
    this.#tenant = tenant;
    this.#authority = authority;
    this.#key = key;
    this.#publicKey = createPublicKey(key);
    this.#kid = createHash('sha1')
      .update(this.#publicKey.export({ type: 'spki', format: 'der' }))
      .digest('base64url');
    this.#now = now;
  }

  get keySet(): object {
    const { kty, n, e } = this.#publicKey.export({ format: 'jwk' });
    return {
      keys: [{ kty, use: 'sig', kid: this.#kid, x5t: this.#kid, n, e, issuer: `${this.#authority}/{tenantid}/v2.0` }],
    };
  }

  /** A version 1 access token of the client credentials flow; without a role when none was granted. */
  appToken(app: LabApp, audience: string, roles: readonly string[]): string {
    return this.#accessToken(app, audience, {
      appidacr: app.certificates.length > 0 ? '2' : '1',
      idtyp: 'app',
      oid: app.objectId,
      sub: app.objectId,
      ...(roles.length > 0 ? { roles } : {}),
    });
  }

  /** A version 1 access token that acts as a user. */
  userToken(app: LabApp, user: LabUser, audience: string, scope: string, { amr, role }: SignedIn): string {
    const template = directoryRoles[role]?.templateId;
    return this.#accessToken(app, audience, {
      acr: '1',
      amr,
      appidacr: '0',
      name: user.name,
      oid: user.objectId,
      scp: scope,
      sub: createHash('sha256').update(`${app.clientId} ${user.objectId}`).digest('base64url'),
      unique_name: user.email,
      upn: user.email,
      wids: [...(template === undefined ? [] : [template]), ordinaryUser],
    });
  }

  /** @param nonce what the client sent to know its own sign-in by, if anything */
  idToken(app: LabApp, user: LabUser, nonce?: string): string {
    return signJwt(
      { kid: this.#kid },
      {
        aud: app.clientId,
        iss: `${this.#authority}/${this.#tenant.id}/v2.0`,
        ...this.#times(),
        name: user.name,
        ...(nonce === undefined ? {} : { nonce }),
        oid: user.objectId,
        preferred_username: user.email,
        sub: createHash('sha256').update(`${app.clientId} ${user.objectId}`).digest('base64url'),
        tid: this.#tenant.id,
        ver: '2.0',
      },
      this.#key,
    );
  }

  /** @returns the token taken apart when it bears this tenant's signature, else undefined */
  verified(token: string): Jwt | undefined {
    const jwt = decodeJwt(token);
    return jwt && isSignedBy(jwt, this.#publicKey) ? jwt : undefined;
  }

  #times(): object {
    const now = Math.floor(this.#now() / 1000);
    return { iat: now, nbf: now - 300, exp: now + tokenLifetime };
  }

  #accessToken(app: LabApp, audience: string, claims: object): string {
    return signJwt(
      { x5t: this.#kid, kid: this.#kid },
      {
        aud: audience,
        iss: `https://sts.windows.net/${this.#tenant.id}/`,
        ...this.#times(),
        app_displayname: app.name,
        appid: app.clientId,
        tid: this.#tenant.id,
        uti: randomUUID().slice(0, 22),
        ver: '1.0',
        ...claims,
      },
      this.#key,
    );
  }
}
