import { getHeapStatistics } from 'node:v8';
import { mulberry32 } from '../support/random';
import { sharedModelBytes, sharedModels } from '../support/models';
import { randomInputs, systematicInputs, type FuzzInput } from './inputs';
import { smallModelFile } from './smallModel';
import { tryInput } from './tryInput';

/** What the child tells: after every few inputs how far it is, and in the end what came out. */
export interface FuzzReport {
  readonly tried: number;
  readonly models: number;
  readonly errors: number;
  /** Largest growth of heap and buffers over one input, garbage included. */
  readonly extraBytes: number;
  /** The input that took the most memory. */
  readonly largest: string;
  /** The longest that one input took. */
  readonly slowestMs: number;
  readonly slowest: string;
  /** The first outcome that is neither a model nor the typed error. */
  readonly failure?: string;
  readonly done: boolean;
}

/** Shared models up to this size are fuzzed too: most of a larger one is weights, where nothing can go wrong. */
const largestSharedBytes = 40_000;

function* allInputs(seed: number, randomCount: number): Generator<FuzzInput> {
  const small = smallModelFile();
  yield* systematicInputs(small);
  const shared = sharedModels().filter((row) => row.bytes <= largestSharedBytes);
  const files = [small, ...shared.map((row) => sharedModelBytes(row.name))];
  yield* randomInputs(files, randomCount, mulberry32(seed));
}

function usedBytes(): number {
  const { used_heap_size, external_memory } = getHeapStatistics();
  return used_heap_size + external_memory;
}

function run(seed: number, randomCount: number, send: (report: FuzzReport) => void): void {
  let report: FuzzReport = {
    tried: 0,
    models: 0,
    errors: 0,
    extraBytes: 0,
    largest: '',
    slowestMs: 0,
    slowest: '',
    done: false,
  };
  for (const { origin, bytes } of allInputs(seed, randomCount)) {
    const before = usedBytes();
    const start = performance.now();
    try {
      const outcome = tryInput(bytes);
      report = {
        ...report,
        models: report.models + (outcome === 'model' ? 1 : 0),
        errors: report.errors + (outcome === 'error' ? 1 : 0),
      };
    } catch (error) {
      send({
        ...report,
        failure: `${origin}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
        done: true,
      });
      return;
    }
    const ms = performance.now() - start;
    const extraBytes = usedBytes() - before;
    report = { ...report, tried: report.tried + 1 };
    if (ms > report.slowestMs) report = { ...report, slowestMs: ms, slowest: origin };
    if (extraBytes > report.extraBytes) report = { ...report, extraBytes, largest: origin };
    if (report.tried % 256 === 0) send(report);
  }
  send({ ...report, done: true });
}

const [seed = '1', randomCount = '0'] = process.argv.slice(2);
run(Number(seed), Number(randomCount), (report) => process.send?.(report));
