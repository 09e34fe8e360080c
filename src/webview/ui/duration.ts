import * as l10n from '@vscode/l10n';

/** A duration for people: "120 ms", "1.4 s", "2 min 5 s". */
export function formatDuration(milliseconds: number): string {
  const wholeMs = Math.round(milliseconds);
  if (wholeMs < 1000) return l10n.t('{0} ms', wholeMs);
  const tenths = Math.round(wholeMs / 100);
  if (tenths < 600) return l10n.t('{0} s', (tenths / 10).toFixed(1));
  const seconds = Math.round(wholeMs / 1000);
  return l10n.t('{0} min {1} s', Math.floor(seconds / 60), seconds % 60);
}
