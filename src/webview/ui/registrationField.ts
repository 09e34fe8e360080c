import * as l10n from '@vscode/l10n';
import { accountStatus } from './accountStatus.ts';
import { makeButton, makeSpinner } from './controls.ts';
import { makeDeviceCode } from './deviceCode.ts';
import { icon, make, setText, show } from './dom.ts';
import { makeFinding } from './finding.ts';
import { makeFrame } from './frame.ts';
import { makeRegistrationOffer } from './registrationOffer.ts';
import { makeRegistrationSteps } from './registrationSteps.ts';
import type { ButtonControl } from './controls.ts';
import type { Host } from './host.ts';
import type { CredentialsForm, Extra, RegistrationView, ScriptKind, SignInWay } from '../protocol.ts';

export interface RegistrationField {
  readonly element: HTMLElement;
  update(registration: RegistrationView, first: SignInWay): void;
}

export interface RegistrationFieldOptions {
  readonly host: Host;
  readonly form: () => CredentialsForm;
  readonly signIn: (way: SignInWay) => void;
  readonly announce: (text: string) => void;
}

type ButtonName =
  'open' | 'browser' | 'device' | 'create' | 'again' | 'remove' | 'cancel' | 'close' | 'powershell' | 'azureCli';

/** Registering an app from here: what it creates, how far it is, what stands afterwards and how to take it back. */
export function makeRegistrationField(options: RegistrationFieldOptions): RegistrationField {
  const { host, form, signIn, announce } = options;
  const frame = makeFrame(
    l10n.t('App registration'),
    l10n.t('Nothing prepared yet? An administrator signs in, and the app is registered with all it needs.'),
  );
  frame.element.setAttribute('role', 'group');
  frame.element.setAttribute('aria-labelledby', frame.label.id);
  frame.element.setAttribute('aria-describedby', frame.hint.id);

  const offer = makeRegistrationOffer();
  const steps = makeRegistrationSteps();
  const code = makeDeviceCode(host);
  const symbol = make('span', '');
  const sentence = make('span', '');
  const status = make('p', 'account-status', symbol, sentence);
  const failure = make('div', '');
  const exists = make('div', 'registration-exists');

  let isOpen = false;
  let view: RegistrationView | undefined;
  let way: SignInWay = 'browser';
  const extras = (): readonly Extra[] => offer.extras();
  const register = (): void => host.post({ type: 'register', extras: extras(), form: form() });
  const script = (kind: ScriptKind) => (): void =>
    host.post({ type: 'copyScript', script: kind, extras: extras(), form: form() });
  const setOpen = (open: boolean): void => {
    isOpen = open;
    if (view) draw(view, view);
  };
  const cancel = (): void => host.post({ type: 'cancelRegistration' });
  const buttons: Readonly<Record<ButtonName, ButtonControl>> = {
    open: makeButton(l10n.t('Register automatically…'), 'secondary', () => setOpen(true)),
    browser: makeButton(l10n.t('Sign in as administrator with the browser'), 'secondary', () => signIn('browser')),
    device: makeButton(l10n.t('Sign in as administrator with a code'), 'secondary', () => signIn('deviceCode')),
    create: makeButton(l10n.t('Create'), 'primary', register),
    again: makeButton(l10n.t('Try again'), 'secondary', register),
    remove: makeButton(l10n.t('Remove what was created'), 'secondary', () => host.post({ type: 'removeRegistered' })),
    cancel: makeButton(l10n.t('Cancel registration'), 'secondary', cancel),
    close: makeButton(l10n.t('Close'), 'secondary', () => {
      cancel();
      setOpen(false);
    }),
    powershell: makeButton(l10n.t('Copy as PowerShell'), 'secondary', script('powershell')),
    azureCli: makeButton(l10n.t('Copy as Azure CLI'), 'secondary', script('azureCli')),
  };
  const byScript = make('p', 'field-hint', l10n.t('Or hand it to somebody who may, as a script that does the same:'));
  const scripts = make('div', 'button-row', buttons.powershell.element, buttons.azureCli.element);
  const row = make('div', 'button-row');
  frame.hold(offer.element, status, code.element, steps.element, failure, exists, row, byScript, scripts);

  const draw = (next: RegistrationView, before: RegistrationView | undefined): void => {
    const { phase, account, plan, finding } = next;
    const hadFocus = row.contains(document.activeElement) || code.element.contains(document.activeElement);
    const expanded = isOpen || phase !== 'idle';
    const deciding = (phase === 'idle' && isOpen) || phase === 'planned';
    show(offer.element, deciding);
    offer.update(plan);
    const line = statusLine(next);
    symbol.replaceChildren(line.symbol === undefined ? makeSpinner() : icon(line.symbol));
    setText(sentence, line.text);
    show(status, expanded && line.text !== '');
    if (JSON.stringify(account) !== JSON.stringify(before?.account) || before === undefined) code.update(account);
    steps.update(next.steps);
    const shown = account.state === 'failed' ? account.finding : finding;
    failure.replaceChildren(...(shown ? [makeFinding(shown, host)] : []));
    drawExists(exists, next);
    show(byScript, deciding);
    show(scripts, deciding);
    row.replaceChildren(...buttonsOf(next, isOpen, way).map((name) => buttons[name].element));
    if (hadFocus && !row.contains(document.activeElement)) {
      if (account.state === 'code') code.focus();
      else
        buttonsOf(next, isOpen, way)
          .slice(0, 1)
          .forEach((name) => buttons[name].focus());
    }
  };
  return {
    element: frame.element,
    update: (next, first) => {
      way = first;
      const before = view;
      if (JSON.stringify(next) === JSON.stringify(before)) return;
      view = next;
      draw(next, before);
      const news = statusLine(next).text;
      if (before !== undefined && (news !== statusLine(before).text || next.phase !== before.phase)) {
        const found = next.account.state === 'failed' ? next.account.finding : next.finding;
        announce(found?.title ?? news);
      }
    },
  };
}

