import {
  provideVSCodeDesignSystem,
  vsCodeButton,
  vsCodeDropdown,
  vsCodeLink,
  vsCodeOption,
  vsCodeProgressRing,
  vsCodeTextField,
} from '@vscode/webview-ui-toolkit';
import type { Button, Dropdown, Link, Option, ProgressRing, TextField } from '@vscode/webview-ui-toolkit';
import { make } from './dom.ts';
import type { Choice } from '../protocol.ts';

// The only file that knows the toolkit. It registers when it is loaded, because the toolkit starts watching the theme at
// the window's `load` event and misses it when registered later.
provideVSCodeDesignSystem().register(
  vsCodeButton(),
  vsCodeDropdown(),
  vsCodeLink(),
  vsCodeOption(),
  vsCodeProgressRing(),
  vsCodeTextField(),
);

declare global {
  interface HTMLElementTagNameMap {
    'vscode-button': Button;
    'vscode-dropdown': Dropdown;
    'vscode-link': Link;
    'vscode-option': Option;
    'vscode-progress-ring': ProgressRing;
    'vscode-text-field': TextField;
  }
}

export interface TextInput {
  readonly element: HTMLElement;
  value(): string;
  setValue(value: string): void;
  setLabel(label: string): void;
  setPlaceholder(text: string): void;
  setRequired(required: boolean): void;
  setInvalid(invalid: boolean): void;
  focus(): void;
  select(): void;
}

/**
 * A text field. Its label lies in the toolkit's label slot, where it becomes the accessible name and is hidden by the
 * style sheet; the visible label stands above the hint.
 * @param descriptions elements that a screen reader reads after the name, as long as they are not hidden
 */
export function makeTextInput(type: 'text' | 'password', descriptions: readonly HTMLElement[]): TextInput {
  const element = make('vscode-text-field', '');
  const secret = type === 'password';
  if (secret) {
    element.setAttribute('type', 'password');
    // The toolkit would mirror what is typed into an attribute of the page; a secret stays in the inner input alone.
    element.handleTextInput = () => undefined;
  }
  // The inner input exists once the element is in the page, which it is when the code that made it has run.
  const inner = (): HTMLInputElement | undefined => element.shadowRoot?.querySelector('input') ?? undefined;
  const wire = (set: (input: HTMLInputElement) => void): void =>
    queueMicrotask(() => {
      const input = inner();
      if (input) set(input);
    });
  wire((input) => {
    // aria-describedby cannot cross the shadow root; element references can.
    input.ariaDescribedByElements = [...descriptions];
    input.autocomplete = secret ? 'new-password' : 'off';
    input.autocapitalize = 'off';
    input.spellcheck = false;
  });
  return {
    element,
    value: () => (secret ? (inner()?.value ?? '') : element.value),
    setValue: (value) => {
      element.value = value;
    },
    setLabel: (label) => {
      element.textContent = label;
      // The toolkit copies the label into aria-label only when the element enters the page.
      element.setAttribute('aria-label', label);
    },
    setPlaceholder: (text) => {
      element.placeholder = text;
    },
    setRequired: (required) => wire((input) => (input.ariaRequired = String(required))),
    setInvalid: (invalid) => {
      if (invalid) element.setAttribute('aria-invalid', 'true');
      else element.removeAttribute('aria-invalid');
    },
    focus: () => element.focus(),
    select: () => inner()?.select(),
  };
}

export interface DropdownInput<T extends string> {
  readonly element: HTMLElement;
  /** Tells the listener nothing. */
  select(id: T): void;
  setInvalid(invalid: boolean): void;
  onChange(listener: (id: T) => void): void;
}

/** A dropdown named and described by elements of the page; a label's `for` gives the toolkit's dropdown no name. */
export function makeDropdown<T extends string>(
  choices: readonly Choice<T>[],
  selected: T,
  labelId: string,
  descriptionIds: readonly string[],
): DropdownInput<T> {
  const element = make('vscode-dropdown', '');
  element.setAttribute('aria-labelledby', labelId);
  element.setAttribute('aria-describedby', descriptionIds.join(' '));
  for (const { id, label } of choices) {
    const option = make('vscode-option', '', label);
    option.setAttribute('value', id);
    // A value set on the dropdown before its options have settled is lost; this mark is honoured when it is built.
    if (id === selected) option.setAttribute('selected', '');
    element.append(option);
  }
  return {
    element,
    select: (id) => {
      element.value = id;
    },
    setInvalid: (invalid) => {
      if (invalid) element.setAttribute('aria-invalid', 'true');
      else element.removeAttribute('aria-invalid');
    },
    onChange: (listener) =>
      element.addEventListener('change', () => {
        const choice = choices.find(({ id }) => id === element.value);
        if (choice) listener(choice.id);
      }),
  };
}

export type ButtonRank = 'primary' | 'secondary';

export interface ButtonControl {
  readonly element: HTMLElement;
  setLabel(label: string): void;
  setRank(rank: ButtonRank): void;
  setBusy(busy: boolean): void;
  /** Elements read after the button's name. */
  describe(elements: readonly HTMLElement[]): void;
  focus(): void;
}

/**
 * A button. While busy it ignores presses but keeps the focus, which a disabled one would lose. A held Enter key and the
 * second half of a double click press it only once: the button under them may have changed its meaning by then.
 */
export function makeButton(label: string, rank: ButtonRank, press: () => void): ButtonControl {
  const element = make('vscode-button', '', label);
  element.appearance = rank;
  let busy = false;
  element.addEventListener('click', (event) => {
    if (!busy && event.detail <= 1) press();
  });
  element.addEventListener('keydown', (event) => {
    if (event.repeat && event.key === 'Enter') event.preventDefault();
  });
  return {
    element,
    setLabel: (text) => {
      if (element.textContent !== text) element.textContent = text;
    },
    setRank: (next) => {
      element.appearance = next;
    },
    setBusy: (next) => {
      busy = next;
      // The toolkit's button passes properties on to its inner button, but not attributes.
      element.ariaDisabled = next ? 'true' : null;
    },
    describe: (elements) =>
      queueMicrotask(() => {
        const inner = element.shadowRoot?.querySelector('button');
        if (inner) inner.ariaDescribedByElements = [...elements];
      }),
    focus: () => element.focus(),
  };
}

/**
 * A link that reports a click instead of navigating.
 * @param address where it leads, shown by the browser; https only, anything else gives plain text
 */
export function makeLink(text: string, address: string, follow: () => void): HTMLElement {
  if (!address.startsWith('https://') && address !== '#') return make('span', '', text);
  const element = make('vscode-link', '', text);
  element.setAttribute('href', address);
  element.addEventListener('click', (event) => {
    event.preventDefault();
    // VS Code opens every link whose click reaches the document: it would open a second time.
    event.stopPropagation();
    follow();
  });
  return element;
}

/** A spinner beside a word; the toolkit would have it shout "Loading" as an alert. */
export function makeSpinner(): HTMLElement {
  const spinner = make('span', 'spinner', make('vscode-progress-ring', ''));
  spinner.setAttribute('aria-hidden', 'true');
  return spinner;
}
