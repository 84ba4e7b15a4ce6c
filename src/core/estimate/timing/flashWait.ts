import type { CoreId, RamMode } from '../../boards/board';
import { constantBytes } from '../../model/constants';
import { elementCount } from '../../model/dataType';
import type { Graph, Model, Operator, Tensor } from '../../model/model';
import type { Target } from '../../runtimes/target';
import { vectorCall } from '../../runtimes/cost/espNnVector';
import { insideShare } from '../../runtimes/cost/window';

/**
 * How long an operator waits for its weights where they lie in a flash chip outside of the microcontroller, which the
 * core reads in place, line by line, through a cache:
 *
 *     cycles = lines x (clocks of the flash chip for one line x core clock / flash clock + latency)
 *     lines  = bytes fetched / bytes of a line
 *     bytes  = weights, once; and in each further pass over them what did not stay in the cache
 *
 * A kernel that goes pixel by pixel passes over all its weights for every pixel; what lies in the padding is not read.
 * Clocks follow from the commands of flash chips, and what stays from the size of the cache.
 */
export interface FlashWait {
  readonly cycles: number;
  /** Bytes of weights, and of them what is fetched over all passes. */
  readonly weightBytes: number;
  readonly fetchedBytes: number;
  /** Bytes of weights that stay in the cache. */
  readonly cacheBytes: number;
}

/** The way from weights in an external flash chip to the core. */
export interface FlashPath {
  readonly cyclesPerByte: number;
  /** Bytes of the cache that weights may take. */
  readonly cacheBytes: number;
  /** Whether code goes through the same cache. */
  readonly sharesCode: boolean;
}

/** Cycles between a miss and its answer besides the flash chip's own: bus, cache, start and end of a transfer. */
const latencyCycles = 16;

/** Of a cache for code and constants alike, what a kernel's code takes. */
const codeBytes = 2048;

/**
 * Code of an operator that other weights have driven out of such a cache before it runs again: 38,000 cycles of the
 * softmax of person_detect on a Raspberry Pi Pico are some 2 KB, those of a small 1x1 convolution some 700 bytes.
 */
const coldCodeBytes = 1024;

/** Clocks before the data: command on one line, address of 24 bits and what the chip waits for; and lines of data. */
const transfers: Readonly<Record<RamMode, { readonly before: number; readonly lines: number }>> = {
  qio: { before: 8 + 6 + 6, lines: 4 },
  qout: { before: 8 + 24 + 8, lines: 4 },
  dio: { before: 8 + 12 + 4, lines: 2 },
  dout: { before: 8 + 24 + 8, lines: 2 },
  opi: { before: 8 + 4 + 8, lines: 16 },
  // A row is closed and another opened, two clocks each, then the column is waited for: as ST's boards set theirs up.
  sdram16: { before: 2 + 2 + 3, lines: 16 },
  sdram32: { before: 2 + 2 + 3, lines: 32 },
};

/** Cores whose bus reads this many bytes with each command, less than a line. */
const bytesPerCommand: Partial<Record<CoreId, number>> = { 'cortex-m0plus': 4 };

/** The path of a target's weights; `undefined` where they lie inside the chip, or nothing is known of the flash. */
export function flashPathOf(target: Target): FlashPath | undefined {
  const { board, core, clockHz, flashMode, flashHz, cacheBytes, dcacheBytes } = target;
  const { memory } = board ?? {};
  const inFlash = (target.weightsRegion ?? 'flash') === 'flash';
  if (memory?.flashIsExternal?.value === false || !inFlash) return undefined;
  if (flashMode === undefined || flashHz === undefined || clockHz === undefined) return undefined;
  const line = memory?.cacheLineBytes?.value ?? 32;
  const perCommand = Math.min(line, bytesPerCommand[core.id] ?? line);
  const shared = dcacheBytes === undefined || dcacheBytes === 0;
  return {
    cyclesPerByte: lineCycles({ mode: flashMode, memoryHz: flashHz, clockHz, bytes: perCommand }) / perCommand,
    cacheBytes: Math.max(0, shared ? (cacheBytes ?? 0) - codeBytes : dcacheBytes),
    sharesCode: shared,
  };
}

/** Cycles of the core until a memory outside of the chip has answered with so many bytes in a row. */
export function lineCycles(read: {
  readonly mode: RamMode;
  readonly memoryHz: number;
  readonly clockHz: number;
  readonly bytes: number;
}): number {
  const { before, lines } = transfers[read.mode];
  const clocks = before + (8 * read.bytes) / lines;
  return (clocks * read.clockHz) / read.memoryHz + latencyCycles;
}

/**
 * How kernels go through the weights of a convolution: all of them for each pixel, for two pixels at once (CMSIS-NN),
 * or as the vector kernels of the ESP32-S3 do, which copy some and take others for eight pixels.
 */
