/** Names are told apart as a person reads them: case and surrounding blanks do not count. */
export function sameName(a: string, b: string): boolean {
  return a.trim().localeCompare(b.trim(), undefined, { sensitivity: 'accent' }) === 0;
}

/** The wanted name, or the first of "name (2)", "name (3)", … that nobody has. */
export function uniqueName(wanted: string, taken: readonly string[]): string {
  let candidate = wanted;
  for (let number = 2; taken.some((name) => sameName(name, candidate)); number++) candidate = `${wanted} (${number})`;
  return candidate;
}

/** A name for a connection to this tenant: "Contoso" from contoso.onmicrosoft.com; an id is shortened. */
export function nameFromTenant(tenant: string): string {
  const trimmed = tenant.trim();
  if (/^[0-9a-f]{8}-/i.test(trimmed)) return `Office 365 ${trimmed.slice(0, 8)}`;
  const first = trimmed.split('.')[0] ?? '';
  return first.charAt(0).toUpperCase() + first.slice(1);
}
