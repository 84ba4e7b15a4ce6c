import type { Graph } from '../model/model';
import type { Samples, SplitSamples } from './samples';
import { splitSamples } from './samples';

/**
 * True for a model whose samples follow one another as in a stream: something of one inference is kept for the next.
 * The state of an LSTM is no such thing: each sample is a whole sequence that starts from zeros.
 */
export function isStream({ operators, tensors }: Graph): boolean {
  return operators.some(
    ({ kind, inputs }) =>
      kind !== 'UNIDIRECTIONAL_SEQUENCE_LSTM' && inputs.some((index) => index >= 0 && tensors[index].isVariable),
  );
}

/**
 * `splitSamples` in the order that a model asks for: every part of the samples of one with memory stays in one piece.
 */
export function splitFor(graph: Graph, samples: Samples): SplitSamples {
  return splitSamples(samples, isStream(graph) ? 'stream' : 'any');
}
