import * as l10n from '@vscode/l10n';

/** Bytes as people read them, such as "1.2 GB"; units of a thousand. */
export function sizeText(bytes: number): string {
  if (bytes < 1_000_000) return l10n.t('{0} KB', rounded(bytes / 1000));
  if (bytes < 1_000_000_000) return l10n.t('{0} MB', rounded(bytes / 1_000_000));
  if (bytes < 1_000_000_000_000) return l10n.t('{0} GB', rounded(bytes / 1_000_000_000));
  return l10n.t('{0} TB', rounded(bytes / 1_000_000_000_000));
}

function rounded(number: number): string {
  return number.toLocaleString(undefined, { maximumFractionDigits: number < 10 ? 1 : 0 });
}
