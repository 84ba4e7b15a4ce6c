import type { CompressionResult } from '../../core/compress/kind';
import { compressionKinds } from '../../core/compress/kinds';
import { runCompression } from '../../core/compress/runCompression';
import type { Graph } from '../../core/model/model';
import { HumanError } from '../../core/model/problem';
import { chosenSamples } from '../../core/samples/chosenSamples';
import type { SplitSamples } from '../../core/samples/samples';
import { splitFor } from '../../core/samples/stream';
import type { CompressMessage } from '../../protocol/jobs';
import { CancelledError } from '../../protocol/rpc';
import { loadCompressionTools } from '../../tfjs/compressionTools';
import type { JobContext } from './context';
import { givenNames } from './givenNames';
import { jobSubject } from './jobSubject';

/**
 * Does a compression. Cancelled, it rejects with a `CancelledError`, or answers with the best so far where there is
 * one.
 */
export async function compress(
  message: CompressMessage,
  context: JobContext,
  kinds = compressionKinds,
): Promise<CompressionResult> {
  const { model: bytes, resultPath, how, layout, tfjsNodePath } = message;
  const { signal, progress } = context;
  try {
    const subject = await jobSubject(message, context);
    return await runCompression(
      { subject, bytes, resultPath, request: how, layout, classNames: await givenNames(message.labels, context) },
      {
        readSamples: (graph) => samplesFor(message, graph, context),
        loadTools: (needs) => loadCompressionTools(needs, { place: tfjsNodePath }),
        ...{ signal, progress },
      },
      kinds,
    );
  } catch (error) {
    // Whatever stopped it in the end: it was not wanted any more.
    if (signal.aborted) throw new CancelledError();
    throw error;
  }
}

/** The samples of the request in two parts; nothing for random numbers, which a compression makes itself. */
async function samplesFor(
  { how, mostSamples }: CompressMessage,
  graph: Graph,
  reader: JobContext,
): Promise<SplitSamples | undefined> {
  const data = how.data ?? (await reader.chooseData?.());
  if (data === undefined && reader.chooseData !== undefined)
    throw new HumanError('no-data-chosen', 'It needs sample data, and none were chosen.');
  if (data === undefined || data.kind === 'synthetic') return undefined;
  reader.progress({ stage: 'Reading samples', share: 0 });
  return splitFor(graph, await chosenSamples({ places: [data], mostSamples }, graph, reader));
}
