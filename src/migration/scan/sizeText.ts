import * as l10n from '@vscode/l10n';

const mebibyte = 1024 * 1024;
const gibibyte = 1024 * mebibyte;

/** In units of 1,048,576 bytes and its multiples, as administrators have them. */
export function sizeText(bytes: number): string {
  if (bytes >= gibibyte) return l10n.t('{0} GB', tenths(bytes / gibibyte));
  return l10n.t('{0} MB', tenths(bytes / mebibyte));
}

function tenths(value: number): number {
  return value >= 100 ? Math.round(value) : Math.round(value * 10) / 10;
}
