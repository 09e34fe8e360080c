import { make, setText, show } from './dom.ts';
import { makeNotice } from './notice.ts';
import { makeStepper } from './stepper.ts';
import type { WizardView } from '../protocol.ts';

/** What a view says of the wizard as a whole. */
interface FrameView<Id extends string> {
  readonly heading: string;
  readonly notice?: WizardView['notice'];
  readonly step: Id;
}

interface WizardStep<View> {
  readonly name: string;
  readonly part: {
    readonly element: HTMLElement;
    readonly heading: HTMLElement;
    update(view: View): void;
  };
}

export interface WizardFrameOptions<Id extends string, View> {
  /** In their order. */
  readonly steps: { readonly [id in Id]: WizardStep<View> };
  /** Keeps which step is shown. */
  readonly draft: { setStep(step: Id): void };
  readonly announcer: HTMLElement;
}

/**
 * Draws a wizard around its steps. All of them stay in the page, so that Back finds every input as it was left, secrets
 * included.
 * @returns shows a view
 */
export function makeWizardFrame<Id extends string, View extends FrameView<Id>>(
  root: HTMLElement,
  { steps, draft, announcer }: WizardFrameOptions<Id, View>,
): (view: View) => void {
  const all = Object.entries<WizardStep<View>>(steps);
  const title = make('h1', '');
  const stepper = makeStepper(all.map(([id, { name }]) => ({ id, name })));
  const notice = makeNotice();
  root.replaceChildren(
    make('header', '', title, stepper.element),
    notice.element,
    ...all.map(([, { part }]) => part.element),
    announcer,
  );
  let step: Id | undefined;
  return (view) => {
    setText(title, view.heading);
    notice.update(view.notice);
    for (const [, { part }] of all) part.update(view);
    if (view.step === step) return;
    const moved = step !== undefined;
    step = view.step;
    draft.setStep(step);
    stepper.setStep(step);
    for (const [id, { part }] of all) show(part.element, id === step);
    if (!moved) return;
    window.scrollTo(0, 0);
    steps[step].part.heading.focus();
  };
}
