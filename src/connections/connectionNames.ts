/** In UTF-16 units, as a definition and the wizard allow. */
export const longestName = 120;

const collator = new Intl.Collator(undefined, { sensitivity: 'accent' });

/** Names are told apart as a person reads them: case and surrounding blanks do not count. */
export function sameName(a: string, b: string): boolean {
  return collator.compare(a.trim(), b.trim()) === 0;
}

/** The wanted name, or the first of "name (2)", "name (3)", … that nobody has; cut where it would become too long. */
export function uniqueName(wanted: string, taken: readonly string[]): string {
  let candidate = named(wanted, '');
  for (let number = 2; taken.some((name) => sameName(name, candidate)); number++) {
    candidate = named(wanted, ` (${number})`);
  }
  return candidate;
}

function named(wanted: string, suffix: string): string {
  return (
    wanted
      .trim()
      .slice(0, longestName - suffix.length)
      .trimEnd() + suffix
  );
}

/** A name for a connection to this tenant: "Contoso" from contoso.onmicrosoft.com; an id is shortened. */
export function nameFromTenant(tenant: string): string {
  const trimmed = tenant.trim();
  if (/^[0-9a-f]{8}-/i.test(trimmed)) return `Office 365 ${trimmed.slice(0, 8)}`;
  const first = trimmed.split('.')[0] ?? '';
  return first.charAt(0).toUpperCase() + first.slice(1);
}
