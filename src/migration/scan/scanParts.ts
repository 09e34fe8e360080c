// What a scan is made of, loaded when the first one begins.
export { largestItemFor } from './largestItem.ts';
export { scanAndSave } from './savedScan.ts';
export { connectionsFor } from './scanJob.ts';
