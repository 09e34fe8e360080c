import { json } from './http.ts';
import type { LabAnswer, LabRequest } from './http.ts';
import type { RequestLog } from './requestLog.ts';
import { StateError } from './stateStore.ts';
import type { StateStore } from './stateStore.ts';

export interface ControlContext<State> {
  readonly state: StateStore<State>;
  readonly log: RequestLog;
  /** Conditions by name; none where there are no scenarios. */
  readonly scenarios: ReadonlyMap<string, () => object>;
}

/** A patch as it is, or the one of the scenario that `{"scenario": name}` names. */
function patchOf(body: unknown, scenarios: ControlContext<unknown>['scenarios']): unknown {
  if (typeof body !== 'object' || body === null || !('scenario' in body)) return body;
  const { scenario: name, ...rest } = body;
  const found = scenarios.get(String(name));
  if (!found)
    throw new StateError(`unknown scenario ${JSON.stringify(name)}; known: ${[...scenarios.keys()].join(', ')}`);
  return { ...found(), ...rest };
}

function patch<State>(request: LabRequest, context: ControlContext<State>): LabAnswer {
  let body: unknown;
  try {
    body = JSON.parse(request.body);
  } catch {
    return json(400, { error: 'The body is not JSON.' });
  }
  try {
    context.state.patch(patchOf(body, context.scenarios));
  } catch (error) {
    if (!(error instanceof StateError)) throw error;
    return json(400, { error: error.message });
  }
  return json(200, context.state.current);
}

/** The lab's own interface: look at and change the state, read the request log. */
export function answerControl<State>(request: LabRequest, context: ControlContext<State>): LabAnswer {
  const { state, log } = context;
  const isLog = request.path === '/control/requests';
  if (!isLog && request.path !== '/control') return json(404, { error: 'There is /control and /control/requests.' });
  switch (request.method) {
    case 'GET':
      return json(200, isLog ? log.entries : { ...state.current, requests: log.entries });
    case 'PATCH':
      return isLog ? json(405, { error: 'The log can be read and deleted.' }) : patch(request, context);
    case 'DELETE':
      if (!isLog) state.reset();
      log.clear();
      return json(200, isLog ? [] : state.current);
    default:
      return json(405, { error: 'GET, PATCH and DELETE are known.' });
  }
}
