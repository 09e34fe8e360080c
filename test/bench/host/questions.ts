import { createServer } from 'node:http';

/** Names the port (of the loopback address) on which a program in the extension host answers the bench. */
export const portVariable = 'EXCHANGE_MIGRATION_BENCH_PORT';

/** Answers `GET /<name>` with what the function of that name returns, as JSON, or with status 500 and its error. */
export function answerQuestions(answers: Readonly<Record<string, () => unknown>>): { dispose(): void } {
  const server = createServer((request, response) => {
    const answer = answers[(request.url ?? '').slice(1)];
    Promise.resolve()
      .then(() => {
        if (answer === undefined) throw new Error(`Nobody answers ${request.url ?? ''}.`);
        return answer();
      })
      .then(
        (value) => response.end(JSON.stringify(value ?? null)),
        (error: unknown) => response.writeHead(500).end(String(error)),
      );
  });
  server.listen(Number(process.env[portVariable]), '127.0.0.1');
  return {
    dispose: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
