import { elementCount } from '../model/dataType';
import { folds, numberOfType, type Computed } from './folding';
import { shapeOf } from './layout';
import { isKnownKind, lowerNode } from './lower';
import type { Lowering } from './lowering';
import { checkPorts, isGraph, listOf, numberOf, refused } from './nodes';
import type { OnnxGraph, OnnxNode, OnnxTensor } from './onnxModel';
import type { Refusals } from './refusals';

/** A node is computed ahead where that is possible, else lowered. @throws ModelError where neither can be. */
export function stepNode(given: OnnxNode, lowering: Lowering): void {
  checkPorts(given);
  const node = given.kind === 'CastLike' ? asCast(given, lowering) : given;
  const [first] = node.inputs;
  if ((node.kind === 'Shape' || node.kind === 'Size') && lowering.isValue(first)) {
    const shape = shapeOf(lowering.followed(node, first).value.layout);
    lowering.know(node.outputs[0], node.kind === 'Shape' ? shapeConstant(node, shape) : sizeConstant(shape));
    return;
  }
  if (node.inputs.some((name) => lowering.isValue(name))) lowerNode(node, lowering);
  else fold(node, lowering);
}

/** One node after the other; those that are not converted are kept, and what hangs on them is passed over. */
export function stepAll(nodes: readonly OnnxNode[], lowering: Lowering, refusals: Refusals): void {
  // Ahead of all others, since they may stand behind the node that looks for them.
  for (const node of nodes) {
    if (node.kind === 'Constant') tried(node, refusals, () => lowering.know(node.outputs[0], constantOf(node)));
  }
  for (const node of nodes) {
    if (node.kind === 'Constant' || lowering.done.has(node)) continue;
    lowering.draft.origin = { layer: node.name, layerKind: node.kind };
    if (refusals.isWithout(node)) {
      // Whatever its shapes, there is nothing for a kind that is not known.
      if (isKnownKind(node.kind) || folds.has(node.kind) || node.kind === 'Shape') refusals.skip(node);
      else tried(node, refusals, () => lowerNode(node, lowering));
      continue;
    }
    const branch = node.kind === 'If' ? branchOf(node, lowering) : undefined;
    if (branch !== undefined) {
      lowering.enter(branch);
      stepAll(branch.nodes, lowering, refusals);
      branch.outputs.forEach((name, at) => {
        const result: OnnxNode = { ...node, kind: 'Identity', inputs: [name], outputs: [node.outputs[at]] };
        if (refusals.isWithout(result)) refusals.skip(result);
        else tried(result, refusals, () => stepNode(result, lowering));
      });
      continue;
    }
    tried(node, refusals, () => stepNode(node, lowering));
  }
  lowering.draft.origin = undefined;
}

function tried(node: OnnxNode, refusals: Refusals, step: () => void): void {
  try {
    step();
  } catch (error) {
    refusals.add(node, error);
  }
}

/** A CastLike as the Cast to the type of its second input; both are read again as what a Cast reads. */
function asCast(node: OnnxNode, lowering: Lowering): OnnxNode {
  const [value, like] = node.inputs;
  const { draft } = lowering;
  const held = lowering.isValue(like) ? draft.contentOf(lowering.followed(node, like).value.tensor) : undefined;
  // Integers that stand for real numbers are real.
  const type = held?.quantization === undefined ? (held?.type ?? lowering.numbers(like)?.type) : 'float32';
  const to = type && numberOfType.get(type);
  if (to === undefined) throw refused(node, `nothing before it says the type of "${like}".`);
  return { ...node, kind: 'Cast', inputs: [value], attributes: new Map([['to', to]]) };
}

/** The branch that is always taken; `undefined` where that is computed. */
function branchOf(node: OnnxNode, lowering: Lowering): OnnxGraph | undefined {
  const condition = lowering.isValue(node.inputs[0]) ? undefined : lowering.numbers(node.inputs[0]);
  if (condition?.values.length !== 1) return undefined;
  const branch = node.attributes.get(condition.values[0] === 0 ? 'else_branch' : 'then_branch');
  return isGraph(branch) ? branch.graph : undefined;
}

function shapeConstant(node: OnnxNode, shape: readonly number[]): Computed {
  const [start, end] = [numberOf(node, 'start', 0), numberOf(node, 'end', shape.length)];
  const values = Float64Array.from(shape.slice(start, end));
  return { type: 'int64', shape: [values.length], values };
}

function sizeConstant(shape: readonly number[]): Computed {
  return { type: 'int64', shape: [], values: Float64Array.of(elementCount(shape)) };
}

function fold(node: OnnxNode, lowering: Lowering): void {
  if (node.kind === 'DequantizeLinear' || node.kind === 'QuantizeLinear') {
    lowerNode(node, lowering);
    return;
  }
  const compute = folds.get(node.kind);
  const inputs = node.inputs.map((name) => (name === '' ? undefined : lowering.numbers(name)));
  const missing = node.inputs.find((name, index) => name !== '' && inputs[index] === undefined);
  if (missing !== undefined) throw refused(node, `nothing before it computes "${missing}".`);
  if (compute === undefined || node.inputs.length === 0) {
    lowerNode(node, lowering);
    return;
  }
  const results = [compute(node, inputs)].flat() as readonly Computed[];
  lowering.claim(
    node,
    results.reduce((sum, { values }) => sum + values.length, 0),
  );
  results.forEach((result, index) => {
    if (index < node.outputs.length) lowering.know(node.outputs[index], result);
  });
}

/** The value of a Constant, in whichever attribute it lies. */
function constantOf(node: OnnxNode): OnnxTensor | Computed {
  const value = node.attributes.get('value');
  if (typeof value === 'object' && 'data' in value) return value;
  for (const [name, type] of [
    ['value_float', 'float32'],
    ['value_int', 'int64'],
    ['value_floats', 'float32'],
    ['value_ints', 'int64'],
  ] as const) {
    const list = listOf(node, name);
    if (list !== undefined) return { type, shape: [list.length], values: Float64Array.from(list) };
    if (node.attributes.has(name)) return { type, shape: [], values: Float64Array.of(numberOf(node, name, 0)) };
  }
  throw refused(node, 'its value is no number.');
}
