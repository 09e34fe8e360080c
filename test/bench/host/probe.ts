/** An extension beside the measured one: looks at the extension host from inside. */
import { subscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import * as vscode from 'vscode';
import type { Span } from '../roundTrips.ts';
import { answerQuestions } from './questions.ts';

export interface Activation {
  readonly ms: number;
  /** Milliseconds that processors worked for the extension host meanwhile: hardly depends on what else they do. */
  readonly cpuMs: number;
}

/** What went on in the extension host while it was watched. */
export interface Watched {
  /** Longest time for which the event loop turned to nothing else, in milliseconds. */
  readonly longestBlockMs: number;
  /** Requests that were answered. */
  readonly requests: readonly Span[];
}

/** Of the extension host, with all extensions in it; in bytes. */
export interface Memory {
  readonly rss: number;
  /** Of the heap, what is in use after the garbage has been collected. */
  readonly heapKept: number;
}

/** How often the delay of the event loop is looked at, in milliseconds; the figure contains it. */
const resolution = 5;

const loop = monitorEventLoopDelay({ resolution });
const startedAt = new WeakMap<ClientRequest, number>();
let requests: Span[] = [];

export function activate(context: vscode.ExtensionContext): void {
  // Node tells of each request of the process here, at the moment it is sent and at the moment its answer begins.
  subscribe('http.client.request.start', (message) => {
    startedAt.set(requestOf(message), performance.now());
  });
  subscribe('http.client.response.finish', (message) => {
    const start = startedAt.get(requestOf(message));
    if (start !== undefined) requests.push({ start, end: performance.now() });
  });
  context.subscriptions.push(answerQuestions({ idle, activate: activateExtension, watch, watched, memory }));
}

/** Waits until VS Code has started its own extensions: half a second in which the event loop was hardly used. */
async function idle(): Promise<void> {
  let before = performance.eventLoopUtilization();
  for (;;) {
    await delay(500);
    const now = performance.eventLoopUtilization();
    if (performance.eventLoopUtilization(now, before).utilization < 0.05) return;
    before = now;
  }
}

/** From the wish for the extension until its activate() has returned: reading, compiling, running. */
async function activateExtension(): Promise<Activation> {
  const extension = vscode.extensions.getExtension('exchange-migration.exchange-migration');
  if (extension === undefined || extension.isActive) throw new Error('The extension is not there, or active already.');
  const cpu = process.cpuUsage();
  const start = performance.now();
  await extension.activate();
  const ms = performance.now() - start;
  const { user, system } = process.cpuUsage(cpu);
  return { ms, cpuMs: (user + system) / 1000 };
}

function watch(): void {
  requests = [];
  loop.reset();
  loop.enable();
}

function watched(): Watched {
  loop.disable();
  return { longestBlockMs: Math.max(0, loop.max / 1e6 - resolution), requests };
}

function memory(): Memory {
  const { rss } = process.memoryUsage();
  collectGarbage();
  return { rss, heapKept: process.memoryUsage().heapUsed };
}

function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)(); // What the flag gives to new contexts.
}

function requestOf(message: unknown): ClientRequest {
  return (message as { request: ClientRequest }).request; // Node documents it for both channels.
}
