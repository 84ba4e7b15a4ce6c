import type { Partition } from './partition';

type Row = readonly [name: string, kind: 'app' | 'data', subtype: string, bytes: number];

const nvs: Row = ['nvs', 'data', 'nvs', 0x5000];
const otadata: Row = ['otadata', 'data', 'ota', 0x2000];
const coredump: Row = ['coredump', 'data', 'coredump', 0x10000];
const twoApps = (bytes: number): readonly Row[] => [
  ['app0', 'app', 'ota_0', bytes],
  ['app1', 'app', 'ota_1', bytes],
];
const spiffs = (bytes: number): Row => ['spiffs', 'data', 'spiffs', bytes];
const factory = (bytes: number): readonly Row[] => [
  ['nvs', 'data', 'nvs', 0x6000],
  ['phy_init', 'data', 'phy', 0x1000],
  ['factory', 'app', 'factory', bytes],
];
const idfOtas = (bytes: number): readonly Row[] => [
  ['ota_0', 'app', 'ota_0', bytes],
  ['ota_1', 'app', 'ota_1', bytes],
];

/** Tables of the core for Arduino. Source: espressif/arduino-esp32, tools/partitions, the newest of each. */
const arduinoTables: readonly (readonly [name: string, rows: readonly Row[]])[] = [
  ['default.csv', [nvs, otadata, ...twoApps(0x140000), spiffs(0x160000), coredump]],
  ['min_spiffs.csv', [nvs, otadata, ...twoApps(0x1e0000), spiffs(0x20000), coredump]],
  ['no_ota.csv', [nvs, otadata, ['app0', 'app', 'ota_0', 0x200000], spiffs(0x1e0000), coredump]],
  ['huge_app.csv', [nvs, otadata, ['app0', 'app', 'ota_0', 0x300000], spiffs(0xe0000), coredump]],
  ['default_8MB.csv', [nvs, otadata, ...twoApps(0x330000), spiffs(0x180000), coredump]],
  ['max_app_8MB.csv', [nvs, otadata, ['app0', 'app', 'factory', 0x7e0000], coredump]],
  ['app3M_fat9M_16MB.csv', [nvs, otadata, ...twoApps(0x300000), ['ffat', 'data', 'fat', 0x9e0000], coredump]],
  ['large_spiffs_16MB.csv', [nvs, otadata, ...twoApps(0x480000), spiffs(0x6e0000), coredump]],
  ['default_16MB.csv', [nvs, otadata, ...twoApps(0x640000), spiffs(0x360000), coredump]],
];

/** Tables of ESP-IDF. Source: espressif/esp-idf, components/partition_table. */
const idfTables: readonly (readonly [name: string, rows: readonly Row[]])[] = [
  ...['', '_coredump', '_encr_nvs'].flatMap((ending) => [
    [`partitions_singleapp${ending}.csv`, factory(1024 * 1024)] as const,
    [`partitions_singleapp_large${ending}.csv`, factory(1500 * 1024)] as const,
    [`partitions_two_ota${ending}.csv`, [...factory(1024 * 1024), ...idfOtas(1024 * 1024)]] as const,
  ]),
  ['partitions_two_ota_large.csv', idfOtas(1700 * 1024)],
];

/** Tables that come with a framework, by the name that projects give. */
const tables = {
  arduino: new Map(arduinoTables.map(([name, rows]) => [name, rows.map(partitionOf)])),
  'esp-idf': new Map(idfTables.map(([name, rows]) => [name, rows.map(partitionOf)])),
} as const;

/** Frameworks that bring tables. */
type TableFramework = keyof typeof tables;

function partitionOf([name, kind, subtype, bytes]: Row): Partition {
  return { name, isApp: kind === 'app', subtype, bytes };
}

/** The table of a framework by its name, with or without `.csv`. */
export function knownTable(framework: TableFramework, name: string): readonly Partition[] | undefined {
  const of = tables[framework];
  return of.get(name) ?? of.get(`${name}.csv`);
}

/**
 * The table of Arduino that a board gets where nobody chooses one. Sources: espressif/arduino-esp32, boards.txt;
 * platformio/platform-espressif32@4ed1943 boards/*.json, "partitions", else default.csv.
 */
const usualTables: ReadonlyMap<string, string> = new Map([
  ['esp32:esp32:esp32', 'default.csv'],
  ['esp32dev', 'default.csv'],
  ['esp32doit-devkit-v1', 'default.csv'],
  ['esp32-c3-devkitm-1', 'default.csv'],
  ['esp32-s3-devkitc-1', 'default_8MB.csv'],
  ['seeed_xiao_esp32s3', 'default_8MB.csv'],
]);

/** The table that Arduino takes for a board, named as the framework does; nothing where that is not known. */
export function usualTable(board: string): string | undefined {
  return usualTables.get(board);
}

/** A table of Arduino for as much flash, whose programs may have so many bytes and no more than needed; its name. */
export function largerTable(
  name: string,
  bytes: number,
): { readonly name: string; readonly appBytes: number } | undefined {
  const own = knownTable('arduino', name);
  if (own === undefined) return undefined;
  const fitting = [...tables.arduino]
    .filter(([, partitions]) => flashOf(partitions) === flashOf(own))
    .map(([other, partitions]) => ({ name: other, appBytes: largestApp(partitions)?.bytes ?? 0 }))
    .filter(({ appBytes }) => appBytes >= bytes)
    .sort((left, right) => left.appBytes - right.appBytes);
  return fitting.at(0);
}

/** Megabytes of flash that a table is made for: the first 36 KB are those of the loader and the table itself. */
function flashOf(partitions: readonly Partition[]): number {
  const bytes = partitions.reduce((sum, partition) => sum + partition.bytes, 0x9000);
  return Math.round(bytes / (1024 * 1024));
}

/** The largest partition for a program; of several that are alike the first. The loader of TinyUF2 is none. */
export function largestApp<Any extends Partition>(partitions: readonly Any[]): Any | undefined {
  const apps = partitions.filter(({ isApp, name, subtype }) => isApp && name !== 'uf2' && subtype !== 'test');
  return apps.reduce<Any | undefined>(
    (most, each) => (most === undefined || each.bytes > most.bytes ? each : most),
    undefined,
  );
}
