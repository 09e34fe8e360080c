import { icon, make, newId, show } from './dom.ts';

export interface Disclosure {
  readonly button: HTMLButtonElement;
  readonly content: HTMLElement;
  open(): boolean;
  setOpen(open: boolean): void;
}

/**
 * A button that opens and closes what follows it.
 * @param toggled called when the user, not the program, has opened or closed it
 */
export function makeDisclosure(label: string, toggled: (open: boolean) => void): Disclosure {
  const chevron = icon('chevron-right');
  const button = make('button', 'disclosure', chevron, make('span', '', label));
  button.type = 'button';
  const content = make('div', 'disclosed');
  content.id = newId();
  button.setAttribute('aria-controls', content.id);
  let isOpen = false;
  const setOpen = (open: boolean): void => {
    isOpen = open;
    button.setAttribute('aria-expanded', String(open));
    chevron.classList.toggle('codicon-chevron-right', !open);
    chevron.classList.toggle('codicon-chevron-down', open);
    show(content, open);
  };
  setOpen(false);
  button.addEventListener('click', () => {
    setOpen(!isOpen);
    toggled(isOpen);
  });
  return { button, content, open: () => isOpen, setOpen };
}
