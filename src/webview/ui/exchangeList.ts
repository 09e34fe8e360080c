import { make } from './dom.ts';
import { formatDuration } from './duration.ts';
import type { ExchangeView } from '../protocol.ts';

/** The requests of a check: what was asked, what came back, how long it took, and the ids that support asks for. */
export function makeExchangeList(exchanges: readonly ExchangeView[]): HTMLElement {
  return make('ol', 'exchanges', ...exchanges.map(makeExchange));
}

function makeExchange({ request, response, durationMs, ids }: ExchangeView): HTMLElement {
  const item = make(
    'li',
    '',
    make('div', 'request', request),
    make('div', 'response', make('span', '', response), make('span', 'duration', formatDuration(durationMs))),
  );
  if (ids.length > 0) {
    const rows = ids.map(({ name, value }) => make('div', '', make('dt', '', name), make('dd', '', value)));
    item.append(make('dl', 'ids', ...rows));
  }
  return item;
}
