import * as l10n from '@vscode/l10n';
import { cloudName } from '../../connections/settingNames.ts';
import type { CloudId } from '../../connections/sourceConnection.ts';
import type { SignInEvidence } from '../../identity/signInError.ts';
import type { Finding, Remedy } from '../verification.ts';
import { consentUrl } from './context.ts';
import type { FindingContext } from './context.ts';

type Text = Pick<Finding, 'title' | 'explanation' | 'remedies'>;

interface Entry {
  readonly code: string;
  readonly aadsts: readonly number[];
  readonly text: (context: FindingContext) => Text;
}

const settings = (text: string): Remedy => ({ text });

/** The AADSTS codes an administrator meets [facts], each group with its cause and remedy. */
const entries: readonly Entry[] = [
  {
    code: 'app-not-found',
    aadsts: [700016, 700011],
    text: ({ clientId, tenant }) => ({
      title: l10n.t('The application {0} does not exist in the tenant {1}.', clientId, tenant),
      explanation: l10n.t(
        'The client ID is mistyped, belongs to another tenant or cloud, or nobody has consented to the app yet.',
      ),
      remedies: [
        settings(
          l10n.t('Compare the application (client) ID and the tenant with the app registration’s Overview page.'),
        ),
        settings(l10n.t('Check the cloud: a registration of one cloud is not known in another.')),
      ],
    }),
  },
  {
    code: 'wrong-secret',
    aadsts: [7000215],
    text: () => ({
      title: l10n.t('The client secret is wrong.'),
      explanation: l10n.t(
        'Often the secret’s ID was pasted in place of its Value. The Value is shown only once, when the secret is made.',
      ),
      remedies: [settings(l10n.t('Create a new client secret (Certificates & secrets) and paste its Value.'))],
    }),
  },
  {
    code: 'secret-expired',
    aadsts: [7000222],
    text: () => ({
      title: l10n.t('The client secret has expired.'),
      explanation: l10n.t('A secret is valid for a limited time.'),
      remedies: [settings(l10n.t('Create a new client secret and paste its Value, or change to a certificate.'))],
    }),
  },
  {
    code: 'not-a-public-client',
    aadsts: [7000218],
    text: ({ clientId }) => ({
      title: l10n.t('The application {0} wants a secret or certificate of its own.', clientId),
      explanation: l10n.t('Sign-in with e-mail and password works only with an app that is a public client.'),
      remedies: [
        settings(
          l10n.t(
            'In the app registration under Authentication, allow public client flows; or sign in with a secret or certificate.',
          ),
        ),
      ],
    }),
  },
  {
    code: 'certificate-refused',
    aadsts: [700027, 700030, 50012],
    text: ({ clientId }) => ({
      title: l10n.t('The certificate is not accepted for the application {0}.', clientId),
      explanation: l10n.t('This certificate is not uploaded to this app registration, or it was replaced there.'),
      remedies: [
        settings(
          l10n.t(
            'Upload the public part of this certificate (Certificates & secrets, Certificates), or choose the one that is uploaded.',
          ),
        ),
      ],
    }),
  },
  {
    code: 'app-disabled',
    aadsts: [7000112, 70001],
    text: ({ clientId }) => ({
      title: l10n.t('The application {0} is disabled in the tenant.', clientId),
      explanation: l10n.t('An administrator has switched sign-in for it off.'),
      remedies: [
        settings(
          l10n.t('In Entra ID under Enterprise applications, Properties, set “Enabled for users to sign-in” to Yes.'),
        ),
      ],
    }),
  },
  {
    code: 'tenant-not-found',
    aadsts: [90002],
    text: ({ tenant }) => ({
      title: l10n.t('The tenant {0} was not found.', tenant),
      explanation: l10n.t('The domain is mistyped, is not verified in Entra ID, or belongs to another cloud.'),
      remedies: [
        settings(l10n.t('Check the tenant and the cloud.')),
        settings(l10n.t('Try the directory (tenant) ID from Entra ID’s Overview page.')),
      ],
    }),
  },
  {
    code: 'other-cloud',
    aadsts: [90038, 900382, 900432],
    text: otherCloudText,
  },
  {
    code: 'exchange-not-in-tenant',
    aadsts: [500011, 650052, 650057],
    text: ({ tenant }) => ({
      title: l10n.t('Exchange Online is not available to this app in the tenant {0}.', tenant),
      explanation: l10n.t(
        'The tenant has no Exchange Online subscription, or the permission is not in the app registration.',
      ),
      remedies: [
        settings(
          l10n.t(
            'In the app registration under API permissions, add “Office 365 Exchange Online”, full_access_as_app, and grant admin consent.',
          ),
        ),
      ],
    }),
  },
  {
    code: 'consent-missing',
    aadsts: [65001, 65004, 90094, 90095],
    text: (context) => ({
      title: l10n.t('An administrator has not consented to the app’s permissions.'),
      explanation: l10n.t('The app may not act in the tenant {0} before that.', context.tenant),
      remedies: [
        {
          text: l10n.t('Open the consent page as a Global Administrator and accept, then run again.'),
          link: consentUrl(context),
        },
      ],
    }),
  },
  {
    code: 'no-such-user',
    aadsts: [50034, 50020, 90072],
    text: ({ userName, tenant }) => ({
      title: l10n.t('There is no account {0} in the tenant {1}.', userName, tenant),
      explanation: l10n.t('The address is mistyped or belongs to another tenant.'),
      remedies: [settings(l10n.t('Enter the account’s user principal name.'))],
    }),
  },
  {
    code: 'wrong-password',
    aadsts: [50126],
    text: ({ userName }) => ({
      title: l10n.t('The user name or password of {0} is wrong.', userName),
      explanation: l10n.t('Accounts that another identity provider signs in (federation) end like this, too.'),
      remedies: [settings(l10n.t('Type the password again; for a federated account use an app registration.'))],
    }),
  },
  {
    code: 'account-unusable',
    aadsts: [50055, 50057, 50053],
    text: ({ userName }) => ({
      title: l10n.t('The account {0} is disabled, locked, or its password has expired.', userName),
      explanation: l10n.t('The sign-in service knows the account and refuses it.'),
      remedies: [settings(l10n.t('Sign in once at office.com with this account: it says what is wrong.'))],
    }),
  },
  {
    code: 'mfa-required',
    aadsts: [50076, 50079, 50072, 50074, 50078, 50158],
    text: ({ userName }) => ({
      title: l10n.t('The account {0} needs multi-factor authentication.', userName),
      explanation: l10n.t('Sign-in with e-mail and password cannot answer a second factor.'),
      remedies: [
        settings(l10n.t('Use an app registration with a certificate or client secret: it needs no second factor.')),
      ],
    }),
  },
  {
    code: 'conditional-access',
    aadsts: [53003, 53000, 530032, 530035, 50131],
    text: () => ({
      title: l10n.t('A Conditional Access or security policy of the tenant blocks this sign-in.'),
      explanation: l10n.t('The policy looks at the account, the app, the device or the network.'),
      remedies: [
        settings(
          l10n.t(
            'Look the sign-in up in Entra ID, Sign-in logs: it names the policy. Exempt the app, or use an app registration.',
          ),
        ),
      ],
    }),
  },
  {
    code: 'sign-in-throttled',
    aadsts: [90055, 50196, 90033],
    text: () => ({
      title: l10n.t('The sign-in service is busy or slows this app down.'),
      explanation: l10n.t('This passes by itself.'),
      remedies: [settings(l10n.t('Wait a few minutes, then run again.'))],
    }),
  },
];

