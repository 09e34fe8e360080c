import * as l10n from '@vscode/l10n';

/** "120 ms", "1.4 s" */
export function durationText(ms: number): string {
  return ms < 1000 ? l10n.t('{0} ms', ms) : l10n.t('{0} s', (ms / 1000).toFixed(1));
}
