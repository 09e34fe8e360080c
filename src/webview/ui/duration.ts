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

/** "Valid for 14:59" */
export function remaining(milliseconds: number): string {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1000));
  if (seconds === 0) return l10n.t('The code has expired.');
  return l10n.t('Valid for {0}:{1}', Math.floor(seconds / 60), String(seconds % 60).padStart(2, '0'));
}
