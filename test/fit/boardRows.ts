import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TargetChoice } from '../../src/core/estimate/choice';
import type { Model } from '../../src/core/model/model';
import { boardModel } from './boardModels';

/** A published time of a board, as it stands in `../shared/time/measured_more.json`. */
export interface PublishedTime {
  readonly board: string;
  readonly core: string;
  readonly clock_mhz: number | null;
  readonly framework: string;
  readonly version: string | null;
  readonly kernels: string | null;
  readonly flags: string | null;
  readonly model: string;
  readonly model_sha256: string | null;
  readonly dtype: string;
  readonly latency_ms: number | null;
  readonly cycles: number | null;
  readonly conditions: string | null;
  readonly source: string;
  readonly quality: string;
  readonly note: string | null;
}

/** A time that can be judged by: whose conditions are known well enough to estimate it. */
export interface BoardRow {
  readonly published: PublishedTime;
  readonly model: Model;
  readonly choice: TargetChoice;
  /** What is held out together: the study or project that it comes from. */
  readonly study: string;
  /** Kernels, type and optimization in words. */
  readonly conditions: string;
  readonly cycles: number;
}

/** A time that is left out, and why. */
export interface LeftOutRow {
  readonly published: PublishedTime;
  readonly reason: string;
}

const path = join(import.meta.dirname, '../../../shared/time/measured_more.json');

/** All published times; none where the measurements are not there. */
export function publishedTimes(): readonly PublishedTime[] {
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as readonly PublishedTime[]) : [];
}

/**
 * TensorFlow Lite Micro, and a compiler whose code calls ESP-NN's kernels: it takes 1.2 % less than TFLM with the model
 * that both ran.
 */
const engines = /^(TFLM|BakeNN \+ esp-nn)/;

/** Reasons to leave a row out, the first that holds; conditions that nobody stated make any figure right. */
const doubts: readonly (readonly [reason: string, holds: (row: PublishedTime) => boolean])[] = [
  ['Another engine than TensorFlow Lite Micro.', ({ framework }) => !engines.test(framework)],
  ['The model was not published, and its layers are not described.', ({ quality }) => quality === 'C'],
  [
    'It repeats the figure of another board of its table, four times that of its own other networks.',
    ({ note }) => /SUSPECT/.test(note ?? ''),
  ],
  ['Two cores share the work.', ({ note }) => /both cores/.test(note ?? '')],
  [
    'Convolutions larger than 1x1 ran in plain C by a fault of that release.',
    ({ kernels, dtype }) => dtype === 'int8' && /bug window/.test(kernels ?? ''),
  ],
  ['The caches were off.', ({ conditions }) => /caches evidently off/.test(conditions ?? '')],
  [
    'Printed between inferences: the code was read from flash anew each time.',
    ({ conditions }) => /cold caches/.test(conditions ?? ''),
  ],
  [
    'Clock, flash and place of the arena are not stated, and the model is not in a repository.',
    ({ framework }) => /sscma/.test(framework),
  ],
  [
    'Clock, flags and what was timed are not stated, and 1.8 ms and more for 288 products are not of the network alone.',
    ({ source, model }) => /microflow/.test(source) && /sine/.test(model),
  ],
  [
    'Kernels and flags are not stated, and both fit the figure.',
    ({ source, core }) => /microflow/.test(source) && core === 'Cortex-M4F',
  ],
  [
    'Kernels of a day between two versions: ANSI C, which no build chooses by itself.',
    ({ kernels }) => kernels === 'esp-nn ANSI C',
  ],
];

const cores: Readonly<Record<string, string>> = {
  'Cortex-M0+': 'cortex-m0plus',
  'Cortex-M4F': 'cortex-m4f',
  'Cortex-M7': 'cortex-m7',
  'Cortex-M33': 'cortex-m33',
  'Cortex-M55': 'cortex-m55',
  'Cortex-M85': 'cortex-m85',
};

