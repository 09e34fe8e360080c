import assert from 'node:assert/strict';
import { LabClient } from '../lab/support/labClient.ts';
import { SignInWalk } from '../lab/support/signInWalk.ts';
import type { Lab } from '../../lab/lab.ts';

export type Clicks = (walk: SignInWalk) => Promise<SignInWalk>;

/** A person who signs in on the lab's pages, and whose browser then goes back to the app's loopback address. */
export class PersonInBrowser {
  readonly #client: LabClient;

  constructor(lab: Lab) {
    this.#client = new LabClient(lab);
  }

  /** The administrator, with Full Access to most mailboxes. */
  get administrator(): { email: string; password: string } {
    return this.#client.user(0);
  }

  /** Opens the address, clicks, and follows the redirect. @returns the text of the page that the app answers with */
  async visit(address: string, clicks: Clicks = (walk) => walk.signIn(this.administrator)): Promise<string> {
    const walk = await clicks(await SignInWalk.open(this.#client, address));
    assert.equal(walk.page.status, 302, walk.text);
    return (await fetch(walk.page.headers.location ?? '')).text();
  }

  /** Types the code on the page for devices, then clicks. @returns the text of the last page */
  async enterCode(
    page: string,
    code: string,
    clicks: Clicks = (walk) => walk.signIn(this.administrator),
  ): Promise<string> {
    const walk = await SignInWalk.open(this.#client, page);
    await walk.click('Next', { code });
    return (await clicks(walk)).text;
  }
}
