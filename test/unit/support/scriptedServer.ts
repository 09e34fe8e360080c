import type { ServerCertificates } from '../../lab/certificates.ts';
import { httpAnswer, startRawServer } from './rawServer.ts';
import type { RawServer } from './rawServer.ts';

export interface ScriptedAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface ScriptedServer extends RawServer {
  /** The text of every request so far. */
  readonly requests: readonly string[];
}

/** A server that gives these answers in turn, the last one again and again. */
export async function startScriptedServer(
  certificates: ServerCertificates,
  answers: readonly ScriptedAnswer[],
): Promise<ScriptedServer> {
  const requests: string[] = [];
  const server = await startRawServer(certificates, (socket, { text }) => {
    requests.push(text);
    const { status = 200, headers = {}, body = '' } = answers[requests.length - 1] ?? answers.at(-1) ?? {};
    socket.write(httpAnswer(status, headers, body));
  });
  return { ...server, requests };
}

/** The value of a header of a request's text; undefined when it has none. */
export function headerOf(request: string, name: string): string | undefined {
  return new RegExp(`\\r\\n${name}: ([^\\r]*)\\r\\n`, 'i').exec(request)?.[1];
}