/** The buttons of a phase, the likeliest first. */
function buttonsOf(view: RegistrationView, isOpen: boolean, way: SignInWay): ButtonName[] {
  const { phase, exists, needsSignIn, otherAccountHelps } = view;
  const signIns: ButtonName[] = way === 'browser' ? ['browser', 'device'] : ['device', 'browser'];
  switch (phase) {
    case 'idle':
      return isOpen ? [...signIns, 'close'] : ['open'];
    case 'signingIn':
    case 'looking':
    case 'running':
    case 'removing':
      return ['cancel'];
    case 'planned':
      return ['create', ...(exists.length > 0 ? (['remove'] as const) : []), 'close'];
    case 'stopped':
      return [
        ...(needsSignIn ? [] : (['again'] as const)),
        ...(needsSignIn || otherAccountHelps ? signIns : []),
        ...(exists.length > 0 && !needsSignIn ? (['remove'] as const) : []),
        ...(exists.length > 0 ? [] : (['close'] as const)),
      ];
    case 'registered':
      return ['remove'];
  }
}

interface StatusLine {
  /** Codicon; absent: it is under way. */
  readonly symbol?: string;
  /** Empty: something else says it. */
  readonly text: string;
}

function statusLine({ phase, account, removed, finding, needsSignIn }: RegistrationView): StatusLine {
  switch (phase) {
    case 'idle':
      if (removed) return { symbol: 'pass-filled', text: l10n.t('Everything that was created has been removed.') };
      return { symbol: 'account', text: '' };
    case 'signingIn': {
      const { symbol, sentence } = accountStatus(account);
      return { ...(symbol !== undefined && { symbol }), text: sentence };
    }
    case 'looking':
      return { text: l10n.t('Looking at what the tenant has…') };
    case 'planned':
      return { symbol: 'info', text: '' };
    case 'running':
      return { text: l10n.t('Registering…') };
    case 'removing':
      return { text: l10n.t('Removing what was created…') };
    case 'registered':
      return {
        symbol: 'pass-filled',
        text: l10n.t('The app is registered and can sign in. Its client ID and certificate are filled in.'),
      };
    case 'stopped':
      if (needsSignIn && !finding) {
        return { symbol: 'account', text: l10n.t('Sign in as administrator again to remove what was created.') };
      }
      return finding ? { symbol: 'error', text: '' } : { symbol: 'circle-slash', text: l10n.t('Cancelled.') };
  }
}

function drawExists(element: HTMLElement, { phase, exists }: RegistrationView): void {
  const visible = exists.length > 0 && (phase === 'stopped' || phase === 'registered' || phase === 'planned');
  show(element, visible);
  if (!visible) return;
  element.replaceChildren(
    make('p', '', l10n.t('This registration has created:')),
    make('ul', '', ...exists.map((text) => make('li', '', text))),
  );
}
