import { allRoundings } from '../../../execute/roundings';
import type { Graph, Operator, Tensor } from '../../../model/model';
import { isConstant } from '../../../model/model';
import { shortNames } from '../../../model/names';
import { enumOption, numberOption } from '../../../model/options';
import { constantIntegers } from '../../../operators/shapes';
import { redraw } from '../../rewrite/redraw';
import { bypass } from '../bypass';
import type { CleanStep } from '../cleanStep';
import { ConstantChannels } from '../constantChannels';
import { hasSameShape, holdsSame } from '../equalTensors';
import { probe } from '../ranges/probe';
import { storedValues } from '../../../model/values/stored';
import { lookup } from '../../../text/lookup';

/** Removes operators whose output is their input, whatever it holds: one at a time, repeated by the caller. */
export const identities: CleanStep = {
  id: 'identities',
  apply: (model) => {
    const [graph] = model.graphs;
    const bounds = new Bounds(graph);
    for (const operator of graph.operators) {
      const input = identityOf(operator, graph, bounds);
      const draft = input === undefined ? undefined : bypass(graph, operator, input);
      if (draft === undefined) continue;
      const name = shortNames(graph)[operator.outputs[0]];
      return {
        model: redraw(model, draft),
        decisions: [`${operator.kind} "${name}" gave out what it was given, and is gone.`],
      };
    }
    return undefined;
  },
};

/** What tensors can hold, found out when it is first asked for. */
class Bounds {
  readonly #graph: Graph;
  #constants: ConstantChannels | undefined;

  constructor(graph: Graph) {
    this.#graph = graph;
  }

  of(tensor: Tensor): readonly [low: number, high: number] {
    this.#constants ??= new ConstantChannels(this.#graph);
    return this.#constants.boundsOf(tensor);
  }
}

type Rule = (operator: Operator, graph: Graph, bounds: Bounds) => boolean;

const unchangedShape: Rule = () => true;

const notPadded: Rule = ({ inputs }, { tensors }) =>
  constantIntegers(tensors[inputs[1]])?.every((size) => size === 0) ?? false;

const oneInput: Rule = ({ inputs }) => inputs.length === 1;

const window: Rule = (operator) =>
  ['filterHeight', 'filterWidth', 'strideH', 'strideW'].every((name) => numberOption(operator, name, 1) === 1);

const inOrder: Rule = ({ inputs }, { tensors }) =>
  constantIntegers(tensors[inputs[1]])?.every((source, axis) => source === axis) ?? false;

const forwards: Rule = ({ inputs }, { tensors }) =>
  constantIntegers(tensors[inputs[3]])?.every((stride) => stride === 1) ?? false;

/** x + 0 and x - 0, x * 1 and x / 1 are exact in floating point; with integers they go through two scales. */
const neutral =
  (value: number): Rule =>
  ({ inputs }, { tensors }) => {
    const other = tensors[inputs[1]];
    return other.type === 'float32' && (storedValues(other)?.every((each) => each === value) ?? false);
  };

/** For each kind: what must hold besides equal shapes, types and quantizations of first input and output. */
const rules: Readonly<Record<string, Rule>> = lookup({
  ADD: neutral(0),
  AVERAGE_POOL_2D: window,
  CAST: unchangedShape,
  CONCATENATION: oneInput,
  DIV: neutral(1),
  EXPAND_DIMS: unchangedShape,
  LEAKY_RELU: leavesValues,
  MAX_POOL_2D: window,
  MIRROR_PAD: notPadded,
  MUL: neutral(1),
  PAD: notPadded,
  PADV2: notPadded,
  QUANTIZE: leavesValues,
  RELU: leavesValues,
  RELU6: leavesValues,
  RESHAPE: unchangedShape,
  RESIZE_NEAREST_NEIGHBOR: unchangedShape,
  SLICE: unchangedShape,
  SQUEEZE: unchangedShape,
  STRIDED_SLICE: forwards,
  SUB: neutral(0),
  TRANSPOSE: inOrder,
});

function identityOf(operator: Operator, graph: Graph, bounds: Bounds): number | undefined {
  const rule = rules[operator.kind];
  const input = operator.inputs[0] ?? -1;
  if (rule === undefined || input < 0 || operator.outputs.length !== 1 || isConstant(graph.tensors[input]))
    return undefined;
  const [from, to] = [graph.tensors[input], graph.tensors[operator.outputs[0]]];
  const isPlain = enumOption(operator, 'fusedActivationFunction', 'NONE') === 'NONE';
  if (!isPlain || !holdsSame(from, to) || !hasSameShape(from, to)) return undefined;
  return rule(operator, graph, bounds) ? input : undefined;
}

/**
 * Every value that the input can hold comes out as it was: of 8-bit integers each is tried, of floats the bounds tell.
 */
function leavesValues(operator: Operator, graph: Graph, bounds: Bounds): boolean {
  const [input, output] = [graph.tensors[operator.inputs[0]], graph.tensors[operator.outputs[0]]];
  const [low, high] = bounds.of(input);
  if (input.type === 'float32')
    return low >= 0 && (operator.kind === 'RELU' || (operator.kind === 'RELU6' && high <= 6));
  if (input.type !== 'int8') return false;
  const values = Array.from({ length: high - low + 1 }, (_, index) => low + index);
  const tensors = graph.tensors.map((each) =>
    each === input || each === output ? { ...each, shape: [1, values.length] } : each,
  );
  return allRoundings.every((rounding) => {
    const results = probe({ operator, tensors }, new Map([[input.index, values]]), rounding);
    return results !== undefined && values.every((value, index) => results[index] === value);
  });
}
