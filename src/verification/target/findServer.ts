import type { TargetSecret } from '../../connections/secret.ts';
import { discoverServer, ServerDiscoveryError } from '../../ews/onPremisesAutodiscover/discoverServer.ts';
import { withHttp } from '../../ews/transport/withHttp.ts';
import { Redaction } from '../redaction.ts';
import type { Finding } from '../verification.ts';
import { explainTarget } from './explainTarget.ts';
import { discoveryDeclined } from './findings/autodiscover.ts';
import { targetContextOf } from './targetContext.ts';
import { authorizationOf } from './targetInput.ts';

export interface ServerSearch {
  /** By whose address Autodiscover finds the server. */
  readonly mailbox: string;
  readonly userName: string;
  readonly secret: TargetSecret;
  /** PEM of authorities trusted besides the machine's own. */
  readonly additionalCa: string | undefined;
  /** Whether the credentials may be sent to a host (with its port, if it is not 443) outside the mailbox's domain. */
  readonly mayGoTo: (host: string) => Promise<boolean>;
  readonly signal: AbortSignal;
}

export type FoundServer = { readonly ews: string } | { readonly finding: Finding } | { readonly cancelled: true };

/** Hosts that the user is asked about; more are a game that somebody plays. */
const mostQuestions = 5;

/**
 * Finds the EWS address of a mailbox's server by Autodiscover. Hosts of the mailbox's own domain get the credentials as
 * every mail program gives them; the user is asked about any other. Never rejects.
 */
export async function findServer(search: ServerSearch, userAgent: string): Promise<FoundServer> {
  const redaction = new Redaction();
  redaction.learnFrom(search.secret);
  try {
    return await withHttp(search.additionalCa, search.signal, async (http) => {
      const confirmed = new Set<string>();
      for (let questions = 0; questions < mostQuestions; questions++) {
        const step = await discoverServer(http, {
          mailbox: search.mailbox,
          authorization: () => authorizationOf(asInput(search)),
          userAgent,
          confirmedHosts: confirmed,
        });
        const url = step.kind === 'found' ? (step.ewsUrls[0] ?? '') : step.url;
        const { host } = new URL(url);
        if (!isOfDomain(host, search.mailbox) && !confirmed.has(host) && !(await search.mayGoTo(host))) {
          return { finding: discoveryDeclined(host) };
        }
        if (step.kind === 'found') return { ews: url };
        confirmed.add(host);
      }
      throw new ServerDiscoveryError('tooManyRedirects', search.mailbox, [...confirmed]);
    });
  } catch (error) {
    if (search.signal.aborted) return { cancelled: true };
    return { finding: redaction.cleanFinding(explainTarget(error, targetContextOf(asInput(search).settings))) };
  }
}

/** What signing in to the server takes, whose address is not known yet. */
function asInput({ mailbox, userName, secret }: ServerSearch): Parameters<typeof authorizationOf>[0] {
  const domain = mailbox.slice(mailbox.lastIndexOf('@') + 1);
  return {
    settings: {
      name: domain,
      server: { ews: `https://${domain}/EWS/Exchange.asmx`, from: 'autodiscover' },
      signIn: { method: secret.method, userName },
      testMailbox: mailbox,
    },
    secret,
  };
}

/** At another port than that of https it is another host. */
function isOfDomain(host: string, mailbox: string): boolean {
  const domain = mailbox.slice(mailbox.lastIndexOf('@') + 1).toLowerCase();
  return host === domain || host.endsWith(`.${domain}`);
}
