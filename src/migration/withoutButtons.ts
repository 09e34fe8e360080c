import * as l10n from '@vscode/l10n';
import type { Finding } from '../verification/verification.ts';

/** A finding where nothing can be pressed, as in a job or a shell: each remedy is a step that says where its button is. */
export function withoutButtons(finding: Finding): Finding {
  const remedies = finding.remedies.map(({ action, ...step }) =>
    action === undefined || action.kind === 'chooseCloud'
      ? step
      : { ...step, text: l10n.t('{0} (a button in the connection’s details)', step.text) },
  );
  return { ...finding, remedies };
}
