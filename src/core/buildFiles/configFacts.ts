import type { BuildFact, FactKind, FactOf } from './facts';
import { factsOf } from './facts';
import { bytesOfSize, megahertzOf } from './syntax/quantities';

type ConfigFact = FactOf<'config'>;

/** One option of Kconfig, of which the last value holds. */
type Option = readonly [name: string, kind: FactKind, read: (value: string) => BuildFact['value'] | undefined];

const isOn = (value: string): boolean => value === 'y';
const whenOn =
  <Value>(said: Value) =>
  (value: string): Value | undefined =>
    value === 'y' ? said : undefined;

/**
 * Options that say what other build files say in other words. Sources: Kconfig of ESP-IDF v4.4 to v5.5, Zephyr. The
 * texts CONFIG_ESPTOOLPY_FLASHMODE and _FLASHFREQ and the sizes of caches are not among them: they are what tools are
 * given, "dio" for QIO, "80m" for 120 MHz and 32 KB for a cache of 16 KB; the choices say what is meant.
 */
const options: readonly Option[] = [
  ['CONFIG_BOARD_TARGET', 'builtBoard', (value) => value],
  ['CONFIG_ESP_DEFAULT_CPU_FREQ_MHZ', 'clockHz', megahertzOf],
  ['CONFIG_ESP32_DEFAULT_CPU_FREQ_MHZ', 'clockHz', megahertzOf],
  ['CONFIG_ESP32S2_DEFAULT_CPU_FREQ_MHZ', 'clockHz', megahertzOf],
  ['CONFIG_ESP32S3_DEFAULT_CPU_FREQ_MHZ', 'clockHz', megahertzOf],
  ['CONFIG_ESP32C3_DEFAULT_CPU_FREQ_MHZ', 'clockHz', megahertzOf],
  ['CONFIG_ESPTOOLPY_FLASHSIZE', 'flashBytes', bytesOfSize],
  ['CONFIG_SPIRAM', 'psram', isOn],
  ['CONFIG_ESP32_SPIRAM_SUPPORT', 'psram', isOn],
  ['CONFIG_ESP_SPIRAM', 'psram', isOn],
  ['CONFIG_SPIRAM_SPEED', 'psramHz', megahertzOf],
  ['CONFIG_NEWLIB_LIBC_FLOAT_PRINTF', 'printsFloats', whenOn(true)],
  ['CONFIG_CBPRINTF_FP_SUPPORT', 'printsFloats', whenOn(true)],
  ['CONFIG_PICOLIBC_IO_FLOAT', 'printsFloats', whenOn(true)],
  ['CONFIG_SPEED_OPTIMIZATIONS', 'optimization', whenOn('O2')],
  ['CONFIG_SIZE_OPTIMIZATIONS', 'optimization', whenOn('Os')],
  ['CONFIG_COMPILER_OPTIMIZATION_PERF', 'optimization', whenOn('O2')],
  ['CONFIG_COMPILER_OPTIMIZATION_SIZE', 'optimization', whenOn('Os')],
  ['CONFIG_COMPILER_OPTIMIZATION_DEBUG', 'optimization', whenOn('Og')],
];

/** Options whose name ends with their value, which `y` chooses: `CONFIG_ESPTOOLPY_FLASHMODE_QIO=y`. */
const choices: readonly Option[] = [
  ['CONFIG_ESPTOOLPY_FLASHMODE_', 'flashMode', (value) => value.toLowerCase()],
  ['CONFIG_ESPTOOLPY_FLASHFREQ_', 'flashHz', megahertzOf],
  ['CONFIG_ESPTOOLPY_FLASHSIZE_', 'flashBytes', bytesOfSize],
  ['CONFIG_ESP_DEFAULT_CPU_FREQ_MHZ_', 'clockHz', megahertzOf],
  ['CONFIG_ESP32_DEFAULT_CPU_FREQ_', 'clockHz', megahertzOf],
  ['CONFIG_ESP32S2_DEFAULT_CPU_FREQ_', 'clockHz', megahertzOf],
  ['CONFIG_ESP32S3_DEFAULT_CPU_FREQ_', 'clockHz', megahertzOf],
  ['CONFIG_ESP32C3_DEFAULT_CPU_FREQ_', 'clockHz', megahertzOf],
  ['CONFIG_ESP32S2_INSTRUCTION_CACHE_', 'cacheBytes', bytesOfSize],
  ['CONFIG_ESP32S3_INSTRUCTION_CACHE_', 'cacheBytes', bytesOfSize],
  ['CONFIG_ESP32P4_L2_CACHE_', 'cacheBytes', bytesOfSize],
  ['CONFIG_CACHE_L2_CACHE_', 'cacheBytes', bytesOfSize],
  ['CONFIG_ESP32S2_DATA_CACHE_', 'dcacheBytes', bytesOfSize],
  ['CONFIG_ESP32S3_DATA_CACHE_', 'dcacheBytes', bytesOfSize],
  ['CONFIG_SPIRAM_SPEED_', 'psramHz', (value) => megahertzOf(value.replace(/M$/, ''))],
];

/** What values of Kconfig say in the terms of other build files. */
export function configFacts(facts: readonly BuildFact[]): readonly BuildFact[] {
  const configs = [...lastOfEach(factsOf(facts, 'config')).values()];
  return [...configs.flatMap(factsOfConfig), ...zephyrBoard(configs)];
}

/** The last value of each option, in the order in which they were said: of a choice the last one holds. */
function lastOfEach(configs: readonly ConfigFact[]): ReadonlyMap<string, ConfigFact> {
  const last = new Map<string, ConfigFact>();
  for (const config of configs) {
    last.delete(config.value.name);
    last.set(config.value.name, config);
  }
  return last;
}

function factsOfConfig({ value: { name, value }, place }: ConfigFact): readonly BuildFact[] {
  const said = [
    ...options.filter(([option]) => option === name).map(([, kind, read]) => ({ kind, value: read(value) })),
    ...choices
      .filter(([option]) => value === 'y' && name.startsWith(option))
      .map(([option, kind, read]) => ({ kind, value: read(name.slice(option.length)) })),
  ];
  // Kinds and values are of one table: each row above names both.
  return said.flatMap((each) => (each.value === undefined ? [] : [{ ...each, place } as BuildFact]));
}

/** Before it wrote the whole target, Zephyr named a board and its qualifiers apart. */
function zephyrBoard(configs: readonly ConfigFact[]): readonly BuildFact[] {
  const valueOf = (name: string): ConfigFact | undefined => configs.find(({ value }) => value.name === name);
  const board = valueOf('CONFIG_BOARD');
  if (board === undefined || valueOf('CONFIG_BOARD_TARGET') !== undefined) return [];
  const qualifiers = valueOf('CONFIG_BOARD_QUALIFIERS')?.value.value ?? '';
  const value = qualifiers === '' ? board.value.value : `${board.value.value}/${qualifiers}`;
  return [{ kind: 'builtBoard', value, place: board.place }];
}
