import { escapeXml } from '../ews/soap.ts';
import type { ConnectionSecret } from '../connections/secret.ts';
import type { AnyCheckId, CheckResult, Finding, Remedy } from './verification.ts';

/** In place of what was taken out. */
const mark = '•••';

/** Shorter texts cannot be told from words; taking those out would rather tell the secret than hide it. In characters. */
const shortest = 8;
/** So much of a secret's beginning is taken out even where the rest was cut off: of a header only a part is kept. */
const longBeginning = 16;

/** JSON Web Tokens: tokens for other services and assertions are secrets too, and begin like this. */
const jwt = /eyJ[\w-]{16,}(?:\.[\w-]*)*/g;

/** NTLM's third message begins like this (MS-NLMP 2.2.1.3): from its proof a weak password can be guessed. */
const ntlmProof = /TlRMTVNTUAAD[A-Za-z0-9+/=]*/g;

/**
 * Takes the secrets of one verification out of its results. Servers get to see them, and one may repeat what it was sent
 * in any text that a result quotes: an error's description, a header, the name of a folder.
 */
export class Redaction {
  /** Each in all the ways in which it may be written. */
  readonly #texts = new Set<string>();

  /** @param secret a text that is sent, such as a token */
  learn(secret: string): void {
    if (secret.length < shortest) return;
    const json = JSON.stringify(secret).slice(1, -1);
    const form = new URLSearchParams({ '': secret }).toString().slice(1);
    for (const text of [secret, json, form, encodeURIComponent(secret), encodeURI(secret), escapeXml(secret)]) {
      this.#texts.add(text);
    }
  }

  /** The private key of a certificate is never sent, and its assertion is a JSON Web Token. */
  learnFrom(secret: ConnectionSecret): void {
    if (secret.method === 'appSecret') this.learn(secret.clientSecret);
    if ('password' in secret) this.learn(secret.password);
    if (secret.method === 'account') for (const token of tokensIn(secret.tokenCache)) this.learn(token);
  }

  clean(text: string): string {
    return without([...this.#texts], text)
      .replaceAll(jwt, mark)
      .replaceAll(ntlmProof, mark);
  }

  /** What is the program's own in a result, as ids and codes are, stays as it is. */
  cleanResult<Id extends AnyCheckId>(result: CheckResult<Id>): CheckResult<Id> {
    return {
      ...result,
      detail: this.clean(result.detail),
      findings: result.findings.map((finding) => this.cleanFinding(finding)),
      exchanges: result.exchanges.map((exchange) => ({
        ...exchange,
        url: this.clean(exchange.url),
        headers: this.#cleanValues(exchange.headers),
      })),
    };
  }

  cleanFinding(finding: Finding): Finding {
    return {
      ...finding,
      title: this.clean(finding.title),
      explanation: this.clean(finding.explanation),
      remedies: finding.remedies.map((remedy) => this.#cleanRemedy(remedy)),
    };
  }

  #cleanRemedy(remedy: Remedy): Remedy {
    return {
      ...remedy,
      text: this.clean(remedy.text),
      ...(remedy.command !== undefined && { command: this.clean(remedy.command) }),
      ...(remedy.link !== undefined && { link: this.clean(remedy.link) }),
    };
  }

  #cleanValues(values: Readonly<Record<string, string>>): Record<string, string> {
    return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, this.clean(value)]));
  }
}

function without(secrets: readonly string[], text: string): string {
  let cleaned = '';
  for (let from = 0; ;) {
    const places = secrets.map((secret) => text.indexOf(secret.slice(0, longBeginning), from)).filter((at) => at >= 0);
    if (places.length === 0) return cleaned + text.slice(from);
    const at = Math.min(...places);
    cleaned += text.slice(from, at) + mark;
    // A secret that is written in several ways may begin alike in all of them.
    from = at + Math.max(...secrets.map((secret) => commonLength(secret, text, at)));
  }
}

function commonLength(secret: string, text: string, at: number): number {
  let length = 0;
  while (length < secret.length && text[at + length] === secret[length]) length += 1;
  return length;
}

/** Texts of MSAL's cache that are tokens: it calls each `secret`. */
function tokensIn(tokenCache: string): readonly string[] {
  const found: string[] = [];
  try {
    JSON.parse(tokenCache, (name, value: unknown) => {
      if (name === 'secret' && typeof value === 'string') found.push(value);
      return value;
    });
  } catch {
    // No cache of MSAL's: it cannot be used, so nothing of it is sent.
  }
  return found;
}
