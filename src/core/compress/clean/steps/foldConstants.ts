import { allRoundings } from '../../../execute/roundings';
import type { Graph, Operator, Tensor } from '../../../model/model';
import { isConstant } from '../../../model/model';
import { shortNames } from '../../../model/names';
import { draftOf } from '../../rewrite/graphDraft';
import { redraw } from '../../rewrite/redraw';
import { countText } from '../../wording';
import type { CleanStep } from '../cleanStep';
import { runAlone } from '../ranges/probe';

/**
 * Operators whose result does not depend on the order in which floats are added, so that it is the same on every
 * runtime.
 */
const exact: ReadonlySet<string> = new Set([
  ...['ADD', 'BROADCAST_ARGS', 'BROADCAST_TO', 'CAST', 'CONCATENATION', 'DEQUANTIZE', 'DIV', 'EXPAND_DIMS', 'FILL'],
  ...['GATHER', 'MAXIMUM', 'MINIMUM', 'MUL', 'NEG', 'PACK', 'PAD', 'PADV2', 'QUANTIZE', 'RESHAPE', 'SHAPE', 'SLICE'],
  ...['SQUEEZE', 'STRIDED_SLICE', 'SUB', 'TRANSPOSE', 'ZEROS_LIKE'],
]);

/** More bytes than this added to the file are not worth an operator less. */
const mostBytesMore = 64;

/** Computes operators on constants now, once, instead of on the device at every inference. */
export const foldConstants: CleanStep = {
  id: 'fold-constants',
  apply: (model) => {
    const [graph] = model.graphs;
    const names = shortNames(graph);
    const decisions: string[] = [];
    const tensors = [...graph.tensors];
    const operators = graph.operators.filter((operator) => {
      const value = foldOperator({ ...graph, tensors }, operator);
      if (value === undefined) return true;
      tensors[value.index] = value;
      decisions.push(
        `${operator.kind} "${names[value.index]}" always gave the same ${countText(value.data!.length, 'byte')}, which are a constant now.`,
      );
      return false;
    });
    return decisions.length === 0
      ? undefined
      : { model: redraw(model, draftOf(graph, { tensors, operators })), decisions };
  },
};

function foldOperator(graph: Graph, operator: Operator): Tensor | undefined {
  const output = graph.tensors[operator.outputs[0] ?? -1];
  if (!exact.has(operator.kind) || operator.outputs.length !== 1 || graph.outputs.includes(output.index))
    return undefined;
  const inputs = operator.inputs.filter((index) => index >= 0).map((index) => graph.tensors[index]);
  const isFixed = inputs.every(
    (tensor) => tensor.data !== undefined || (operator.kind === 'SHAPE' && hasFixedShape(tensor)),
  );
  if (!isFixed || inputs.length === 0 || !hasFixedShape(output)) return undefined;
  const [first, second] = allRoundings.map(
    (rounding) => runAlone({ operator, tensors: graph.tensors }, new Map(), rounding)?.bytes,
  );
  if (first === undefined || second === undefined || first.some((byte, index) => byte !== second[index]))
    return undefined;
  const freed = inputs.filter((tensor) => isConstant(tensor) && users(graph, tensor) === 1);
  const before = freed.reduce((sum, tensor) => sum + (tensor.data?.length ?? 0), 0);
  return first.length > before + mostBytesMore ? undefined : { ...output, data: first.slice() };
}

function users(graph: Graph, { index }: Tensor): number {
  return graph.operators.filter(({ inputs }) => inputs.includes(index)).length;
}

function hasFixedShape({ shape, shapeSignature = shape }: Tensor): boolean {
  return shapeSignature.every((size) => size >= 0);
}
