import { subjectOf } from '../../core/analysis/subject';
import { pruneModel } from '../../core/compress/prune/pruneModel';
import { quantizeModel } from '../../core/compress/quantize/quantize';
import { tfjsTrainer } from '../../core/execute/tfjs/trainer';
import type { Graph } from '../../core/model/model';
import { chosenSamples } from '../../core/samples/chosenSamples';
import type { SplitSamples } from '../../core/samples/samples';
import { splitFor } from '../../core/samples/stream';
import type { CompressionReply, CompressMessage } from '../../protocol/jobs';
import { CancelledError } from '../../protocol/rpc';
import { loadFloatEngine } from '../../tfjs/floatEngine';
import { loadWasmTfjs } from '../../tfjs/wasmTfjs';
import type { JobContext } from './context';

/**
 * Does a compression. Cancelled, it rejects with a `CancelledError`, or answers with the best so far where there is
 * one.
 */
export async function compress(message: CompressMessage, context: JobContext): Promise<CompressionReply> {
  try {
    return await compressed(message, context);
  } catch (error) {
    // Whatever stopped it in the end: it was not wanted any more.
    if (context.signal.aborted) throw new CancelledError();
    throw error;
  }
}

async function compressed(message: CompressMessage, context: JobContext): Promise<CompressionReply> {
  const { model: bytes, request, resultPath, how, tfjsNodePath } = message;
  const { signal, progress } = context;
  progress({ stage: 'Reading samples', share: 0 });
  const { model, path, target, limits } = subjectOf({ ...request, bytes });
  const subject = {
    path,
    bytes,
    resultPath,
    target,
    limits,
    samples: await samplesFor(message, model.graphs[0], context),
  };
  if (how.kind === 'quantize') {
    const { engine, dispose } = await loadFloatEngine({ place: tfjsNodePath });
    return quantizeModel({ ...subject, options: how.options }, { engine, progress, signal }).finally(dispose);
  }
  // Training stays with the backend that its gradients were tested on.
  const { tf, engine } = await loadWasmTfjs();
  const trainer = tfjsTrainer(tf, engine.name);
  return pruneModel(
    { ...subject, options: how.options },
    { engine, trainer, quantize: quantizeModel, progress, signal },
  );
}

/** The samples of the request in two parts; nothing for random numbers, which a compression makes itself. */
async function samplesFor(
  { how: { data }, mostSamples }: CompressMessage,
  graph: Graph,
  reader: JobContext,
): Promise<SplitSamples | undefined> {
  if (data === undefined || data.kind === 'synthetic') return undefined;
  return splitFor(graph, await chosenSamples({ places: [data], mostSamples }, graph, reader));
}
