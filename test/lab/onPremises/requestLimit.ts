import { header } from '../http.ts';
import type { LabAnswer, LabRequestHead } from '../http.ts';
import type { Refusal } from '../listener.ts';
import type { OnPremisesState } from './state.ts';

/** The page of IIS for visitors from another machine: it does not tell the sub-status, 404.13, which is in its log only. */
const notFound =
  '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd"><html xmlns="http://www.w3.org/1999/xhtml"><head><title>404 - File or directory not found.</title></head><body><h1>Server Error</h1><h2>404 - File or directory not found.</h2></body></html>';

function answer(status: OnPremisesState['requestLimit']['answer']): LabAnswer {
  switch (status) {
    case 404: // The request filter of IIS (maxAllowedContentLength).
      return { status, headers: { 'content-type': 'text/html' }, body: notFound };
    case 413: // WCF behind it (maxReceivedMessageSize).
    case 507: // The front end's proxy, as servers of 2013 have answered.
      return { status, headers: {}, body: '' };
  }
}

/** Refuses a request by the length that it announces, before anybody has signed in. */
export function refuseBySize(request: LabRequestHead, { requestLimit }: OnPremisesState): Refusal | undefined {
  if (Number(header(request, 'content-length') ?? 0) <= requestLimit.bytes) return undefined;
  const made = answer(requestLimit.answer);
  if (requestLimit.rest === 'read') return { answer: made, rest: 'read' };
  return { answer: { ...made, headers: { ...made.headers, connection: 'close' } }, rest: 'cut' };
}
