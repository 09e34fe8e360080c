import * as l10n from '@vscode/l10n';
import { makeCheckField } from './checkField.ts';
import { icon, make, setText, show } from './dom.ts';
import type { Extra, RegistrationPlanView } from '../protocol.ts';

export interface RegistrationOffer {
  readonly element: HTMLElement;
  /** What is ticked. */
  extras(): readonly Extra[];
  /** @param plan undefined: nobody has signed in yet */
  update(plan: RegistrationPlanView | undefined): void;
}

/** What registration will create, before it does: the least by default, the rest to be ticked. */
export function makeRegistrationOffer(): RegistrationOffer {
  const ticked = new Set<Extra>();
  const who = make('p', '');
  const application = make('li', '');
  const warningText = make('span', '');
  const warning = make('p', 'offer-warning', icon('warning'), warningText);
  let plan: RegistrationPlanView | undefined;
  const warn = (): void => {
    const text = plan === undefined ? '' : consentWarning(plan, ticked.size > 0);
    setText(warningText, text);
    show(warning, text !== '');
  };
  const box = (extra: Extra, label: string, hint: string): HTMLElement =>
    makeCheckField({
      label,
      hint,
      checked: false,
      onChange: (checked) => {
        if (checked) ticked.add(extra);
        else ticked.delete(extra);
        warn();
      },
    });
  return {
    element: make(
      'div',
      'registration-offer',
      who,
      make('p', '', l10n.t('This is created in the tenant:')),
      make(
        'ul',
        '',
        application,
        make(
          'li',
          '',
          l10n.t(
            'Its permission full_access_as_app of Office 365 Exchange Online, with admin consent: it opens every mailbox over EWS.',
          ),
        ),
        make(
          'li',
          '',
          l10n.t(
            'A certificate (RSA 3072, valid for 12 months) to sign in with. Its private key is made on this machine and kept in VS Code’s secret storage only.',
          ),
        ),
      ),
      box(
        'listMailboxes',
        l10n.t('Also let it list the mailboxes'),
        l10n.t('Microsoft Graph: User.Read.All. Without it you type or import the mailboxes’ addresses.'),
      ),
      box(
        'graphExport',
        l10n.t('Also let it export through Microsoft Graph'),
        l10n.t(
          'Microsoft Graph: MailboxItem.Export.All, MailboxItem.Read.All, MailboxFolder.Read.All. For when EWS is switched off; worldwide cloud only.',
        ),
      ),
      warning,
    ),
    extras: () => [...ticked],
    update: (next) => {
      plan = next;
      setText(who, plan === undefined ? '' : whoText(plan));
      show(who, plan !== undefined);
      const existing = plan?.existing ?? '';
      setText(
        application,
        existing === ''
          ? l10n.t('An application “Exchange Migration”, for this tenant alone, and its service principal.')
          : l10n.t(
              'Nothing twice: the application with client ID {0}, which Exchange Migration registered earlier, gets what it lacks.',
              existing,
            ),
      );
      warn();
    },
  };
}

function whoText({ userName, organization }: RegistrationPlanView): string {
  return organization === ''
    ? l10n.t('Signed in as {0}.', userName)
    : l10n.t('Signed in as {0}, organization {1}.', userName, organization);
}

/** Roles may come by ways that do not show, so it is said and not forbidden. */
function consentWarning({ userName, consent }: RegistrationPlanView, graph: boolean): string {
  if (consent === 'none') {
    return l10n.t(
      '{0} seems to have no role that may consent. It takes a Global Administrator or Privileged Role Administrator; for Exchange alone an Application Administrator will do.',
      userName,
    );
  }
  if (consent === 'allButGraph' && graph) {
    return l10n.t(
      'An Application Administrator may not consent to permissions of Microsoft Graph. Leave those boxes empty, or sign in as a Global Administrator.',
    );
  }
  return '';
}
