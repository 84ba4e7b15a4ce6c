import type { AnalysisRequest } from '../../src/core/analysis/analysis';
import { subjectOf } from '../../src/core/analysis/subject';
import { checkWorkable } from '../../src/core/compress/claims';
import { kindOf, mergedOptions } from '../../src/core/compress/kinds';
import { syntheticSamples } from '../../src/core/compress/quantize/syntheticSamples';
import type { Graph } from '../../src/core/model/model';
import { HumanError } from '../../src/core/model/problem';
import type { SplitSamples } from '../../src/core/samples/samples';
import { tfjsTrainer } from '../../src/core/execute/tfjs/trainer';
import { loadWasmTfjs } from '../../src/tfjs/wasmTfjs';

/** What each kind is done with, so that an input takes some milliseconds: nothing is searched on many samples. */
const options = {
  quantize: { method: 'min-max' },
  prune: { ratio: 0.5, repair: false },
  fit: {},
  rewrite: {},
  makeItFit: { goal: { ramBytes: 2000, flashBytes: 20_000 } },
} as const;

/** A ladder goes on to its best when it is stopped, as a person stops it who does not want to wait. */
const patienceMs = 4000;

/** Does a compression as `runCompression` does, but within the budget that is given already. */
export async function compressed(id: keyof typeof options, request: AnalysisRequest): Promise<unknown> {
  const { path, bytes } = request;
  const { model, target, limits } = subjectOf(request);
  checkWorkable(model);
  const kind = kindOf(id);
  const work = await kind.load();
  work.check(model);
  const { tf, engine } = await loadWasmTfjs();
  const samples = kind.needs(options[id]).includes('samples') ? fewSamples(model.graphs[0]) : undefined;
  const tools = { engine, trainer: tfjsTrainer(tf, engine.name) };
  const supply = {
    readSamples: (graph: Graph) => Promise.resolve(fewSamples(graph)),
    loadTools: () => Promise.resolve({ ...tools, dispose: () => undefined }),
  };
  const chosen = mergedOptions(kind, options[id]);
  return await work.run(
    { path, bytes, resultPath: 'new.tflite', target, limits, samples, options: chosen },
    id === 'makeItFit' ? { supply, signal: impatientSignal(patienceMs) } : { supply, engine },
  );
}

/** Turns aborted after some time, in the middle of a computation too. */
function impatientSignal(afterMs: number): AbortSignal {
  const end = performance.now() + afterMs;
  const { signal } = new AbortController();
  const isOver = (): boolean => performance.now() > end;
  const reason = new HumanError('stopped', 'It was stopped.');
  Object.defineProperty(signal, 'aborted', { get: isOver });
  Object.defineProperty(signal, 'reason', { get: () => (isOver() ? reason : undefined) });
  Object.defineProperty(signal, 'throwIfAborted', {
    value: () => {
      if (isOver()) throw reason;
    },
  });
  return signal;
}

function fewSamples(graph: Graph): SplitSamples {
  return { calibration: syntheticSamples(graph, 3, 1), test: syntheticSamples(graph, 2, 2) };
}
