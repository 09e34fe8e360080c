// What a scan is made of, loaded when the first one begins.
export { largestItemFor, usualRequestLimit } from './largestItem.ts';
export { scanAndSave } from './savedScan.ts';
export { connectionsFor } from './scanJob.ts';
export { pairsOf } from './scanPairs.ts';
