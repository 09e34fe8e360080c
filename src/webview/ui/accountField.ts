import * as l10n from '@vscode/l10n';
import { accountStatus, isUnderWay } from './accountStatus.ts';
import { makeButton, makeSpinner } from './controls.ts';
import { makeDeviceCode } from './deviceCode.ts';
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
  const code = makeDeviceCode(host);
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
