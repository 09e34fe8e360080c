// What a scan is made of, loaded when the first one begins.
export { largestItemFor } from './largestItem.ts';
export { connectionsFor, scanJob } from './scanJob.ts';
