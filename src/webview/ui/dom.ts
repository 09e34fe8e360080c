/** Makes an element with its class and children; children that are strings become text, never markup. */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className: string,
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  if (className !== '') element.className = className;
  element.append(...children);
  return element;
}

/** An icon of VS Code's icon font. Never the only carrier of a meaning: a word stands beside it. */
export function icon(name: string): HTMLElement {
  const element = make('span', `codicon codicon-${name}`);
  element.setAttribute('aria-hidden', 'true');
  return element;
}

/** Text for screen readers only. */
export function hiddenText(text: string): HTMLElement {
  return make('span', 'visually-hidden', text);
}

/** Leaves the node alone when nothing changes, so that a selection in it survives and nothing is announced twice. */
export function setText(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

export function show(element: HTMLElement, visible: boolean): void {
  element.hidden = !visible;
}

/** Shows one of two elements, or none. The focus goes along from the one that goes to the one that comes. */
export function showOneOf(first: HTMLElement, second: HTMLElement, shown: 'first' | 'second' | 'none'): void {
  const focused = document.activeElement;
  show(first, shown === 'first');
  show(second, shown === 'second');
  if (shown === 'first' && focused === second) first.focus();
  if (shown === 'second' && focused === first) second.focus();
}

let lastId = 0;

/** An id no other element of the page has, for wiring labels and descriptions. */
export function newId(): string {
  lastId += 1;
  return `w${lastId}`;
}
