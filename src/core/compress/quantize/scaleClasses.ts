import type { Graph, Operator } from '../../model/model';
import { isConstant } from '../../model/model';
import type { ActivationType, Affine, Range } from './affine';
import { affineOf, hull, isSameAffine } from './affine';
import type { QuantizationScheme } from './schemes/scheme';
import { realValues } from '../../model/values/real';

/** An operator that is to be quantized, and how. */
export interface QuantizedOperator {
  readonly operator: Operator;
  readonly scheme: QuantizationScheme;
}

/** Which values have to have one scale and zero point, and which these are. */
export interface ScaleClasses {
  /** The quantization of a float value of the graph. */
  of(tensor: number): Affine;
}

/** Where scales come from: what was seen of every value, or what someone imposes. */
export interface ScaleSource {
  readonly ranges: ReadonlyMap<number, Range>;
  /** What readers need of values, where that is less than all of it; `ranges` are within. */
  readonly needed?: ReadonlyMap<number, Range>;
  readonly imposed?: ReadonlyMap<number, Affine>;
}

/**
 * Sorts the float values of a graph into classes of equal quantization: values that an operator only moves or picks
 * belong together, and one that a kernel fixes decides for its class. Where an operator joins values of which some are
 * fixed otherwise, these stay apart (and are requantized before it). A class has the range of all its members.
 */
export function scaleClasses(
  graph: Graph,
  operators: readonly QuantizedOperator[],
  type: ActivationType,
  source: ScaleSource,
): ScaleClasses {
  const parents = graph.tensors.map(({ index }) => index);
  const fixed = new Map<number, Affine>();
  const rootOf = (tensor: number): number => (parents[tensor] === tensor ? tensor : rootOf(parents[tensor]));
  const join = (left: number, right: number): void => {
    const [from, to] = [rootOf(right), rootOf(left)];
    const affine = fixed.get(to) ?? fixed.get(from);
    parents[from] = to;
    if (affine !== undefined) fixed.set(to, affine);
  };
  for (const { operator, scheme } of operators) {
    const affine = scheme.fixedOutput?.[type];
    if (affine !== undefined) operator.outputs.forEach((index) => fixed.set(rootOf(index), affine));
    if (scheme.isEqualScale !== true) continue;
    const values = floatValues(operator, graph);
    values.outputs.forEach((index) => join(values.outputs[0], index));
    const fixedOf = (index: number): Affine | undefined => fixed.get(rootOf(index));
    const first = values.inputs.length > 0 ? fixedOf(values.inputs[0]) : undefined;
    const isUniform = values.inputs.every((index) => isSame(fixedOf(index), first));
    const joined = values.inputs.filter((index) => isUniform || fixedOf(index) === undefined);
    joined.forEach((index) => join(values.outputs[0], index));
  }
  const affines = classAffines({ graph, operators, type, source, rootOf, fixed });
  return { of: (tensor) => affines.get(rootOf(tensor)) ?? affineOf({ min: 0, max: 0 }, type) };
}

function isSame(left: Affine | undefined, right: Affine | undefined): boolean {
  if (left === undefined || right === undefined) return left === right;
  return isSameAffine(left, right);
}

/** Float tensors that flow in and out of an operator; constants and what it remembers are none of them. */
export function floatValues(
  { inputs, outputs }: Operator,
  { tensors }: Graph,
): { readonly inputs: readonly number[]; readonly outputs: readonly number[] } {
  const isFloat = (index: number): boolean => index >= 0 && tensors[index].type === 'float32';
  return {
    inputs: inputs.filter((index) => isFloat(index) && !isConstant(tensors[index]) && !tensors[index].isVariable),
    outputs: outputs.filter(isFloat),
  };
}

interface ClassSource {
  readonly graph: Graph;
  readonly operators: readonly QuantizedOperator[];
  readonly type: ActivationType;
  readonly source: ScaleSource;
  readonly rootOf: (tensor: number) => number;
  readonly fixed: ReadonlyMap<number, Affine>;
}

function classAffines({ graph, operators, type, source, rootOf, fixed }: ClassSource): ReadonlyMap<number, Affine> {
  const ranges = new Map<number, Range[]>();
  const add = (tensor: number, range: Range | undefined): void => {
    if (range !== undefined) ranges.set(rootOf(tensor), [...(ranges.get(rootOf(tensor)) ?? []), range]);
  };
  for (const { index } of graph.tensors) add(index, source.ranges.get(index));
  for (const { operator, scheme } of operators.filter(({ scheme }) => scheme.isEqualScale === true)) {
    // What a bound leaves is what was seen: one that lies beyond it is as good at the end of the range.
    if (bounding.has(operator.kind) && source.ranges.has(operator.outputs[0])) continue;
    for (const index of operator.inputs) add(operator.outputs[0], constantRange(graph, index, scheme));
  }
  const affines = new Map([...ranges].map(([root, members]) => [root, affineOf(hull(members), type)]));
  for (const [tensor, affine] of source.imposed ?? []) affines.set(rootOf(tensor), affine);
  for (const [root, affine] of fixed) affines.set(rootOf(root), affine);
  return affines;
}

/** Operators that give out the less or the greater of two values. */
const bounding: ReadonlySet<string> = new Set(['MINIMUM', 'MAXIMUM']);

/** The range of a float constant that is joined with other values. */
function constantRange({ tensors }: Graph, index: number, scheme: QuantizationScheme): Range | undefined {
  if (index < 0 || scheme.weights !== undefined || !isConstant(tensors[index])) return undefined;
  return tensors[index].type === 'float32' ? constantExtremes(realValues(tensors[index])) : undefined;
}

/** Smallest and largest of some values. */
export function constantExtremes(values: Float32Array | undefined): Range | undefined {
  if (values === undefined || values.length === 0) return undefined;
  return values.reduce<Range>(({ min, max }, value) => ({ min: Math.min(min, value), max: Math.max(max, value) }), {
    min: Infinity,
    max: -Infinity,
  });
}
