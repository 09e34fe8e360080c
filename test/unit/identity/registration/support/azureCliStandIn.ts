import { createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import { listen } from '../../../support/rawServer.ts';
import { shQuote } from '../../../../../src/identity/registration/quote.ts';

interface ApiAccess {
  readonly resourceAppId: string;
  readonly resourceAccess: readonly { readonly id: string; readonly type: string }[];
}

interface StandInApp {
  readonly displayName?: string;
  readonly tags?: readonly string[];
  readonly keyCredentials: readonly { readonly key: string }[];
  readonly requiredResourceAccess: readonly ApiAccess[];
}

/** What the stand-in knows of the machine's Azure CLI and of the tenant. */
export interface StandInState {
  graph: string;
  /** The active cloud. */
  cloud: string;
  /** Hosts of the sign-in services of clouds that were registered beside Azure CLI's own. */
  otherClouds: readonly string[];
  /** Name of the tenant that Azure CLI is signed in to, or ''. */
  signedIn: string;
  /** Its object id is object-1, its client id client-1. */
  app?: StandInApp;
  /** Ids of the service principals by client id. */
  principals: Readonly<Record<string, string>>;
  assignments: readonly unknown[];
  /** So many attempts find that the new app is not known everywhere yet. */
  spreading: number;
  /** No service principal may be made. */
  refuses: boolean;
}

export const exchangeApi = '00000002-0000-0ff1-ce00-000000000000';
export const graphApi = '00000003-0000-0000-c000-000000000000';

class Refusal extends Error {}

const json = (list: readonly unknown[]): string => list.map((one) => JSON.stringify(one)).join(',');

/**
 * Answers what the script asks of Azure CLI as the real one (2.45) prints it. It lives in the test's process; the program
 * `az` is a few lines of bash that hand their arguments over.
 */
export class AzureCliStandIn {
  readonly state: StandInState;
  /** The arguments of each call since the start. */
  readonly calls: (readonly string[])[] = [];
  readonly #server: Server;

  constructor(state: Partial<StandInState>) {
    this.state = {
      graph: 'https://graph.microsoft.com',
      cloud: 'AzureCloud',
      otherClouds: [],
      signedIn: '',
      principals: { [exchangeApi]: 'exchange-principal', [graphApi]: 'graph-principal' },
      assignments: [],
      spreading: 0,
      refuses: false,
      ...state,
    };
    this.#server = createServer((socket) => this.#serve(socket));
  }

  /** Starts to answer. @returns the text of the program az */
  async start(): Promise<string> {
    const port = await listen(this.#server);
    return [
      '#!/usr/bin/env bash',
      `exec 3<>/dev/tcp/127.0.0.1/${port}`,
      `printf ${shQuote(String.raw`%s\0`)} "$#" "$@" >&3`,
      'IFS= read -r code <&3',
      'if [ "$code" = 0 ]; then cat <&3; else cat <&3 >&2; fi',
      'exit "$code"',
      '',
    ].join('\n');
  }

  close(): void {
    this.#server.close();
  }

  /** What was written to Graph. */
  get writes(): readonly string[] {
    const rest = this.calls.filter(([verb, , method]) => verb === 'rest' && method !== 'get');
    return rest.map((call) => `${call[2] ?? ''} ${(call[4] ?? '').replace(/^.*\/v1\.0\//, '')}`);
  }

  #serve(socket: Socket): void {
    let sent = '';
    socket.setEncoding('utf8').on('data', (text: string) => {
      sent += text;
      const [count, ...given] = sent.split('\0').slice(0, -1);
      if (count !== undefined && given.length === Number(count)) socket.end(this.#answer(given));
    });
  }

  #answer(given: readonly string[]): string {
    this.calls.push(given);
    try {
      const lines = this.#run(given).filter((line) => line !== '');
      return ['0', ...lines, ''].join('\n');
    } catch (error) {
      return `1\n${String(error)}\n`;
    }
  }

  #run(given: readonly string[]): readonly string[] {
    const option = (name: string): string => (given.includes(name) ? (given[given.indexOf(name) + 1] ?? '') : '');
    const { state } = this;
    switch (given[0] === 'cloud' ? `cloud ${given[1] ?? ''}` : given[0]) {
      case 'cloud show':
        return [state.cloud];
      case 'cloud set':
        state.cloud = option('--name');
        return [];
      case 'cloud list':
        return state.otherClouds
          .filter((host) => option('--query').includes(`'${host}'`))
          .map((host) => `Cloud of ${host}`);
      case 'login':
        state.signedIn = option('--tenant');
        return [];
      case 'rest':
        if (option('--resource') !== state.graph || state.signedIn === '') throw new Refusal('Please run az login.');
        return this.#rest(option('--method'), option('--url'), option('--query'), option('--body'));
      default:
        throw new Refusal(`The stand-in does not know ${given.join(' ')}.`);
    }
  }

  #rest(method: string, url: string, query: string, body: string): readonly string[] {
    const { state } = this;
    const [resource = '', parameters = ''] = url.replace(`${state.graph}/v1.0/`, '').split('?');
    const sent: unknown = body === '' ? {} : JSON.parse(body);
    switch (`${method} ${resource}`) {
      case 'get organization':
        return ['tenant-id', state.signedIn];
      case 'get applications':
        return [state.app ? 'object-1 client-1' : ''];
      case 'post applications':
        state.app = Object.assign({ keyCredentials: [], requiredResourceAccess: [] }, sent);
        return ['object-1 client-1'];
      case 'get applications/object-1':
        return [parameters.includes('keyCredentials') ? this.#keys(query) : this.#listed(query)];
      case 'patch applications/object-1':
        state.app = Object.assign({ ...this.#app }, sent);
        return [];
      case 'get servicePrincipals':
        return [state.principals[/%27(.*?)%27/.exec(parameters)?.[1] ?? ''] ?? ''];
      case 'post servicePrincipals':
        return this.#createPrincipal();
      case 'get servicePrincipals/own-principal/appRoleAssignments': {
        const ids = [...query.matchAll(/== '([^']*)'/g)].map(([, id]) => id);
        const granted = state.assignments.map((one) => JSON.stringify(one));
        return [String(granted.filter((one) => ids.every((id) => one.includes(`"${id ?? ''}"`))).length)];
      }
      case 'post servicePrincipals/own-principal/appRoleAssignments':
        state.assignments = [...state.assignments, sent];
        return ['an-assignment'];
      default:
        throw new Refusal(`The stand-in does not know ${method} ${resource}.`);
    }
  }

  get #app(): StandInApp {
    if (!this.state.app) throw new Refusal('Not Found({"error":{"code":"Request_ResourceNotFound"}})');
    return this.state.app;
  }

  #listed(query: string): string {
    const { requiredResourceAccess: list } = this.#app;
    const id = /\?id == '([^']*)'/.exec(query)?.[1];
    if (id !== undefined) {
      return String(list.flatMap((one) => one.resourceAccess).filter((one) => one.id === id).length);
    }
    const [, comparison, api] = /resourceAppId ([!=]=) '([^']*)'/.exec(query) ?? [];
    if (comparison === '!=') return json(list.filter((one) => one.resourceAppId !== api));
    return json(list.filter((one) => one.resourceAppId === api).flatMap((one) => one.resourceAccess));
  }

  #keys(query: string): string {
    const { keyCredentials } = this.#app;
    const key = /\?key == '([^']*)'/.exec(query)?.[1];
    return key === undefined ? json(keyCredentials) : String(keyCredentials.filter((one) => one.key === key).length);
  }

  #createPrincipal(): readonly string[] {
    const { state } = this;
    if (state.refuses) throw new Refusal('Forbidden({"error":{"code":"Authorization_RequestDenied"}})');
    if (state.spreading > 0) {
      state.spreading--;
      throw new Refusal('Bad Request({"error":{"code":"Request_BadRequest"}})');
    }
    state.principals = { ...state.principals, 'client-1': 'own-principal' };
    return ['own-principal'];
  }
}
