import * as l10n from '@vscode/l10n';
import type { Finding } from '../verification.ts';
import { remedy } from './signInEntry.ts';
import type { FindingText, SignInEntry } from './signInEntry.ts';

/** The AADSTS codes that a person's account meets [facts]. */
export const accountEntries: readonly SignInEntry[] = [
  {
    code: 'sign-in-declined',
    aadsts: [65004],
    text: () => ({
      title: l10n.t('The sign-in was cancelled on the sign-in page, or the permissions were declined there.'),
      explanation: l10n.t('Nothing was changed.'),
      remedies: [remedy(l10n.t('Sign in again and accept what the app asks for.'))],
    }),
  },
  {
    code: 'second-factor-denied',
    aadsts: [500121],
    text: () => ({
      title: l10n.t('The second factor was denied or did not arrive.'),
      explanation: l10n.t('Multi-factor authentication was asked for and not completed.'),
      remedies: [remedy(l10n.t('Sign in again and approve the request on the account’s device.'))],
    }),
  },
  {
    code: 'device-code-expired',
    aadsts: [70018, 70019, 70020],
    text: deviceCodeExpiredText,
  },
  {
    code: 'sign-in-expired',
    aadsts: [50173, 70008, 700082, 70043],
    text: ({ userName, tenant }) => ({
      title: l10n.t('The sign-in of {0} is no longer valid.', userName === '' ? tenant : userName),
      explanation: l10n.t('It was not used for long, was revoked, or the password has changed.'),
      remedies: [{ text: l10n.t('Sign in again'), action: { kind: 'signIn' } }],
    }),
  },
  {
    code: 'user-not-assigned',
    aadsts: [50105],
    text: ({ userName, clientId }) => ({
      title: l10n.t('The account {0} may not use the application {1}.', userName, clientId),
      explanation: l10n.t('The app is open to assigned users only.'),
      remedies: [remedy(l10n.t('In Entra ID under Enterprise applications, Users and groups, assign the account.'))],
    }),
  },
  {
    code: 'no-such-user',
    aadsts: [50034],
    text: ({ userName, tenant }) => ({
      title: l10n.t('There is no account {0} in the tenant {1}.', userName, tenant),
      explanation: l10n.t('The address is mistyped, or is one of the account’s others.'),
      remedies: [remedy(l10n.t('Enter the account’s user principal name, as Entra ID, Users, All users shows it.'))],
    }),
  },
  {
    code: 'account-of-another-tenant',
    aadsts: [50020, 90072],
    text: ({ userName, tenant }) => ({
      title: l10n.t('The account {0} belongs to another tenant than {1}.', userName, tenant),
      explanation: l10n.t('It is no guest of this tenant either.'),
      remedies: [remedy(l10n.t('Sign in with an account of this tenant, or check the tenant.'))],
    }),
  },
  {
    code: 'wrong-password',
    aadsts: [50126],
    text: ({ authority, userName }) => ({
      title: l10n.t('The user name or password of {0} is wrong.', userName),
      explanation: l10n.t('Accounts that another identity provider signs in (federation) end like this, too.'),
      remedies: [
        remedy(l10n.t('Type the password again.')),
        {
          text: l10n.t('See which it is: this page says “Federated” where another provider signs the account in.'),
          link: `${authority}/common/userrealm/${encodeURIComponent(userName)}?api-version=1.0`,
        },
        remedy(l10n.t('For a federated account use an app registration.')),
      ],
    }),
  },
  {
    code: 'password-expired',
    aadsts: [50055],
    text: ({ userName }) => ({
      title: l10n.t('The password of {0} has expired.', userName),
      explanation: l10n.t('The account works again with a new one.'),
      remedies: [remedy(l10n.t('Sign in once at office.com with this account and choose a new password.'))],
    }),
  },
  {
    code: 'account-disabled',
    aadsts: [50057],
    text: ({ userName }) => ({
      title: l10n.t('The account {0} is disabled.', userName),
      explanation: l10n.t('An administrator has switched its sign-in off.'),
      remedies: [
        remedy(l10n.t('Switch it on in Entra ID, Users, Properties, Account enabled; or use another account.')),
      ],
    }),
  },
  {
    code: 'account-locked',
    aadsts: [50053],
    text: ({ userName }) => ({
      title: l10n.t('The account {0} is locked for now.', userName),
      explanation: l10n.t(
        'There were too many wrong passwords, or the sign-in came from an address known for attacks.',
      ),
      remedies: [
        remedy(l10n.t('Wait a quarter of an hour, then run again.')),
        remedy(l10n.t('See which it is: Entra ID, Sign-in logs tells the reason and the address.')),
      ],
    }),
  },
  {
    code: 'mfa-required',
    aadsts: [50076, 50079, 50072, 50074, 50078, 50158],
    text: ({ userName }) => ({
      title: l10n.t('The account {0} needs multi-factor authentication.', userName),
      explanation: l10n.t('Sign-in with e-mail and password cannot answer a second factor.'),
      remedies: [
        remedy(l10n.t('Choose “Administrator’s account” and sign in with the browser or a code.')),
        remedy(l10n.t('Or use an app registration with a certificate or client secret: it needs no second factor.')),
      ],
    }),
  },
];

function deviceCodeExpiredText(): FindingText {
  return {
    title: l10n.t('The code was not entered in time.'),
    explanation: l10n.t('A code is valid for a quarter of an hour.'),
    remedies: [remedy(l10n.t('Ask for a new code and enter it at once.'))],
  };
}

export function deviceCodeExpired(): Finding {
  return { code: 'device-code-expired', severity: 'error', ...deviceCodeExpiredText() };
}
