import * as l10n from '@vscode/l10n';
import { cloudName } from '../../connections/settingNames.ts';
import { isDelegated } from '../../connections/sourceConnection.ts';
import type { CloudId } from '../../connections/sourceConnection.ts';
import { cloudsNamedIn } from '../../identity/clouds.ts';
import type { SignInEvidence } from '../../identity/signInError.ts';
import type { Finding } from '../verification.ts';
import { grantRemedy } from './grantRemedy.ts';
import { accountEntries } from './accountEntries.ts';
import { consentUrl } from './context.ts';
import type { FindingContext } from './context.ts';
import { remedy } from './signInEntry.ts';
import type { FindingText, SignInEntry } from './signInEntry.ts';

/** 900439 and 900440: the American government's services and the public one refuse each other's tenants. */
const otherCloudCodes = [90038, 900382, 900383, 900432, 900439, 900440];

/** The AADSTS codes an administrator meets [facts], each group with its cause and remedy. */
export const signInCodes: readonly SignInEntry[] = [
  ...accountEntries,
  {
    code: 'app-not-found',
    aadsts: [700016, 700011],
    text: (context) => ({
      title: l10n.t('The application {0} does not exist in the tenant {1}.', context.clientId, context.tenant),
      explanation: l10n.t(
        'The client ID is mistyped, belongs to another tenant or cloud, or nobody has consented to the app yet.',
      ),
      remedies: [
        remedy(
          l10n.t(
            'See which it is: look for the ID in Entra ID, App registrations, All applications. Not there: it is mistyped, or of another tenant.',
          ),
        ),
        {
          text: l10n.t('There, but not under Enterprise applications: consent as a Global Administrator.'),
          link: consentUrl(context),
        },
        remedy(l10n.t('In both: check the cloud, since a registration of one cloud is not known in another.')),
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
      remedies: [remedy(l10n.t('Create a new client secret (Certificates & secrets) and paste its Value.'))],
    }),
  },
  {
    code: 'secret-expired',
    aadsts: [7000222],
    text: () => ({
      title: l10n.t('The client secret has expired.'),
      explanation: l10n.t('A secret is valid for a limited time.'),
      remedies: [remedy(l10n.t('Create a new client secret and paste its Value, or change to a certificate.'))],
    }),
  },
  {
    code: 'not-a-public-client',
    aadsts: [7000218],
    text: ({ clientId }) => ({
      title: l10n.t('The application {0} wants a secret or certificate of its own.', clientId),
      explanation: l10n.t('Sign-in with a password or a code works only with an app that is a public client.'),
      remedies: [
        remedy(
          l10n.t(
            'In the app registration under Authentication, allow public client flows; or sign in with the browser, a secret or a certificate.',
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
        remedy(
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
        remedy(
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
        remedy(
          l10n.t(
            'See which it is: Entra ID, Custom domain names lists the domains. Not there: it is mistyped. Not verified: verify it. Verified: choose the tenant’s cloud.',
          ),
        ),
        remedy(l10n.t('Try the directory (tenant) ID from Entra ID’s Overview page.')),
      ],
    }),
  },
  {
    code: 'other-cloud',
    aadsts: otherCloudCodes,
    text: otherCloudText,
  },
  {
    code: 'exchange-not-in-tenant',
    aadsts: [500011, 650052, 650057],
    text: ({ tenant, method }) => ({
      title: l10n.t('Exchange Online is not available to this app in the tenant {0}.', tenant),
      explanation: l10n.t(
        'The tenant has no Exchange Online subscription, or the permission is not in the app registration.',
      ),
      remedies: [
        remedy(
          l10n.t(
            'See which it is: the Microsoft 365 admin center lists the subscriptions under Billing, Your products. With Exchange Online among them it is the permission.',
          ),
        ),
        ...(isDelegated(method) ? [] : [grantRemedy()]),
        remedy(
          l10n.t(
            'In the app registration under API permissions, add “Office 365 Exchange Online”, full_access_as_app, and grant admin consent.',
          ),
        ),
      ],
    }),
  },
  {
    code: 'consent-missing',
    aadsts: [65001, 90094, 90095],
    text: (context) => ({
      title: l10n.t('An administrator has not consented to the app’s permissions.'),
      explanation: l10n.t('The app may not act in the tenant {0} before that.', context.tenant),
      remedies: [
        ...(isDelegated(context.method) ? [] : [grantRemedy()]),
        {
          text: l10n.t('Open the consent page as a Global Administrator and accept, then run again.'),
          link: consentUrl(context),
        },
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
        remedy(
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
      remedies: [remedy(l10n.t('Wait a few minutes, then run again.'))],
    }),
  },
];

function otherCloudText({ tenant }: FindingContext): FindingText {
  return {
    title: l10n.t('The tenant {0} lives in another national cloud.', tenant),
    explanation: l10n.t('Each national cloud has a sign-in service of its own.'),
    remedies: [remedy(l10n.t('Go back and choose the tenant’s cloud.'))],
  };
}

/** Some refusals name the tenant's cloud. A custom connection has addresses of its own, which stay when its cloud changes. */
function cloudsHinted({ description }: SignInEvidence, { cloud }: FindingContext): readonly CloudId[] {
  return cloud === 'custom' ? [] : cloudsNamedIn(description, cloud);
}

/**
 * The sign-in service says which cloud is the tenant's, so the wizard can choose it.
 * @param clouds where the tenant may live; empty: elsewhere, nobody says where
 */
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
    ...(only !== undefined && {
      remedies: clouds.map((cloud) => ({
        text: l10n.t('Change to {0} and run again', cloudName(cloud)),
        action: { kind: 'chooseCloud' as const, cloud },
      })),
    }),
  };
}

/** Says why the sign-in service gave no token. The codes explain; nothing else hangs on them, as Microsoft may change them. */
export function explainSignIn(evidence: SignInEvidence, context: FindingContext): Finding {
  const entry = signInCodes.find(({ aadsts }) => evidence.codes.some((code) => aadsts.includes(code)));
  if (entry?.aadsts === otherCloudCodes) return otherCloud(cloudsHinted(evidence, context), context);
  if (entry) return { code: entry.code, severity: 'error', ...entry.text(context) };
  const code = evidence.codes[0];
  return {
    code: 'sign-in-refused',
    severity: 'error',
    title: l10n.t('The sign-in service refused: {0}', code === undefined ? evidence.error : `AADSTS${code}`),
    explanation: evidence.description,
    remedies: [
      ...(code === undefined || context.cloud === 'custom'
        ? []
        : [{ text: l10n.t('Look the code up.'), link: `https://login.microsoftonline.com/error?code=${code}` }]),
      {
        text: l10n.t(
          'Look the sign-in up in Entra ID, Sign-in logs (user or service principal): it tells the reason. Details has its correlation ID.',
        ),
      },
    ],
  };
}
