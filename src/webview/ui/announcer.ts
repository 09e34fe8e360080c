import { make } from './dom.ts';

export interface Announcer {
  readonly element: HTMLElement;
  announce(text: string): void;
}

/** Older announcements than this many have been read long ago. */
const keptAnnouncements = 20;

/** The page's one polite live region. Each text is an element of its own: replacing one would drop what is yet unread. */
export function makeAnnouncer(): Announcer {
  const element = make('div', 'visually-hidden');
  element.setAttribute('aria-live', 'polite');
  element.setAttribute('aria-relevant', 'additions');
  return {
    element,
    announce: (text) => {
      element.append(make('div', '', text));
      if (element.childElementCount > keptAnnouncements) element.firstElementChild?.remove();
    },
  };
}