function otherCloudText({ tenant }: FindingContext): Text {
  return {
    title: l10n.t('The tenant {0} lives in another national cloud.', tenant),
    explanation: l10n.t('Each national cloud has a sign-in service of its own.'),
    remedies: [settings(l10n.t('Go back and choose the tenant’s cloud.'))],
  };
}

/** The sign-in service says which cloud is the tenant's, so the wizard can choose it. */
export function otherCloud(clouds: readonly CloudId[], context: FindingContext): Finding {
  const [only, ...more] = clouds;
  const text = otherCloudText(context);
  return {
    code: 'other-cloud',
    severity: 'error',
    ...text,
    ...(only !== undefined &&
      more.length === 0 && {
        title: l10n.t('The tenant {0} lives in the cloud {1}.', context.tenant, cloudName(only)),
      }),
    remedies: clouds.map((cloud) => ({
      text: l10n.t('Change to {0} and run again', cloudName(cloud)),
      chooseCloud: cloud,
    })),
  };
}

/** Says why the sign-in service gave no token. The codes explain; nothing else hangs on them, as Microsoft may change them. */
export function explainSignIn(evidence: SignInEvidence, context: FindingContext): Finding {
  const entry = entries.find(({ aadsts }) => evidence.codes.some((code) => aadsts.includes(code)));
  if (entry) return { code: entry.code, severity: 'error', ...entry.text(context) };
  const code = evidence.codes[0];
  return {
    code: 'sign-in-refused',
    severity: 'error',
    title: l10n.t('The sign-in service refused: {0}', code === undefined ? evidence.error : `AADSTS${code}`),
    explanation: evidence.description,
    remedies:
      code === undefined || context.cloud === 'custom'
        ? []
        : [{ text: l10n.t('Look the code up.'), link: `https://login.microsoftonline.com/error?code=${code}` }],
  };
}
