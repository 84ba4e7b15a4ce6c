import { bytesText, millisecondsText } from '../text/units';
import type { LayerFacts, TargetFacts } from './report';

/**
 * What of a layer's time is spent waiting for the flash chip, and why: "31 ms of 49 ms wait for flash: weights 264 KB,
 * cache 30 KB; in RAM 18 ms". Empty where nothing is waited for.
 */
export function flashWaitText({ ms, flashWaitMs, flashRead }: LayerFacts): string {
  if (ms === undefined || flashWaitMs === undefined || flashRead === undefined) return '';
  const { weightBytes, fetchedBytes, cacheBytes } = flashRead;
  const again = fetchedBytes > 1.5 * weightBytes ? `, read ${(fetchedBytes / weightBytes).toFixed(1)} times` : '';
  return (
    `${millisecondsText(flashWaitMs)} of ${millisecondsText(ms)} wait for flash: weights ${bytesText(weightBytes)}${again}, ` +
    `cache ${bytesText(cacheBytes)}; in RAM ${millisecondsText(ms - flashWaitMs)}`
  );
}

/** What of a layer's time waits for an arena outside of the chip: "12 ms of 49 ms wait for the arena in PSRAM". */
export function arenaWaitText({ ms, arenaWaitMs }: LayerFacts, { arenaRegion = 'PSRAM' }: TargetFacts): string {
  if (ms === undefined || arenaWaitMs === undefined) return '';
  return (
    `${millisecondsText(arenaWaitMs)} of ${millisecondsText(ms)} wait for the arena in ${arenaRegion}: ` +
    'what it reads and writes does not fit the cache'
  );
}
