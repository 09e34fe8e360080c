/** Of Exchange, in bytes: where no verification has found out another limit. */
export const usualRequestLimit = 64 * 1024 * 1024;

/** Of a request beside the item's data (bytes): envelope, impersonation, ids, with room to spare. */
const envelope = 4_096;

/**
 * The largest item (bytes of its stream) that fits into a request. Its data goes as base64, 4 characters for each 3 bytes:
 * of Exchange's usual 67,108,864 bytes 50,328,576 are left.
 * @param requestLimit bytes of a whole request, as a verification of the target finds it out
 */
export function largestItemFor(requestLimit: number): number {
  return Math.max(0, Math.floor((requestLimit - envelope) / 4) * 3);
}
