import * as z from 'zod/mini';

const claims = z.object({
  aud: z.optional(z.string()),
  tid: z.optional(z.string()),
  appid: z.optional(z.string()),
  app_displayname: z.optional(z.string()),
  roles: z.optional(z.array(z.string())),
  scp: z.optional(z.string()),
  upn: z.optional(z.string()),
  iat: z.optional(z.number()),
  exp: z.optional(z.number()),
});

/** The parts of an access token that explain what it may do. */
export interface TokenClaims {
  readonly audience: string;
  readonly tenantId: string;
  readonly appId: string;
  readonly appName?: string;
  /** Application permissions, such as full_access_as_app. */
  readonly roles: readonly string[];
  /** Delegated permissions, such as EWS.AccessAsUser.All. */
  readonly scopes: readonly string[];
  readonly user: string;
  /** From when it was issued until it ends, by the service's clock. */
  readonly lifetimeMs?: number;
}

/**
 * Reads the claims of an access token without judging its signature: for explanations only, the service decides.
 * @returns undefined when the token is not readable (Microsoft may encrypt them).
 */
export function readClaims(token: string): TokenClaims | undefined {
  const payload = token.split('.')[1];
  if (payload === undefined) return undefined;
  try {
    const parsed = claims.safeParse(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')));
    if (!parsed.success) return undefined;
    const { aud, tid, appid, app_displayname, roles, scp, upn, iat, exp } = parsed.data;
    return {
      audience: aud ?? '',
      tenantId: tid ?? '',
      appId: appid ?? '',
      ...(app_displayname !== undefined && { appName: app_displayname }),
      roles: roles ?? [],
      scopes: scp?.split(' ') ?? [],
      user: upn ?? '',
      ...(iat !== undefined && exp !== undefined && { lifetimeMs: (exp - iat) * 1000 }),
    };
  } catch {
    return undefined;
  }
}
