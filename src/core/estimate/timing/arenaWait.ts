import { arenaRegions } from '../../boards/arenaRegions';
import type { MemorySystem } from '../../boards/board';
import { constantBytes } from '../../model/constants';
import { elementCount, storedBytes } from '../../model/dataType';
import type { Graph, Operator, Tensor } from '../../model/model';
import { dimension } from '../../runtimes/operands';
import { slidingWindowOf } from '../../runtimes/cost/window';
import type { Target } from '../../runtimes/target';
import { combinedEdge } from '../bands';
import { lineCycles } from './flashWait';
import type { Timing } from './operatorCycles';

/** What is left open of waits for an arena outside the chip: what of it stays in the cache is not known better. */
const waitBand = { low: 0.3, high: 2 } as const;

/** How much longer inferences may take where nothing is known of the memory outside the chip. */
const unknownMemory = 4;

/**
 * A timing with what operators wait for an arena outside the chip (PSRAM, SDRAM), through the data cache:
 *
 *     cycles = bytes moved x cycles of a line / bytes of a line
 *     bytes  = inputs x how often they are read + 2 x outputs
 *
 * A line of outputs is fetched before it is written, and written back. Inputs are read once where the rows under a
 * filter stay in the cache with its weights, else as often as a filter's row or tap lies on them. What an operator
 * reads and writes that fits in the cache as a whole waits for nothing. Where the memory's mode and clock are not
 * known, only the band says that it takes longer.
 */
export function withArenaWaits(timing: Timing | undefined, target: Target): Timing | undefined {
  const region = target.board && arenaRegions(target.board).find(({ name }) => name === target.arenaRegion);
  if (timing === undefined || region?.kind !== 'psram') return timing;
  const path = arenaPathOf(target.board?.memory, target);
  const said = `The arena lies in ${region.name}, outside the chip: `;
  if (path === undefined) {
    return {
      ...timing,
      source: `${said}what the core waits for it is not known, and figures are without it. ${timing.source}`,
      of: (operator, graph, model, cost) => {
        const known = timing.of(operator, graph, model, cost);
        return (
          known && { ...known, high: known.cycles * combinedEdge('high', known.high / known.cycles, unknownMemory) }
        );
      },
    };
  }
  return {
    ...timing,
    source: `${said}what the core waits for it follows from its mode, clock and cache, and was not measured. ${timing.source}`,
    of: (operator, graph, model, cost) => {
      const known = timing.of(operator, graph, model, cost);
      const waiting = movedBytes(operator, graph, path.cacheBytes) * path.cyclesPerByte;
      if (known === undefined || waiting === 0) return known;
      return {
        ...known,
        cycles: known.cycles + waiting,
        low: known.low + waiting * waitBand.low,
        high: known.high + waiting * waitBand.high,
        arenaWaiting: waiting,
      };
    },
  };
}

interface ArenaPath {
  readonly cyclesPerByte: number;
  readonly cacheBytes: number;
}

function arenaPathOf(memory: MemorySystem | undefined, { clockHz, dcacheBytes }: Target): ArenaPath | undefined {
  const mode = memory?.externalRamMode?.value;
  const ramHz = memory?.externalRamHz?.value;
  const line = memory?.cacheLineBytes?.value;
  if (mode === undefined || ramHz === undefined || line === undefined) return undefined;
  if (clockHz === undefined || dcacheBytes === undefined) return undefined;
  return { cyclesPerByte: lineCycles({ mode, memoryHz: ramHz, clockHz, bytes: line }) / line, cacheBytes: dcacheBytes };
}

/** Bytes that an operator moves between the cache and an arena outside the chip. */
export function movedBytes(operator: Operator, graph: Graph, cacheBytes: number): number {
  const tensorsOf = (indices: readonly number[]): readonly Tensor[] =>
    indices.flatMap((index) => graph.tensors[index] ?? []);
  const inputs = tensorsOf(operator.inputs).filter((tensor) => constantBytes(tensor) === 0);
  const outputs = tensorsOf(operator.outputs);
  const weights = sum(tensorsOf(operator.inputs).map(constantBytes));
  const read = sum(inputs.map(bytesOf));
  const written = sum(outputs.map(bytesOf));
  if (read + written + weights <= cacheBytes) return 0;
  return read * readings(operator, graph, weights, cacheBytes) + 2 * written;
}

/** How often an input is fetched. */
function readings(operator: Operator, { tensors }: Graph, weights: number, cacheBytes: number): number {
  const [input, filter, output] = [
    tensors[operator.inputs[0]],
    tensors[operator.inputs[1]],
    tensors[operator.outputs[0]],
  ];
  if (!operator.kind.endsWith('CONV_2D') || filter === undefined || output === undefined) return 1;
  const window = slidingWindowOf({ operator }, input, output, [dimension(filter, 1), dimension(filter, 2)]);
  if (window === undefined) return 1;
  const { y, x, insideTaps, insideRows } = window;
  if (weights > cacheBytes) return Math.max(1, insideTaps / (y.input * x.input));
  const rows = (bytesOf(input) / Math.max(1, dimension(input, 1) * dimension(input, 0))) * y.filter;
  return rows + weights <= cacheBytes ? 1 : Math.max(1, insideRows / y.input);
}

function bytesOf({ type, shape }: Tensor): number {
  return storedBytes(type, elementCount(shape));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
