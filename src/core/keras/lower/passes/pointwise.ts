import { integers, isStatic, type DraftNode, type DraftValue } from '../draft';
import { elementwise, sameShape } from './reshapes';
import type { Pass } from './rewriter';

/** Operations on single numbers, which do not mind how these lie. */
const pointwise: ReadonlySet<string> = new Set([
  ...['TANH', 'LOGISTIC', 'RELU', 'RELU6', 'LEAKY_RELU', 'ELU', 'HARD_SWISH', 'ABS', 'EXP', 'SQUARE', 'SQRT', 'RSQRT'],
]);

/**
 * What is computed of each number by itself, of one value or of two that lie alike, is computed before the RESHAPE:
 * what stands behind has another one, as between 1D convolutions, and both go.
 */
export const pointwiseBeforeReshape: Pass = (node, rewriter) => {
  const count = pointwise.has(node.kind) ? 1 : elementwise.has(node.kind) ? 2 : 0;
  if (count === 0 || node.inputs.length !== count) return false;
  const reshapes = node.inputs.map((input) => rewriter.producer(input));
  const [first] = reshapes;
  const [output] = node.outputs;
  const sources = reshapes.map((each) => (each?.kind === 'RESHAPE' ? each.inputs[0] : undefined));
  const [source] = sources;
  if (first === undefined || source === undefined || !isStatic(source.shape) || !isStatic(output.shape)) return false;
  if (count === 1 && rewriter.onlyReader(node.inputs[0]!) !== node) return false;
  if (!sources.every((each) => each !== undefined && sameShape(each, source))) return false;
  if (!node.inputs.every((input) => input !== undefined && sameShape(input, output))) return false;
  const moved: DraftValue = { ...output, shape: source.shape };
  const behind: DraftNode = {
    ...first,
    inputs: [moved, integers(output.shape.map((length) => length ?? 1))],
    outputs: [output],
  };
  node.inputs = sources;
  node.outputs = [moved];
  rewriter.replace(new Map([[node, [node, behind]]]));
  return true;
};
