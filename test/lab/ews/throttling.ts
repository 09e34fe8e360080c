import { empty } from '../http.ts';
import type { LabAnswer } from '../http.ts';
import type { BusyState } from '../state.ts';
import { SoapFault } from './fault.ts';
import { leaf, tag } from './xml.ts';

/** The Retry-After header of a busy state, if it has one. */
function retryAfter(busy: BusyState): Record<string, string> {
  return busy.retryAfterSeconds === undefined ? {} : { 'retry-after': String(busy.retryAfterSeconds) };
}

/** The throttling forms that are plain HTTP answers; undefined for those that are SOAP. */
export function busyHttpAnswer(busy: BusyState): LabAnswer | undefined {
  switch (busy.form) {
    case 'http503':
      return {
        status: 503,
        headers: { 'content-type': 'text/html', ...retryAfter(busy) },
        body: '<html><body>Service Unavailable</body></html>',
      };
    case 'http429':
      return empty(429, retryAfter(busy));
    case 'http401':
      // Exchange Online sometimes says 401 to a good token when it means "slow down".
      return empty(401, { 'www-authenticate': 'Bearer', ...retryAfter(busy) });
    default:
      return undefined;
  }
}

/** The fault of a busy server; undefined for the form that is an HTTP 200. */
export function busyFault({ form, backOffMs }: BusyState): SoapFault | undefined {
  const values = backOffMs === undefined ? {} : { BackOffMilliseconds: backOffMs };
  switch (form) {
    case 'serverBusy':
      return new SoapFault(
        'ErrorServerBusy',
        'The server cannot service this request right now. Try again later.',
        values,
      );
    case 'concurrentSync':
      return new SoapFault('ErrorServerBusy', 'The server cannot service this request right now. Try again later.', {
        Policy: 'ConcurrentSyncCalls',
        ConcurrentSyncCallsLimit: 5,
        BackOffMilliseconds: backOffMs ?? 5_000,
      });
    case 'connectionCount':
      return new SoapFault(
        'ErrorExceededConnectionCount',
        `You have exceeded the available concurrent connections for your account. Try again once your other requests have completed. Suggested backoff time ${backOffMs ?? 0} ms.`,
        { Policy: 'MaxConcurrency', MaxConcurrencyLimit: 27, ErrorMessage: '' },
      );
    default:
      return undefined;
  }
}

/** The form in which an HTTP 200 carries an ErrorInternalServerError with an inner ErrorServerBusy. */
export function innerServerBusy(operation: string, backOffMs: number | undefined): string {
  const inner = [
    tag(
      't:Value',
      { Name: 'InnerErrorMessageText' },
      'The server cannot service this request right now. Try again later.',
    ),
    tag('t:Value', { Name: 'InnerErrorResponseCode' }, 'ErrorServerBusy'),
    tag('t:Value', { Name: 'InnerErrorDescriptiveLinkKey' }, '0'),
    backOffMs === undefined ? '' : tag('t:Value', { Name: 'BackOffMilliseconds' }, String(backOffMs)),
  ];
  const message = tag(
    `m:${operation}ResponseMessage`,
    { ResponseClass: 'Error' },
    leaf(
      'm:MessageText',
      'An internal server error occurred. The operation failed., The server cannot service this request right now. Try again later.',
    ),
    leaf('m:ResponseCode', 'ErrorInternalServerError'),
    leaf('m:DescriptiveLinkKey', 0),
    tag('m:MessageXml', {}, ...inner),
  );
  return tag('m:ResponseMessages', {}, message);
}
