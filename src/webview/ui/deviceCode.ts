import * as l10n from '@vscode/l10n';
import { makeButton, makeLink } from './controls.ts';
import { makeCountdown } from './countdown.ts';
import { make, show } from './dom.ts';
import type { Host } from './host.ts';
import type { AccountView } from '../protocol.ts';

export interface DeviceCode {
  readonly element: HTMLElement;
  update(account: AccountView): void;
  focus(): void;
}

/** The code of a device sign-in, large, with what one does with it. */
export function makeDeviceCode(host: Host): DeviceCode {
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
