import type { ArenaFacts, PlannedBuffer } from '../../runtimes/facts';
import { bytesText } from '../../text/units';

/** More would not be read. */
const mostNamed = 2;

/**
 * Which tensors hold the arena at the step at which most bytes are alive, the largest first, and whether one of them
 * alone is too large; empty where they are not known.
 */
export function peakHoldersText({ detail, persistentBytes }: ArenaFacts, limitBytes: number): string {
  const [largest, ...others] = heldAtPeak(detail?.buffers ?? []).sort((a, b) => b.bytes - a.bytes);
  if (largest === undefined) return '';
  const named = [largest, ...others]
    .slice(0, mostNamed)
    .map((buffer) => `${nameOf(buffer)} (${bytesText(buffer.bytes)})`);
  const most = ` Most of it is ${named.join(' and ')}.`;
  const isTooLarge = largest.bytes + persistentBytes > limitBytes;
  return isTooLarge ? `${most} With ${nameOf(largest)} as large as that nothing fits, wherever tensors lie.` : most;
}

/** Inputs of the model live from the start. */
function nameOf({ kind, name, firstStep, graph }: PlannedBuffer): string {
  if (kind === 'scratch') return `the ${name}`;
  return firstStep === 0 && graph === 0 ? `the input "${name}"` : `"${name}"`;
}

/** More bytes than at any other step are alive at one at which a buffer begins. */
function heldAtPeak(buffers: readonly PlannedBuffer[]): PlannedBuffer[] {
  let peak: { readonly bytes: number; readonly held: PlannedBuffer[] } = { bytes: 0, held: [] };
  for (const step of new Set(buffers.map(({ firstStep }) => firstStep))) {
    const alive = buffers.filter(({ firstStep, lastStep }) => firstStep >= 0 && firstStep <= step && step <= lastStep);
    // A copy in another shape may lie in the place of what it copies.
    const held = [...new Map(alive.map((buffer) => [buffer.offset, buffer])).values()];
    const bytes = held.reduce((sum, buffer) => sum + buffer.bytes, 0);
    if (bytes > peak.bytes) peak = { bytes, held };
  }
  return peak.held;
}
