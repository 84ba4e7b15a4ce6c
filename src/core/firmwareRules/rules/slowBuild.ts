import type { BuildFact, FactOf } from '../../buildFiles/facts';
import { factsOf, lastFact } from '../../buildFiles/facts';
import type { TextEdit } from '../../model/problem';
import { hertzText, millisecondsText } from '../../text/units';
import { arenaMemories } from '../arenaMemory';
import { configEdits, configOf, isSamePlace, replacingFact } from '../buildEdits';
import { isEspressif, modelledBuilds } from '../modelledBuilds';
import type { BuildHit, FirmwareModel, FirmwareRule } from '../rule';

/** A core that is built for a slower clock than its board has. */
export const slowClock: FirmwareRule = {
  code: 'build-slow-clock',
  severity: 'information',
  documentation: 'The build files set a clock below that of the board.',
  find: (context) =>
    modelledBuilds(context).flatMap(({ facts, board, models }): readonly BuildHit[] => {
      const clock = lastFact(facts, 'clockHz');
      const fastest = board.clockHz.value;
      if (clock === undefined || clock.value >= fastest || !isEspressif(board)) return [];
      const edits = clockEdits(facts, clock, fastest);
      return [
        {
          place: clock.place,
          message: `The core is built for ${hertzText(clock.value)}, and ${board.name} runs at ${hertzText(fastest)}.${costText(models, fastest)} The faster clock takes more current.`,
          fixes: edits.length === 0 ? [] : [{ title: `Run at ${hertzText(fastest)}`, isPreferred: true, edits }],
        },
      ];
    }),
};

/** Memory outside the chip that the sources ask for, and the configuration leaves off. */
export const psramOff: FirmwareRule = {
  code: 'build-psram-off',
  severity: 'warning',
  documentation: 'The sources ask for external memory, which the configuration leaves off.',
  find: (context) =>
    modelledBuilds(context).flatMap(({ folder, facts }): readonly BuildHit[] => {
      const option = factsOf(facts, 'config')
        .filter(({ value }) => /^CONFIG_(?:SPIRAM|ESP32_SPIRAM_SUPPORT)$/.test(value.name))
        .at(-1);
      if (option?.value.value !== 'n') return [];
      const asked = arenaMemories(context).find(
        ({ kind, file }) => kind === 'external' && context.buildOf(file.path)?.folder === folder,
      );
      if (asked === undefined) return [];
      return [
        {
          place: option.place,
          message: `${option.value.name} is off, but ${asked.file.path} asks for external memory for the arena: there is none when the program runs. Set it, if the board has such memory, or ask for internal memory.`,
          fixes: [
            {
              title: `Set ${option.value.name}`,
              edits: [replacingFact(option.place, `${option.value.name}=y`)],
            },
          ],
        },
      ];
    }),
};

/** Options of Kconfig that leave a memory slow, with the faster choice. */
interface SlowOption {
  readonly name: string;
  readonly value: string;
  /** Options that have to have these values as well. */
  readonly where?: Readonly<Record<string, string>>;
  readonly says: string;
  readonly faster: Readonly<Record<string, string>>;
}

/**
 * Sources: ESP-IDF v5, components/esp_psram/esp32s3/Kconfig.spiram (40 and 80 MHz for the same pins) and
 * esp32/Kconfig.spiram (80 MHz where flash runs at 80 MHz, too),
 * components/esp_system/port/soc/esp32s3/Kconfig.cache; Zephyr, arch/Kconfig (CONFIG_DCACHE, CONFIG_ICACHE).
 */
const slowOptions: readonly SlowOption[] = [
  {
    name: 'CONFIG_SPIRAM_SPEED_40M',
    value: 'y',
    where: { CONFIG_IDF_TARGET: 'esp32s3', CONFIG_SPIRAM: 'y' },
    says: 'External memory runs at 40 MHz, and the chip can run it at 80 MHz.',
    faster: { CONFIG_SPIRAM_SPEED_40M: 'n', CONFIG_SPIRAM_SPEED_80M: 'y', CONFIG_SPIRAM_SPEED: '80' },
  },
  {
    name: 'CONFIG_SPIRAM_SPEED_40M',
    value: 'y',
    where: { CONFIG_IDF_TARGET: 'esp32', CONFIG_SPIRAM: 'y', CONFIG_ESPTOOLPY_FLASHFREQ_80M: 'y' },
    says: 'External memory runs at 40 MHz, and the chip can run it at 80 MHz, as flash does here.',
    faster: { CONFIG_SPIRAM_SPEED_40M: 'n', CONFIG_SPIRAM_SPEED_80M: 'y', CONFIG_SPIRAM_SPEED: '80' },
  },
  {
    name: 'CONFIG_ESP32S3_DATA_CACHE_16KB',
    value: 'y',
    where: { CONFIG_IDF_TARGET: 'esp32s3' },
    says: 'The cache for weights in flash and for external memory has 16 KB, and the chip can have 64 KB of its RAM for it.',
    faster: {
      CONFIG_ESP32S3_DATA_CACHE_16KB: 'n',
      CONFIG_ESP32S3_DATA_CACHE_32KB: 'n',
      CONFIG_ESP32S3_DATA_CACHE_64KB: 'y',
      CONFIG_ESP32S3_DATA_CACHE_SIZE: '0x10000',
    },
  },
  {
    name: 'CONFIG_DCACHE',
    value: 'n',
    says: 'The cache for data is off, and weights are read from flash each time.',
    faster: { CONFIG_DCACHE: 'y' },
  },
  {
    name: 'CONFIG_ICACHE',
    value: 'n',
    says: 'The cache for instructions is off, and kernels are read from flash each time.',
    faster: { CONFIG_ICACHE: 'y' },
  },
];

