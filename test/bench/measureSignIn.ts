import path from 'node:path';
import { SignInPage } from '../e2e/harness/signInPage.ts';
import { Wizard } from '../e2e/harness/wizard.ts';
import { against, figureOf, report } from './figures.ts';
import type { LabProcess } from './labProcess.ts';
import type { BenchWindow } from './window.ts';

const runs = 10;
/** Milliseconds. */
const longestReturn = 300;

/**
 * An account in the browser: from the last click on the sign-in page until the wizard says who has signed in. Between
 * them lie the lab's redirect, the loopback address, the request for the token, and the way to the page.
 */
export async function measureSignIn(open: () => Promise<BenchWindow>, lab: LabProcess): Promise<void> {
  const bench = await open();
  try {
    const wizard = await openAccount(bench, lab);
    const durations: number[] = [];
    for (let run = 0; run < runs; run++) durations.push(await signIn(bench, wizard, lab));
    const duration = figureOf(durations);
    report('sign-in returns', { unit: 'ms', ...duration, ...against(longestReturn, duration.median) });
  } finally {
    await bench.close();
  }
}

async function openAccount({ window }: BenchWindow, { description }: LabProcess): Promise<Wizard> {
  const { tenant, authority, ews, apps, ca } = description;
  const wizard = await Wizard.openNew(window);
  await wizard.fill({
    cloud: 'Custom',
    method: 'Administrator’s account',
    texts: {
      Tenant: tenant.domain,
      'Application (client) ID': apps.find(({ name }) => name === 'Public client')?.clientId ?? '',
      'EWS address': new URL(ews).origin,
      Authority: authority,
    },
    additionalCa: path.resolve(ca),
  });
  return wizard;
}

async function signIn({ window }: BenchWindow, wizard: Wizard, { description }: LabProcess): Promise<number> {
  const [user] = description.users;
  if (user === undefined) throw new Error('The lab has no user.');
  const signInPage = await SignInPage.openedBy(window, () => wizard.button('Sign in with the browser').click());
  await signInPage.page.getByLabel('E-mail').fill(user.email);
  await signInPage.page.getByLabel('Password').fill(user.password);
  const frame = await window.webviewFrame();
  const signedIn = frame.evaluate<number>(untilSignedIn);
  const clickedAt = Date.now();
  await signInPage.press('Sign in');
  const duration = (await signedIn) - clickedAt;
  await signInPage.endsWith('You can close this tab');
  return duration;
}

/** In a string: it runs in the wizard's page. The account's status is not the only one: registering has one, too. */
const untilSignedIn = `new Promise((resolve, reject) => {
  const look = () =>
    [...document.querySelectorAll('.account-status')].some(({ textContent }) => textContent.startsWith('Signed in as'));
  setTimeout(() => reject(new Error('Nobody is signed in.')), 30_000);
  new MutationObserver((_, observer) => {
    if (!look()) return;
    observer.disconnect();
    resolve(Date.now());
  }).observe(document, { subtree: true, childList: true, characterData: true });
})`;
