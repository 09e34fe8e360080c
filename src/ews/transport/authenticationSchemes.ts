const knownSchemes = ['Basic', 'Digest', 'Negotiate', 'Kerberos', 'NTLM', 'Bearer'];

/** Schemes of WWW-Authenticate or Proxy-Authenticate headers (RFC 9110, 11.6.1 and 11.7.1), without their parameters, which a server chooses. */
export function authenticationSchemes(headers: readonly string[]): string[] {
  const challenges = headers.flatMap((header) => header.replace(/"(\\.|[^"\\])*"/g, '').split(','));
  const offered = new Set(
    challenges.map((challenge) => /^\s*([\w-]+)(?=\s+[^=\s]|\s*$)/.exec(challenge)?.[1]?.toLowerCase()),
  );
  return knownSchemes.filter((scheme) => offered.has(scheme.toLowerCase()));
}