/** Memory outside the chip, or a cache, that is left slow or off though the board has it. */
export const slowMemory: FirmwareRule = {
  code: 'build-slow-memory',
  severity: 'information',
  documentation: 'The configuration leaves external memory or a cache slow or off though the chip can do better.',
  find: (context) =>
    modelledBuilds(context).flatMap(({ facts, board }) =>
      slowOptions.flatMap(({ name, value, where = {}, says, faster }): readonly BuildHit[] => {
        const said = factsOf(facts, 'config')
          .filter((fact) => fact.value.name === name)
          .at(-1);
        if (said?.value.value !== value || !Object.entries(where).every(([key, is]) => configOf(facts, key) === is))
          return [];
        // A cache is off in vain only where there is one: those of Cortex-M7 and later.
        if (/^CONFIG_[DI]CACHE$/.test(name) && !/^cortex-m(?:7|55|85)$/.test(board.core)) return [];
        return [
          {
            place: said.place,
            message: `${says} How much it costs is not known here. Set ${Object.entries(faster).find(([, is]) => is !== 'n')?.[0] ?? name}.`,
            fixes: [
              {
                title: 'Set the faster option',
                isPreferred: true,
                edits: configEdits(facts, saidOf(facts, faster, said), said.place),
              },
            ],
          },
        ];
      }),
    ),
};

/** Of numbers that follow from a choice only those that the file has: where it has none, Kconfig works them out. */
function saidOf(
  facts: readonly BuildFact[],
  wanted: Readonly<Record<string, string>>,
  { place }: FactOf<'config'>,
): Readonly<Record<string, string>> {
  const isSaid = (name: string): boolean =>
    factsOf(facts, 'config').some((fact) => fact.value.name === name && fact.place.file === place.file);
  return Object.fromEntries(Object.entries(wanted).filter(([name, value]) => value === 'y' || isSaid(name)));
}

/** What the model's cycles take at both clocks. */
function costText(models: readonly FirmwareModel[], fastest: number): string {
  const [model] = models;
  const { cycles, ms, coverage } = model.report.latency ?? {};
  if (models.length !== 1 || cycles === undefined || ms === undefined || coverage !== 1) return '';
  const at = (hertz: number): string => millisecondsText((cycles / hertz) * 1000);
  return ` An inference takes about ${millisecondsText(ms)} now, and ${at(fastest)} then.`;
}

/** In `platformio.ini` the number, of Kconfig the options of the choice. */
function clockEdits(facts: readonly BuildFact[], clock: FactOf<'clockHz'>, hertz: number): readonly TextEdit[] {
  const isConfig = factsOf(facts, 'config').find(({ place }) => isSamePlace(place, clock.place));
  if (isConfig === undefined) return [replacingFact(clock.place, `${hertz}L`)];
  const own = factsOf(facts, 'config').flatMap(({ value: { name }, place }) => {
    const [, start, number] = /^(CONFIG_\w*?CPU_FREQ(?:_MHZ)?)(?:_(\d+))?$/.exec(name) ?? [];
    return start === undefined || place.file !== clock.place.file ? [] : [{ name, start, number }];
  });
  const megahertz = String(hertz / 1e6);
  const wanted = own.flatMap(({ name, start, number }): readonly (readonly [string, string])[] => {
    if (number as string | undefined)
      return [
        [name, number === megahertz ? 'y' : 'n'],
        [`${start}_${megahertz}`, 'y'],
      ];
    return [[name, megahertz]];
  });
  return configEdits(facts, Object.fromEntries(wanted), clock.place);
}
