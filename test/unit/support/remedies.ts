import type { FindingView } from '../../../src/webview/protocol.ts';

/** The cloud that each remedy's button chooses; undefined: it has no such button. */
export function cloudsOffered({ remedies }: FindingView): readonly (string | undefined)[] {
  return remedies.map(({ action }) => (action?.kind === 'chooseCloud' ? action.cloud : undefined));
}
