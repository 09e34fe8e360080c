import { make, setText } from './dom.ts';
import { remaining } from './duration.ts';

export interface Countdown {
  readonly element: HTMLElement;
  /** @param until milliseconds since 1970 */
  start(until: number): void;
  stop(): void;
}

/** How long something is still valid, told every second to eyes and not to screen readers. */
export function makeCountdown(): Countdown {
  const element = make('p', 'countdown');
  element.setAttribute('aria-hidden', 'true');
  let timer: ReturnType<typeof setInterval> | undefined;
  const stop = (): void => {
    clearInterval(timer);
    timer = undefined;
  };
  return {
    element,
    start: (until) => {
      stop();
      const tell = (): void => setText(element, remaining(until - Date.now()));
      tell();
      timer = setInterval(tell, 1000);
    },
    stop,
  };
}
