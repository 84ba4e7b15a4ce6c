import { subjectOf } from '../../core/analysis/subject';
import { pruneModel } from '../../core/compress/prune/pruneModel';
import { quantizeModel } from '../../core/compress/quantize/quantize';
import { tfjsTrainer } from '../../core/execute/tfjs/trainer';
import type { CompressionReply, CompressMessage } from '../../protocol/jobs';
import { CancelledError } from '../../protocol/rpc';
import { loadFloatEngine } from '../../tfjs/floatEngine';
import { loadWasmTfjs } from '../../tfjs/wasmTfjs';
import type { JobContext } from './context';
import { samplesFor } from './samples';

/** Does a compression. Cancelled, it rejects with a `CancelledError`, or answers with the best so far where there is one. */
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
  const { model: bytes, request, resultPath, how, mostSamples, tfjsNodePath } = message;
  const { signal, progress } = context;
  progress({ stage: 'Reading samples', share: 0 });
  const { model, path, target, limits } = subjectOf({ ...request, bytes });
  const subject = {
    path,
    bytes,
    resultPath,
    target,
    limits,
    samples: await samplesFor(how.data, model, { ...context, mostSamples }),
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