type WeightOrder = 'pixel' | 'pair' | 'vector';

export function weightOrder({ runtime, core }: Pick<Target, 'runtime' | 'core'>): WeightOrder {
  if (runtime === 'tflm-cmsis-nn') return 'pair';
  return runtime === 'tflm-esp-nn' && core.id === 'xtensa-lx7' ? 'vector' : 'pixel';
}

/** What an operator waits for its weights; `undefined` for one that has none. */
export function flashWait(
  operator: Operator,
  graph: Graph,
  model: Model,
  { path, order }: { readonly path: FlashPath; readonly order: WeightOrder },
): FlashWait | undefined {
  const weights = weightsOf(operator, graph);
  const weightBytes = weights.reduce((sum, tensor) => sum + constantBytes(tensor), 0);
  if (weightBytes === 0) return undefined;
  // A model that stays in the cache as a whole is read from flash by the first inference alone.
  const cold = constantsOf(model) > path.cacheBytes ? weightBytes : 0;
  const counted =
    order === 'vector' ? vectorCall({ operator, graph, model, library: 'esp_nn', path: 'none' })?.passes : undefined;
  const later =
    Math.max(0, (counted ?? passes(operator, graph, order)) - 1) * missedBytes(weightBytes, path.cacheBytes);
  // Vector kernels pad the input and read every weight.
  const fetchedBytes = (cold + later) * (counted === undefined ? insideShare(operator, graph) : 1);
  return { cycles: fetchedBytes * path.cyclesPerByte, weightBytes, fetchedBytes, cacheBytes: path.cacheBytes };
}

/** Cycles that an operator waits for its own code, where code and weights share a cache that does not hold them all. */
export function codeWait(model: Model, path: FlashPath): number {
  return path.sharesCode && constantsOf(model) > path.cacheBytes ? coldCodeBytes * path.cyclesPerByte : 0;
}

/**
 * Bytes that a pass over `bytes` in a row fetches again. All of them stay where they fit. Else a line that was read one
 * pass ago is still there with the share h = exp(-(1 - h) x bytes / cache), as in a cache that replaces any line by
 * chance: one that always replaces the oldest line would keep nothing, but lines of several kinds share it.
 */
function missedBytes(bytes: number, cacheBytes: number): number {
  if (bytes <= cacheBytes) return 0;
  let kept = 0;
  for (let round = 0; round < 40; round++) kept = Math.exp((-(1 - kept) * bytes) / cacheBytes);
  return bytes * (1 - kept);
}

/** Operators that read the weights of one input or more: which inputs. */
const weightInputs: ReadonlyMap<string, readonly number[]> = new Map([
  ['CONV_2D', [1, 2]],
  ['DEPTHWISE_CONV_2D', [1, 2]],
  ['TRANSPOSE_CONV', [1]],
  ['FULLY_CONNECTED', [1, 2]],
  ['SVDF', [1, 2]],
  ['UNIDIRECTIONAL_SEQUENCE_LSTM', [1, 2, 3, 4, 5, 6, 7, 8]],
  ['BATCH_MATMUL', [1]],
]);

function weightsOf({ kind, inputs }: Operator, { tensors }: Graph): readonly Tensor[] {
  const positions = weightInputs.get(kind) ?? [];
  return positions.flatMap((position) => tensors[inputs[position] ?? -1] ?? []);
}

/** How often a kernel goes through all weights in one inference. */
function passes({ kind, inputs, outputs }: Operator, { tensors }: Graph, order: WeightOrder): number {
  const output = tensors[outputs[0]];
  const rows = elementCount((output?.shape ?? []).slice(0, -1));
  if (kind === 'UNIDIRECTIONAL_SEQUENCE_LSTM' || kind === 'FULLY_CONNECTED') return rows;
  // A transposed convolution spreads each pixel of its input over the output.
  if (kind === 'TRANSPOSE_CONV') return elementCount((tensors[inputs[2]]?.shape ?? []).slice(0, -1));
  if (kind === 'DEPTHWISE_CONV_2D') return rows;
  if (kind !== 'CONV_2D') return 1;
  if (order !== 'pair') return rows;
  // CMSIS-NN multiplies each row of a 1x1 filter by all pixels, any other filter by two at once.
  const [, height = 1, width = 1] = tensors[inputs[1]]?.shape ?? [];
  return height === 1 && width === 1 ? 1 : rows / 2;
}

const constants = new WeakMap<Model, number>();

function constantsOf(model: Model): number {
  const known = constants.get(model);
  if (known !== undefined) return known;
  const bytes = model.graphs.reduce(
    (sum, { tensors }) => sum + tensors.reduce((all, tensor) => all + constantBytes(tensor), 0),
    0,
  );
  constants.set(model, bytes);
  return bytes;
}
