// What a scan is made of, loaded when the first one begins.
export { largestItemFor, usualRequestLimit } from './largestItem.ts';
export { connectionsFor, scanJob } from './scanJob.ts';
export { pairsOf } from './scanPairs.ts';
