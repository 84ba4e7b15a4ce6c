import { elementCount } from '../../model/dataType';
import type { Graph } from '../../model/model';

/** The tensor by which a model is taught and judged. */
export interface Scores {
  /** What goes into a final softmax, which hides differences; without one the first output. */
  readonly tensor: number;
  readonly isBeforeSoftmax: boolean;
  /** Number of classes; absent where the only output is no vector of classes: several rows, one number, or the input given back. */
  readonly classes?: number;
}

export function scoresOf({ operators, outputs, inputs, tensors }: Graph): Scores {
  const [output] = outputs;
  const softmax = operators.filter((operator) => operator.kind === 'SOFTMAX' && operator.outputs[0] === output);
  const { shape } = tensors[output];
  const count = shape.at(-1) ?? 1;
  const isRebuilt = inputs.length > 0 && elementCount(tensors[inputs[0]].shape) === count;
  const isClasses = outputs.length === 1 && count > 1 && elementCount(shape) === count && !isRebuilt;
  const classes = isClasses ? count : undefined;
  if (softmax.length !== 1) return { tensor: output, isBeforeSoftmax: false, classes };
  return { tensor: softmax[0].inputs[0], isBeforeSoftmax: true, classes };
}
