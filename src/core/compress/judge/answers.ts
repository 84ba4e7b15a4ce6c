import type { Graph, Model } from '../../model/model';
import { shortNames } from '../../model/names';
import type { Samples } from '../../samples/samples';
import type { SaturatingKind } from '../proof';
import { classCount, judgedOutputs, judgedTensors } from './judgedOutputs';
import type { Runner } from './runModel';
import { runModel } from './runModel';

/** What a model answered to samples at one output: values of all samples, one after another. */
export interface OutputAnswers {
  readonly name: string;
  readonly values: Float32Array;
  /** What went into a final saturating function, with the function; absent where there is none, or it was not seen. */
  readonly before?: { readonly kind: SaturatingKind; readonly values: Float32Array };
}

/** What a model answered to samples. */
export interface Answers {
  readonly outputs: readonly OutputAnswers[];
  /** Number of classes; absent where the output is no vector of classes. */
  readonly classes?: number;
}

/** The answers of a model to samples. */
export async function answersOf(model: Model, samples: Samples, runner: Runner): Promise<Answers> {
  const [graph] = model.graphs;
  return answersFrom(graph, await runModel(model, samples, judgedTensors(graph), runner));
}

/** The answers that lie in the values of a graph's judged tensors. */
export function answersFrom(graph: Graph, values: ReadonlyMap<number, Float32Array>): Answers {
  const names = shortNames(graph);
  const outputs = judgedOutputs(graph).map(({ output, tensor, saturating }): OutputAnswers => {
    const before = saturating && values.get(tensor);
    return {
      name: names[output],
      values: values.get(output)!,
      ...(saturating && before && { before: { kind: saturating.kind, values: before } }),
    };
  });
  return { outputs, classes: classCount(graph) };
}
