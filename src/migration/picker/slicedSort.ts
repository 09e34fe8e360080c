import type { Pace } from '../pace.ts';

/** Sorted at a stretch: takes a few milliseconds even with a comparison that asks for the letters' order in a language. */
const runLength = 1024;
const betweenLooks = 1024;

/**
 * The numbers from 0 to `count` in order, by merging; equal ones stay in theirs. Takes time in slices, as sorting 100,000
 * texts at a stretch holds up everything for half a second.
 * @throws what `pace` throws
 */
export async function sortedOrder(
  count: number,
  compare: (a: number, b: number) => number,
  pace: Pace,
): Promise<Uint32Array<ArrayBuffer>> {
  let from = new Uint32Array(count);
  for (let at = 0; at < count; at++) from[at] = at;
  for (let at = 0; at < count; at += runLength) {
    from.subarray(at, at + runLength).sort(compare);
    if (pace.isOver) await pace.next(at);
  }
  let to = new Uint32Array(count);
  for (let length = runLength; length < count; length *= 2) {
    for (let at = 0; at < count; at += 2 * length) await merge(from, to, at, length, compare, pace);
    [from, to] = [to, from];
  }
  return from;
}

async function merge(
  from: Uint32Array,
  to: Uint32Array,
  start: number,
  length: number,
  compare: (a: number, b: number) => number,
  pace: Pace,
): Promise<void> {
  const middle = Math.min(start + length, from.length);
  const end = Math.min(start + 2 * length, from.length);
  let [left, right] = [start, middle];
  for (let at = start; at < end; at++) {
    const [first = 0, second = 0] = [from[left], from[right]];
    const isLeft = left < middle && (right >= end || compare(first, second) <= 0);
    to[at] = isLeft ? first : second;
    if (isLeft) left += 1;
    else right += 1;
    if (at % betweenLooks === 0 && pace.isOver) await pace.next(at);
  }
}
