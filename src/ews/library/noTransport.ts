/**
 * Stands in for @ewsjs/xhr, the transport that ews-javascript-api brings along: it opens a TLS connection per call and
 * hides the answer's headers. Requests go through our own transport (worker.ts), so using this one is a mistake.
 */
export function XhrApi(): never {
  throw new Error('ews-javascript-api must use the transport it is given.');
}
