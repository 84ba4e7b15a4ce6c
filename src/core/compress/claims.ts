import { elementCount } from '../model/dataType';
import { disordersOf } from '../model/disorder';
import { operatorName, type Model } from '../model/model';
import { HumanError } from '../model/problem';

/**
 * Elements of all activations of a model, a hundred times what the largest network of a microcontroller has: a file of
 * some hundred bytes may name shapes of gigabytes, and a compression takes memory and time for what shapes name.
 */
const mostElements = 2 ** 27;

/** Sizes of all dimensions: a compression follows every index of each. */
const mostIndices = 2 ** 24;

/** What a model claims beyond all that a compression can work on, as a complete sentence. */
function tooLargeText({ graphs }: Model): string | undefined {
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

/** What follows values from reader to writer would lead in circles, as a complete sentence. */
function disorderText({ graphs }: Model): string | undefined {
  for (const { operator, tensor, writer } of graphs.flatMap(disordersOf)) {
    // What nobody writes is the end of every way, and no circle.
    if (writer === 'nobody') continue;
    const what = writer === 'itself' ? 'which it writes itself' : 'which an operator writes that runs later';
    return (
      `Operator ${operator.index} (${operatorName(operator)}) reads "${tensor.name}", ${what}, so that the model cannot be ` +
      'changed here. Convert it again.'
    );
  }
  return undefined;
}

/** Why no compression can work on a model, whatever its kind, as a complete sentence; absent where one can. */
export function unworkableText(model: Model): string | undefined {
  return tooLargeText(model) ?? disorderText(model);
}

/** @throws HumanError `model-unworkable` where {@link unworkableText} has something to say. */
export function checkWorkable(model: Model): void {
  const text = unworkableText(model);
  if (text !== undefined) throw new HumanError('model-unworkable', text);
}
