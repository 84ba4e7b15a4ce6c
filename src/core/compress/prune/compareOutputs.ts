import type { Model } from '../../model/model';
import type { Samples } from '../../samples/samples';
import type { Fidelity } from '../proof';
import { scoresOf } from './scores';
import type { Runner } from './runModel';
import { runModel } from './runModel';

/** What a model answered to samples: its outputs, and the scores before a final softmax where there is one. */
export interface Answers {
  readonly outputs: readonly Float32Array[];
  readonly scores?: Float32Array;
  /** Number of classes; absent where the output is no vector of classes. */
  readonly classes?: number;
}

/** The answers of a model to samples. */
export async function answersOf(model: Model, samples: Samples, runner: Runner): Promise<Answers> {
  const [graph] = model.graphs;
  const { tensor, isBeforeSoftmax, classes } = scoresOf(graph);
  const wanted = [...new Set([...graph.outputs, ...(isBeforeSoftmax ? [tensor] : [])])];
  const values = await runModel(model, samples, wanted, runner);
  return {
    outputs: graph.outputs.map((index) => values.get(index)!),
    scores: isBeforeSoftmax ? values.get(tensor) : undefined,
    classes,
  };
}

/** Said of equal values, whose ratio is infinite: JSON has no infinity. */
const mostSqnrDb = 150;

/** How far `after` is from `before`, for the same samples. */
export function fidelityOf(before: Answers, after: Answers, { count, labels }: Samples): Fidelity {
  const errors = errorsOf(before.outputs, after.outputs, count);
  const beforeSoftmax = before.scores && after.scores ? errorsOf([before.scores], [after.scores], count) : undefined;
  const [first, second] = [classesOf(before, count), classesOf(after, count)];
  const share = (isRight: (sample: number) => boolean): number =>
    Array.from({ length: count }, (_, sample) => isRight(sample)).filter(Boolean).length / Math.max(1, count);
  return {
    ...errors,
    ...(first && second ? { top1Agreement: share((sample) => first[sample] === second[sample]) } : {}),
    ...(beforeSoftmax ? { beforeSoftmax } : {}),
    ...(first && second && labels
      ? {
          accuracy: {
            before: share((sample) => first[sample] === labels[sample]),
            after: share((sample) => second[sample] === labels[sample]),
          },
        }
      : {}),
  };
}

/** The class of the largest output of each sample; `undefined` where the output is no vector of classes. */
function classesOf({ outputs, classes }: Answers, count: number): readonly number[] | undefined {
  if (classes === undefined) return undefined;
  return Array.from({ length: count }, (_, sample) => {
    const values = outputs[0].subarray(sample * classes, (sample + 1) * classes);
    return values.reduce((best, value, index) => (value > values[best] ? index : best), 0);
  });
}

function errorsOf(
  before: readonly Float32Array[],
  after: readonly Float32Array[],
  count: number,
): { readonly sqnrDb: number; readonly meanSquareError: number; readonly cosine: number } {
  let [signal, noise, elements, cosines] = [0, 0, 0, 0];
  before.forEach((values, output) => {
    const size = values.length / Math.max(1, count);
    for (let sample = 0; sample < count; sample++) {
      let [own, other, product] = [0, 0, 0];
      for (let index = sample * size; index < (sample + 1) * size; index++) {
        const [a, b] = [values[index], after[output][index]];
        own += a * a;
        other += b * b;
        product += a * b;
        noise += (a - b) ** 2;
      }
      signal += own;
      cosines += own === 0 || other === 0 ? Number(own === other) : product / Math.sqrt(own * other);
    }
    elements += values.length;
  });
  return {
    sqnrDb: noise === 0 ? mostSqnrDb : Math.min(mostSqnrDb, 10 * Math.log10(signal / noise)),
    meanSquareError: noise / Math.max(1, elements),
    cosine: cosines / Math.max(1, count * before.length),
  };
}
