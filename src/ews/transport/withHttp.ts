import { HttpClient } from './httpClient.ts';
import type { Http } from './httpClient.ts';
import { trustedCas } from './trustedCas.ts';

/**
 * Does one piece of work with connections of its own, which are closed when it has ended.
 * @param additionalCa PEM of authorities to trust besides the machine's
 * @param signal ends the requests
 */
export async function withHttp<T>(
  additionalCa: string | undefined,
  signal: AbortSignal,
  work: (http: Http) => Promise<T>,
): Promise<T> {
  const client = new HttpClient(trustedCas(additionalCa));
  try {
    return await work(client.within({ signal }));
  } finally {
    client.close();
  }
}
