import { ConfidentialClientApplication, PublicClientApplication } from '@azure/msal-node';
import assert from 'node:assert/strict';
import { createHash, X509Certificate } from 'node:crypto';
import { describe, it, before, after, beforeEach } from 'mocha';
import { LabClient } from './support/labClient.ts';
import { networkOver } from './support/msalNetwork.ts';

const scopes = ['https://outlook.office365.com/.default'];

describe('sign-in with MSAL', () => {
  let client: LabClient;
  before(async () => {
    client = await LabClient.start();
  });
  after(() => client.close());
  beforeEach(() => client.lab.reset());

  const configuration = (clientId: string) => ({
    clientId,
    authority: `${client.lab.description.authority}/${client.lab.description.tenant.id}`,
    knownAuthorities: [new URL(client.lab.description.authority).host],
  });
  const withSecret = (secret: string) =>
    new ConfidentialClientApplication({
      auth: { ...configuration(client.app('Migration').clientId), clientSecret: secret },
      system: { networkClient: networkOver(client) },
    });
  const withCertificate = (appName: string, certificateOf: string) => {
    const { certificate, privateKey } = client.app(certificateOf);
    const thumbprintSha256 = createHash('sha256')
      .update(new X509Certificate(certificate ?? '').raw)
      .digest('hex');
    return new ConfidentialClientApplication({
      auth: {
        ...configuration(client.app(appName).clientId),
        clientCertificate: { thumbprintSha256, privateKey: privateKey ?? '' },
      },
      system: { networkClient: networkOver(client) },
    });
  };
  const publicClient = () =>
    new PublicClientApplication({
      auth: configuration(client.app('Public client').clientId),
      system: { networkClient: networkOver(client) },
    });
  const password = (email: string, secret: string) =>
    publicClient().acquireTokenByUsernamePassword({
      scopes: ['https://outlook.office365.com/EWS.AccessAsUser.All'],
      username: email,
      password: secret,
    });

  it('gives an app with its secret a token', async () => {
    const result = await withSecret(client.app('Migration').secret ?? '').acquireTokenByClientCredential({ scopes });
    assert.equal(result?.accessToken.split('.').length, 3);
  });

  it('gives an app with its certificate a token', async () => {
    const result = await withCertificate('Migration', 'Migration').acquireTokenByClientCredential({ scopes });
    assert.equal(result?.accessToken.split('.').length, 3);
  });

  it('gives a user with e-mail and password a token and an account', async () => {
    const user = client.user(1);
    const result = await password(user.email, user.password);
    assert.equal(result?.account?.username, user.email);
    assert.deepEqual(result.scopes, ['https://outlook.office365.com/EWS.AccessAsUser.All']);
  });

  it("refuses another app's certificate", async () => {
    await assert.rejects(
      withCertificate('Migration', 'No permission').acquireTokenByClientCredential({ scopes }),
      /AADSTS700027: .*not registered/,
    );
  });

  it('refuses a wrong secret, and a good one that has expired', async () => {
    await assert.rejects(withSecret('wrong').acquireTokenByClientCredential({ scopes }), /AADSTS7000215: /);
    client.lab.patch({ entra: { secret: 'expired' } });
    await assert.rejects(
      withSecret(client.app('Migration').secret ?? '').acquireTokenByClientCredential({ scopes }),
      /AADSTS7000222: /,
    );
  });

  it('refuses a wrong password, an unknown user and a user who needs a second factor', async () => {
    const multifactor = client.lab.description.users.find((user) => user.mfa);
    assert.ok(multifactor);
    await assert.rejects(password(client.user(1).email, 'wrong'), /AADSTS50126: /);
    await assert.rejects(password(`nobody@${client.lab.description.tenant.domain}`, 'x'), /AADSTS50034: /);
    await assert.rejects(password(multifactor.email, multifactor.password), /AADSTS50076: /);
  });
});
