import { icon, make, setText, show } from './dom.ts';
import type { WizardView } from '../protocol.ts';

export interface Notice {
  readonly element: HTMLElement;
  update(notice: WizardView['notice']): void;
}

/** A text above the step. It is in the page from the start: screen readers report what changes in a known region. */
export function makeNotice(): Notice {
  const mark = make('span', 'check-icon');
  const text = make('span', '');
  const box = make('div', 'notice', mark, text);
  const element = make('div', '', box);
  show(box, false);
  return {
    element,
    update: (notice) => {
      show(box, notice !== undefined);
      setText(text, notice?.text ?? '');
      if (!notice) return;
      element.setAttribute('role', notice.severity === 'error' ? 'alert' : 'status');
      box.className = `notice ${notice.severity}`;
      mark.replaceChildren(icon(notice.severity));
    },
  };
}
