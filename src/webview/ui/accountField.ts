import * as l10n from '@vscode/l10n';
import { accountStatus, isUnderWay } from './accountStatus.ts';
import { makeButton, makeLink, makeSpinner } from './controls.ts';
import { makeCountdown } from './countdown.ts';
import { icon, make, setText, show } from './dom.ts';
import { makeFinding } from './finding.ts';
import { makeFrame } from './frame.ts';
import type { Field } from './fields.ts';
import type { Host } from './host.ts';
import type { AccountView, SignInWay } from '../protocol.ts';

export interface AccountField extends Field {
  update(account: AccountView, first: SignInWay): void;
}

export interface AccountFieldOptions {
  readonly host: Host;
  readonly signIn: (way: SignInWay) => void;
  readonly announce: (text: string) => void;
}

/** Signing an account in: how it stands, the code to type where there is one, and what can be done next. */
export function makeAccountField({ host, signIn, announce }: AccountFieldOptions): AccountField {
  const label = l10n.t('Account');
  const frame = makeFrame(label, '');
  frame.element.setAttribute('role', 'group');
  frame.element.setAttribute('aria-labelledby', frame.label.id);
  const symbol = make('span', '');
  const text = make('span', '');
  const status = make('p', 'account-status', symbol, text);
  const code = makeCode(host);
  const failure = make('div', '');
  const browser = makeButton(l10n.t('Sign in with the browser'), 'secondary', () => signIn('browser'));
  const device = makeButton(l10n.t('Sign in with a code'), 'secondary', () => signIn('deviceCode'));
  const cancel = makeButton(l10n.t('Cancel sign-in'), 'secondary', () => host.post({ type: 'cancelSignIn' }));
  for (const button of [browser, device]) button.describe([status, frame.error]);
  const buttons = make('div', 'button-row', browser.element, device.element, cancel.element);
  frame.hold(status, code.element, failure, buttons);

  let shown: AccountView | undefined;
  let preferred: SignInWay | undefined;
  const arrange = (first: SignInWay): void => {
    if (first === preferred) return;
    preferred = first;
    buttons.prepend(...(first === 'browser' ? [browser, device] : [device, browser]).map(({ element }) => element));
  };
  return {
    id: 'account',
    label: () => label,
    element: frame.element,
    setError: (error) => frame.setError(error),
    focus: () => (preferred === 'deviceCode' ? device : browser).focus(),
    update: (account, first) => {
      arrange(first);
      if (JSON.stringify(account) === JSON.stringify(shown)) return;
      const hadFocus = buttons.contains(document.activeElement) || code.element.contains(document.activeElement);
      const before = shown;
      shown = account;
      const { symbol: name, sentence } = accountStatus(account);
      symbol.replaceChildren(name === undefined ? makeSpinner() : icon(name));
      setText(text, sentence);
      code.update(account);
      failure.replaceChildren(...(account.state === 'failed' ? [makeFinding(account.finding, host)] : []));
      const underWay = isUnderWay(account);
      show(status, sentence !== '');
      show(browser.element, !underWay);
      show(device.element, !underWay);
      show(cancel.element, underWay);
      if (before === undefined) return;
      // The button that was pressed may just have gone.
      if (hadFocus && account.state === 'code') code.focus();
      else if (hadFocus && underWay !== isUnderWay(before))
        (underWay ? cancel : first === 'browser' ? browser : device).focus();
      announce(account.state === 'failed' ? account.finding.title : sentence);
    },
  };
}

interface CodeControl {
  readonly element: HTMLElement;
  update(account: AccountView): void;
  focus(): void;
}

/** The code of a device sign-in, large, with what one does with it. */
function makeCode(host: Host): CodeControl {
  const element = make('div', 'device-code');
  const countdown = makeCountdown();
  let copy: ReturnType<typeof makeButton> | undefined;
  return {
    element,
    update: (account) => {
      show(element, account.state === 'code');
      if (account.state !== 'code') {
        countdown.stop();
        element.replaceChildren();
        return;
      }
      const { userCode, verificationUri, expiresAt } = account;
      copy = makeButton(l10n.t('Copy code'), 'secondary', () => host.post({ type: 'copyText', text: userCode }));
      const open = (): void => host.post({ type: 'openLink', link: verificationUri });
      const page = make(
        'p',
        '',
        l10n.t('Open this page on any machine and enter the code:'),
        ' ',
        makeLink(verificationUri, verificationUri, open),
      );
      countdown.start(expiresAt);
      element.replaceChildren(
        page,
        make('div', 'user-code', make('code', '', userCode), copy.element),
        countdown.element,
      );
    },
    focus: () => copy?.focus(),
  };
}
