import type { ServerResponse } from 'node:http';
import type { LabAnswer, Service } from './http.ts';
import type { LabState, WireFault } from './state.ts';
import { take } from './stateStore.ts';

/** The first fault of the state that concerns this request; one of its times is used up. */
export function takeWireFault(
  state: Pick<LabState, 'faults'>,
  service: Service,
  operation: string | null,
): WireFault | undefined {
  return state.faults.find(
    (fault) =>
      (fault.service === 'any' || fault.service === service) &&
      (fault.operation === undefined || fault.operation === operation) &&
      take(fault),
  );
}

const chunk = Buffer.alloc(64 * 1024, 0x20);

/** The size of kind huge: more than any answer a client should be ready to hold. */
const hugeBytes = 256 * 1024 * 1024;

function stream(response: ServerResponse, bytes: number): void {
  let left = bytes;
  const more = (): void => {
    while (left > 0 && !response.destroyed) {
      left -= chunk.length;
      if (!response.write(chunk)) {
        response.once('drain', more);
        return;
      }
    }
    if (left <= 0) response.end();
  };
  more();
}

const signInPage =
  '<!DOCTYPE html><html lang="en"><head><title>Sign in</title></head><body><h1>Sign in to the network</h1></body></html>';

/** Whether the service's own answer is needed to play this fault. */
export const needsAnswer = (fault: WireFault): boolean => fault.kind === 'truncated';

/** Plays a fault on the wire instead of sending the answer. */
export function playWireFault(fault: WireFault, response: ServerResponse, answer: LabAnswer): void {
  const send = (status: number, headers: Record<string, string>, body: string): void => {
    response.writeHead(status, headers).end(body);
  };
  switch (fault.kind) {
    case 'reset': // The listener resets the TCP connection itself.
    case 'hang':
      return;
    case 'html':
      send(200, { 'content-type': 'text/html; charset=utf-8' }, signInPage);
      return;
    case 'notJson':
      send(200, { 'content-type': 'application/json; charset=utf-8' }, '{"access_token": oops');
      return;
    case 'notXml':
      send(200, { 'content-type': 'text/xml; charset=utf-8' }, '<s:Envelope><unclosed');
      return;
    case 'truncated': {
      const whole = Buffer.from(answer.body);
      response.writeHead(answer.status, { ...answer.headers, 'content-length': whole.length });
      response.write(whole.subarray(0, Math.floor(whole.length / 2)), () => response.socket?.destroy());
      return;
    }
    case 'endless':
      response.writeHead(200, { 'content-type': 'text/xml; charset=utf-8' });
      stream(response, Infinity);
      return;
    case 'huge':
      response.writeHead(200, { 'content-type': 'text/xml; charset=utf-8', 'content-length': hugeBytes });
      stream(response, hugeBytes);
      return;
    case 'redirectToHttp':
      send(302, { location: `http://localhost:${response.socket?.localPort ?? 80}/` }, '');
      return;
    case 'redirectToOtherHost':
      send(302, { location: 'https://elsewhere.example/' }, '');
      return;
    case 'status':
      send(fault.status ?? 500, { 'content-type': 'text/plain' }, 'The service is not available.');
      return;
  }
}
