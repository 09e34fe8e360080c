import { make } from './dom.ts';

/** A step's heading. It takes the focus when its step comes, so that a screen reader starts reading there. */
export function makeStepHeading(text: string): HTMLElement {
  const heading = make('h2', '', text);
  heading.tabIndex = -1;
  return heading;
}
