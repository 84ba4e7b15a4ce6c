import { elementCount } from '../model/dataType';
import type { Model } from '../model/model';
import { HumanError } from '../model/problem';

/**
 * Elements of all activations of a model, a hundred times what the largest network of a microcontroller has: a file of
 * some hundred bytes may name shapes of gigabytes, and a compression takes memory and time for what shapes name.
 */
const mostElements = 2 ** 27;

/** Sizes of all dimensions: a compression follows every index of each. */
const mostIndices = 2 ** 24;

/** What a model claims beyond all that a compression can work on, as a complete sentence; absent for all that fit. */
export function tooLargeText({ graphs }: Model): string | undefined {
  let [elements, indices] = [0, 0];
  for (const { tensors } of graphs) {
    for (const tensor of tensors) {
      if (tensor.data !== undefined) continue;
      elements += elementCount(tensor.shape);
      indices += tensor.shape.reduce((sum, length) => sum + length, 0);
      if (elements <= mostElements && indices <= mostIndices) continue;
      return (
        `The shapes of this model name more values than any microcontroller holds ("${tensor.name}" is ` +
        `[${tensor.shape.join(',')}]), so that it cannot be changed here. Convert it again with the shapes that are meant.`
      );
    }
  }
  return undefined;
}

/** @throws HumanError `model-too-large` where {@link tooLargeText} has something to say. */
export function checkSize(model: Model): void {
  const text = tooLargeText(model);
  if (text !== undefined) throw new HumanError('model-too-large', text);
}
