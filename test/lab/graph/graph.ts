import { randomUUID } from 'node:crypto';
import { header } from '../http.ts';
import type { LabAnswer, LabRequest } from '../http.ts';
import { take } from '../stateStore.ts';
import type { GraphContext } from './call.ts';
import { identifyGraphCaller } from './caller.ts';
import type { GraphCaller } from './caller.ts';
import { denied, errorAnswer, failure, GraphError } from './errors.ts';
import type { GraphIds } from './errors.ts';
import type { GraphOperation } from './operationNames.ts';
import { routes } from './routes.ts';
import type { Route } from './routes.ts';
import { downloadReport, isDownload } from './usageReport.ts';

/** Path below /v1.0 with percent-encoding undone; null for other versions and for what cannot be decoded. */
function resourcePath(path: string): string | null {
  const below = /^\/v1\.0(\/.*?)\/?$/i.exec(path)?.[1];
  try {
    return below === undefined ? null : decodeURIComponent(below);
  } catch {
    return null;
  }
}

function routeOf(method: string, path: string): Route | undefined {
  const resource = resourcePath(path);
  return routes.find((route) => resource !== null && route.method === method && route.path.test(resource));
}

/** The operation that a request asks for; null when Graph, or the lab, has no such. */
export function graphOperation(method: string, path: string): GraphOperation | null {
  return isDownload(path) ? 'downloadReport' : (routeOf(method, path)?.operation ?? null);
}

function authorize({ permissions, forAdministrators }: Route, caller: GraphCaller): void {
  if (!permissions.some((permission) => caller.permissions.includes(permission))) throw denied();
  if (forAdministrators && caller.user && caller.role === 'user') throw denied();
}

function unknownRequest(path: string): GraphError {
  const resource = resourcePath(path) ?? '';
  if (routes.some((route) => route.path.test(resource))) {
    return new GraphError(405, 'Request_BadRequest', 'Specified HTTP method is not allowed for the request target.');
  }
  const segment = resource.split('/').at(-1) ?? '';
  return new GraphError(400, 'BadRequest', `Resource not found for the segment '${segment}'.`);
}

function answer(request: LabRequest, context: GraphContext): LabAnswer {
  if (isDownload(request.path)) return downloadReport(request, context);
  const caller = identifyGraphCaller(request, context);
  const route = routeOf(request.method, request.path);
  if (!route) throw unknownRequest(request.path);
  const fail = context.state.graph.fail.find((one) => one.operation === route.operation && take(one));
  if (fail) throw failure(fail);
  authorize(route, caller);
  const keys = route.path.exec(resourcePath(request.path) ?? '')?.groups ?? {};
  return route.answer({ ...context, request, caller, keys });
}

/** Microsoft Graph's part of the lab: apps, service principals and grants, and what is read of the tenant beside. */
export function answerGraph(request: LabRequest, context: GraphContext): LabAnswer {
  const requestId = randomUUID();
  const ids: GraphIds = { requestId, clientRequestId: header(request, 'client-request-id') ?? requestId };
  let made: LabAnswer;
  try {
    made = answer(request, context);
  } catch (error) {
    if (!(error instanceof GraphError)) throw error;
    made = errorAnswer(error, ids, context.nowMs);
  }
  const server = { DataCenter: 'Lab', Slice: 'E', Ring: '5', ScaleUnit: '000', RoleInstance: 'LAB0000' };
  return {
    ...made,
    headers: {
      'cache-control': 'no-cache',
      'strict-transport-security': 'max-age=31536000',
      ...made.headers,
      ...(context.state.graph.usedBudget >= 0.8 && {
        'x-ms-throttle-limit-percentage': String(context.state.graph.usedBudget),
      }),
      'request-id': requestId,
      'client-request-id': ids.clientRequestId,
      'x-ms-ags-diagnostic': JSON.stringify({ ServerInfo: server }),
    },
  };
}
