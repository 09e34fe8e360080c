import * as l10n from '@vscode/l10n';
import { makeButton } from '../controls.ts';
import type { ButtonControl } from '../controls.ts';
import type { JobStepServices } from './jobPage.ts';

/** The buttons below a step but the first. @param onward the primary one */
export function stepButtons(services: JobStepServices, onward: ButtonControl): readonly ButtonControl[] {
  return [onward, makeButton(l10n.t('Back'), 'secondary', services.back), ...leaveButtons(services)];
}

/** Those that leave what is filled in. */
export function leaveButtons({ host, startOver }: JobStepServices): readonly ButtonControl[] {
  return [makeButton(l10n.t('Cancel'), 'secondary', () => host.post({ type: 'close' })), startOver()];
}