/** Boards in the table of boards, by the beginning of the name in the source. */
const boards: readonly (readonly [name: string, board: string])[] = [
  ['Raspberry Pi Pico', 'raspberry_pi_pico'],
  ['Arduino Nano 33 BLE', 'arduino_nano33ble_sense_rev1'],
  ['nRF52840 DK', 'nrf52840dk'],
  ['Arduino Portenta H7', 'arduino_portenta_h7'],
  ['NUCLEO-H743ZI', 'nucleo_h743zi'],
  ['Teensy 4.0', 'teensy41'],
  ['NUCLEO-F746ZG', 'stm32f746g_disco'],
  ['Adafruit Feather M4', 'seeed_wio_terminal'],
  ['FRDM-MCXN947', 'frdm_mcxn947'],
  ['Seeed XIAO ESP32-S3', 'seeed_xiao_esp32s3_sense'],
  ['ESP32-S3', 'esp32_s3_devkitc'],
  ['ESP32-P4', 'esp32_p4_devkit'],
  ['ESP32', 'esp32_devkit'],
];

/** Published times by whether they can be judged by. */
export function boardRows(): { readonly rows: readonly BoardRow[]; readonly leftOut: readonly LeftOutRow[] } {
  const rows: BoardRow[] = [];
  const leftOut: LeftOutRow[] = [];
  for (const published of publishedTimes()) {
    const doubt = doubts.find(([, holds]) => holds(published))?.[0];
    const row = doubt === undefined ? rowOf(published) : undefined;
    if (row === undefined)
      leftOut.push({ published, reason: doubt ?? 'Neither file nor layers of the model are known.' });
    else rows.push(row);
  }
  return { rows, leftOut };
}

function rowOf(published: PublishedTime): BoardRow | undefined {
  const { board, core, clock_mhz: clock, model: name, model_sha256: sha256, dtype, latency_ms: ms } = published;
  const model = boardModel(name, sha256, dtype);
  if (model === undefined || clock === null || ms === null) return undefined;
  // Arduino sets the same chip up otherwise than ESP-IDF: its boards stand for one another.
  const isArduino = core === 'Xtensa LX7' && published.flags?.startsWith('Arduino-ESP32') === true;
  const known = isArduino ? 'seeed_xiao_esp32s3_sense' : boards.find(([start]) => board.startsWith(start))?.[1];
  const runtime = runtimeOf(published);
  const optimization = optimizationOf(published);
  const place = known === undefined ? { settings: { core: cores[core] ?? core } } : { board: known };
  const choice = {
    ...place,
    runtime,
    settings: { ...place.settings, clockHz: clock * 1e6, optimization, ...flashOf(published) },
  };
  return {
    published,
    model,
    choice,
    study: published.source.split('@')[0].split(' ')[0],
    conditions: `${runtime.replace('tflm-', '')} ${dtype} ${optimization}`,
    cycles: ms * clock * 1000,
  };
}

function runtimeOf({ kernels }: PublishedTime): string {
  if (/^esp-nn/.test(kernels ?? '')) return 'tflm-esp-nn';
  return /^cmsis-nn/.test(kernels ?? '') ? 'tflm-cmsis-nn' : 'tflm-reference';
}

/** Where no flag is stated, that of the library. */
function optimizationOf({ flags, framework }: PublishedTime): 'Os' | 'O2' | 'O3' {
  const stated = /-O(s|2|3|fast)/.exec(flags ?? '')?.[1];
  // Zephyr compiles CMSIS-NN with -Ofast, Espressif's component its kernels with -O2 and -O3, whatever is asked for.
  if (framework === 'TFLM (esp-tflite-micro)' || framework === 'TFLM (Zephyr module)') return 'O3';
  if (stated === 'fast') return 'O3';
  if (stated !== undefined) return `O${stated}` as 'Os' | 'O2' | 'O3';
  return /Teensyduino/.test(flags ?? '') ? 'O2' : 'Os';
}

/** Mode and clock of an external flash chip, and the cache before it, where the source states them. */
function flashOf({ conditions }: PublishedTime): Readonly<Record<string, string | number>> {
  const stated = /\b(QIO|DIO|QOUT|DOUT) (\d+) MHz/.exec(conditions ?? '');
  const cache = /D\$ (\d+) KB/.exec(conditions ?? '')?.[1];
  return {
    ...(stated === null ? {} : { flashMode: stated[1].toLowerCase(), flashHz: Number(stated[2]) * 1e6 }),
    ...(cache === undefined ? {} : { dcacheBytes: Number(cache) * 1024 }),
  };
}
