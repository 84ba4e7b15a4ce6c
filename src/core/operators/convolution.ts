import type { Graph, Operator, Tensor } from '../model/model';
import { numberOption } from '../model/options';
import { activationText, joinParts, paddingText, sizeText, strideText } from './optionsText';
import { dimension, inputTensor, product, shapeText } from './shapes';
import type { OperatorView } from './view';

/** What the convolutions share: the tensors' places, their options as text, and what must hold between their shapes. */

/** Options of a convolution: stride, padding, activation, and whatever is out of the ordinary. */
export function convolutionText(operator: Operator, ...rest: readonly string[]): string {
  const dilation = sizeText(operator, 'dilationHFactor', 'dilationWFactor');
  return joinParts(
    strideText(operator),
    paddingText(operator),
    activationText(operator),
    dilation === '1x1' ? '' : `dilation ${dilation}`,
    ...rest,
  );
}

/**
 * Number of groups of a CONV_2D: how often the filter's depth goes into the input's; 1 when it does not or is not
 * known.
 */
export function groupCount(operator: Operator, graph: Graph): number {
  const inputDepth = dimension(inputTensor(operator, graph, 0), 3);
  const filterDepth = dimension(inputTensor(operator, graph, 1), 3);
  if (inputDepth === undefined || filterDepth === undefined || filterDepth === 0) return 1;
  return inputDepth > filterDepth && inputDepth % filterDepth === 0 ? inputDepth / filterDepth : 1;
}

/** A contradiction that all convolutions share: ranks other than 4, strides below 1. */
export function imageProblem(view: OperatorView, tensors: readonly (Tensor | undefined)[]): string | undefined {
  const flat = tensors.find((tensor) => tensor !== undefined && tensor.shape.length !== 4);
  if (flat !== undefined) {
    return `${view.name} works on ${shapeText(flat)}, but needs tensors of 4 dimensions; reshape it before the operator.`;
  }
  const strides = ['strideH', 'strideW'].map((option) => numberOption(view.operator, option, 1));
  if (strides.some((stride) => stride < 1)) {
    return `${view.name} has a stride below 1; convert the model again.`;
  }
  return undefined;
}

/** A sentence when two sizes that must be equal are not. */
export function unequal(
  view: OperatorView,
  first: readonly [string, number],
  second: readonly [string, number],
): string {
  return `${view.name} has ${first[1]} ${first[0]}, but ${second[1]} ${second[0]}; convert the model again.`;
}

/** The sizes of a tensor of 4 dimensions, each `undefined` when not known. */
function sizes(tensor: Tensor | undefined): readonly (number | undefined)[] {
  return [0, 1, 2, 3].map((axis) => dimension(tensor, axis));
}

/** Product of all sizes of `tensor` and of its factors, when it has 4 dimensions. */
export function imageElements(tensor: Tensor | undefined): number | undefined {
  return tensor?.shape.length === 4 ? product(...sizes(tensor)) : undefined;
}
