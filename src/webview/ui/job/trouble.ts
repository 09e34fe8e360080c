import { make } from '../dom.ts';
import { makeFinding } from '../finding.ts';
import type { JobHost } from './jobPage.ts';
import type { FindingView } from '../../protocol.ts';

interface Trouble {
  readonly element: HTMLElement;
  update(finding: FindingView | undefined): void;
}

/** Why a server could not be asked. Drawn anew only when it is another: what somebody has opened in it stays open. */
export function makeTrouble(host: JobHost): Trouble {
  const element = make('div', '');
  let drawn: string | undefined;
  return {
    element,
    update: (finding) => {
      const now = finding && JSON.stringify(finding);
      if (now === drawn) return;
      drawn = now;
      element.replaceChildren(...(finding ? [makeFinding(finding, host)] : []));
    },
  };
}
