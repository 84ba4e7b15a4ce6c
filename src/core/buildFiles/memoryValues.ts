import type { Board } from '../boards/board';
import { flashModes } from '../boards/board';
import type { BuildFact, FactPlace } from './facts';
import { lastFact } from './facts';

/** How memory outside the core is reached, as settings of a target name it. */
export interface MemoryValue {
  readonly key: 'flashMode' | 'flashHz' | 'cacheBytes' | 'dcacheBytes';
  readonly value: string | number;
  readonly place: FactPlace;
}

/**
 * What build files say of flash and caches, else how the core for Arduino sets up the flash of a board where its table
 * says another. A mode that is not known is left out.
 */
export function memoryValues(facts: readonly BuildFact[], board: Board | undefined): readonly MemoryValue[] {
  const usual = usualFlash(facts, board);
  const [mode, hertz] = [lastFact(facts, 'flashMode') ?? usual?.mode, lastFact(facts, 'flashHz') ?? usual?.hertz];
  return [
    ...(flashModes.some((known) => known === mode?.value) ? valueOf('flashMode', mode) : []),
    ...valueOf('flashHz', hertz),
    ...valueOf('cacheBytes', lastFact(facts, 'cacheBytes')),
    ...valueOf('dcacheBytes', lastFact(facts, 'dcacheBytes')),
  ];
}

interface Said {
  readonly value: string | number;
  readonly place: FactPlace;
}

function valueOf(key: MemoryValue['key'], said: Said | undefined): readonly MemoryValue[] {
  return said === undefined ? [] : [{ key, value: said.value, place: said.place }];
}

/**
 * Mode and clock of the flash of boards as the core for Arduino sets them up where nobody chooses. Sources:
 * espressif/arduino-esp32, boards.txt, first entries of menu.FlashMode and menu.FlashFreq;
 * platformio/platform-espressif32@4ed1943 boards/*.json, "flash_mode" and "f_flash".
 */
const usualFlashes: ReadonlyMap<string, readonly [mode: string, hertz: number]> = new Map([
  ['esp32:esp32:esp32', ['qio', 80e6]],
  ['esp32:esp32:esp32s3', ['qio', 80e6]],
  ['esp32:esp32:esp32c3', ['qio', 80e6]],
  ['esp32dev', ['dio', 40e6]],
  ['esp32doit-devkit-v1', ['dio', 40e6]],
  ['esp32-s3-devkitc-1', ['qio', 80e6]],
  ['esp32-c3-devkitm-1', ['qio', 80e6]],
  ['seeed_xiao_esp32s3', ['qio', 80e6]],
]);

function usualFlash(
  facts: readonly BuildFact[],
  board: Board | undefined,
): { readonly mode?: Said; readonly hertz?: Said } | undefined {
  const named = lastFact(facts, 'board');
  const usual = named && usualFlashes.get(named.value);
  if (named === undefined || usual === undefined || lastFact(facts, 'framework')?.value !== 'arduino') return undefined;
  const [mode, hertz] = usual;
  const { flashMode, flashHz } = board?.memory ?? {};
  return {
    ...(mode === flashMode?.value ? {} : { mode: { value: mode, place: named.place } }),
    ...(hertz === flashHz?.value ? {} : { hertz: { value: hertz, place: named.place } }),
  };
}
