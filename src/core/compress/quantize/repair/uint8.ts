import type { Graph, Model, Operator, Tensor } from '../../../model/model';
import { isConstant } from '../../../model/model';
import type { GraphDraft } from '../../rewrite/graphDraft';
import { draftOf, redirect } from '../../rewrite/graphDraft';
import { redraw } from '../../rewrite/redraw';
import type { Range } from '../affine';
import type { KnownWeights } from '../unsignedWeights';
import { schemeOf } from '../schemes/schemes';
import type { Clamp } from '../../lift/clamps';
import { liftedClamps, withActivation } from '../../lift/clamps';
import type { Repaired } from './repair';
import { bytesOf, widenTensor } from './repair';
import { realValues } from '../../../model/values/real';

/** True for the older 8-bit quantization: activations of unsigned bytes with a scale. */
export function isUint8Model({ inputs, operators, tensors }: Graph): boolean {
  return [...inputs, ...operators.flatMap(({ outputs }) => outputs)].some((index) => isUint8(tensors[index]));
}

function isUint8({ type, quantization }: Tensor): boolean {
  return type === 'uint8' && quantization?.scales.length === 1;
}

const integers: ReadonlySet<string> = new Set(['uint8', 'int8', 'int16']);

function isQuantizedInteger({ type, quantization }: Tensor): boolean {
  return integers.has(type) && (quantization?.scales.length ?? 0) > 0;
}

/**
 * True for a float model with pairs of QUANTIZE and DEQUANTIZE, as quantization-aware training leaves them: integers
 * lie between such conversions alone.
 */
export function isFakeQuantized({ operators, tensors, inputs, outputs }: Graph): boolean {
  const isConversion = ({ kind }: Operator): boolean => kind === 'QUANTIZE' || kind === 'DEQUANTIZE';
  const isInteger = (index: number): boolean => index >= 0 && isQuantizedInteger(tensors[index]);
  const isActivation = (index: number): boolean => isInteger(index) && !isConstant(tensors[index]);
  const pairs = operators.filter(({ kind, outputs: [made] }) => {
    return kind === 'QUANTIZE' && operators.some((each) => each.kind === 'DEQUANTIZE' && each.inputs[0] === made);
  });
  const others = operators.filter((operator) => !isConversion(operator));
  return (
    pairs.length > 0 &&
    others.length > 0 &&
    ![...inputs, ...outputs].some(isInteger) &&
    !others.some((operator) => [...operator.inputs, ...operator.outputs].some(isActivation))
  );
}

/** A range in the form that `takeRanges` takes off: that of 256 steps from 0 on. */
function asNote({ type, quantization }: Tensor): Tensor['quantization'] {
  if (quantization?.scales.length !== 1) return undefined;
  const [scale, zeroPoint] = [quantization.scales[0], quantization.zeroPoints[0] ?? 0];
  if (type === 'int8') return { ...quantization, zeroPoints: [zeroPoint + 128] };
  return type === 'int16' ? { ...quantization, scales: [scale * 257], zeroPoints: [128] } : quantization;
}

/**
 * The float model that one in uint8, or one with pairs of QUANTIZE and DEQUANTIZE, stands for. Values keep their scales
 * as a note on float tensors, which `takeRanges` takes off: as int8 they have the same scale and a zero point 128 less.
 * Source: TFLite 8-bit quantization specification.
 */
export function widenUint8(model: Model): Repaired & { readonly knownWeights: KnownWeights } {
  const [graph] = model.graphs;
  const draft = draftOf(graph);
  const isFake = isFakeQuantized(graph);
  for (const operator of graph.operators) widenBias(draft, operator, graph);
  draft.tensors = draft.tensors.map((tensor) => {
    if (!(isFake ? isQuantizedInteger(tensor) : isUint8(tensor))) return tensor;
    return isConstant(tensor) ? widenTensor(tensor) : { ...tensor, type: 'float32', quantization: asNote(tensor) };
  });
  removeConversions(draft);
  const clamps = liftedClamps(notesAsIntegers({ ...graph, tensors: draft.tensors, operators: draft.operators }));
  draft.operators = draft.operators.map((operator) => withActivation(operator, clamps.get(operator.outputs[0])));
  return {
    model: redraw(model, draft),
    decisions: [
      isFake
        ? 'The model computes in float between pairs of QUANTIZE and DEQUANTIZE (fake-quantized): their ranges were taken, and the pairs removed.'
        : 'The model was quantized to uint8, which TFLite Micro rejects: values keep their ranges, with zero points 128 less as int8.',
    ],
    knownWeights: knownWeightsOf(graph, draft),
  };
}

function knownWeightsOf(graph: Graph, { tensors }: GraphDraft): KnownWeights {
  const layers = graph.operators.flatMap((operator) => weightsOf(operator, graph));
  return new Map(
    layers.map(({ index, name, data, quantization }) => [
      tensors[index].data!,
      { name, scale: quantization!.scales[0], stored: data! },
    ]),
  );
}

function weightsOf({ kind, inputs }: Operator, { tensors }: Graph): readonly Tensor[] {
  const rule = schemeOf(kind)?.weights;
  const weights = rule === undefined ? undefined : tensors[inputs[rule.weights]];
  return weights !== undefined && isConstant(weights) && isUint8(weights) ? [weights] : [];
}

/** A bias has the scale of input times weights, whether the file says so or not. */
function widenBias(draft: GraphDraft, operator: Operator, graph: Graph): void {
  const rule = schemeOf(operator.kind)?.weights;
  const index = rule === undefined ? -1 : (operator.inputs[rule.bias] ?? -1);
  const [weights] = weightsOf(operator, graph);
  if (rule === undefined || weights === undefined || index < 0) return;
  const input = graph.tensors[operator.inputs[rule.input]];
  const scale = (input.quantization?.scales[0] ?? 0) * weights.quantization!.scales[0];
  const bias = graph.tensors[index];
  const stored = bias.type === 'int32' ? realValues({ ...bias, quantization: undefined }) : undefined;
  if (stored === undefined) return;
  const data = bytesOf(stored.map((value) => value * scale));
  draft.tensors[index] = { ...bias, type: 'float32', data, quantization: undefined };
}

/** Conversions between what is all float now go away; the range of a value stays with it. */
function removeConversions(draft: GraphDraft): void {
  for (const { index } of [...draft.operators]) {
    // As it is now: what it reads may be gone since with the conversion before it.
    const { kind, inputs, outputs } = draft.operators.find((operator) => operator.index === index)!;
    if (kind !== 'QUANTIZE' && kind !== 'DEQUANTIZE') continue;
    const [from, to] = [draft.tensors[inputs[0]], draft.tensors[outputs[0]]];
    if (from.type !== 'float32' || to.type !== 'float32') continue;
    const note = isConstant(from) ? undefined : (from.quantization ?? to.quantization);
    draft.tensors[inputs[0]] = { ...from, quantization: note };
    draft.operators = draft.operators.filter((operator) => operator.index !== index);
    redirect(draft, outputs[0], inputs[0]);
  }
}

/** The ranges that were noted on float tensors, the clamps that only these make, and the model without the notes. */
export function takeRanges(model: Model): {
  readonly model: Model;
  readonly ranges: ReadonlyMap<number, Range>;
  readonly clamps: ReadonlyMap<number, Clamp>;
} {
  const [graph] = model.graphs;
  const ranges = new Map<number, Range>();
  const tensors = graph.tensors.map((tensor) => {
    const { type, quantization, index } = tensor;
    if (type !== 'float32' || quantization?.scales.length !== 1) return tensor;
    const [scale, zeroPoint] = [quantization.scales[0], quantization.zeroPoints[0] ?? 0];
    ranges.set(index, { min: scale * -zeroPoint, max: scale * (255 - zeroPoint) });
    return { ...tensor, quantization: undefined };
  });
  return { model: { ...model, graphs: [{ ...graph, tensors }] }, ranges, clamps: clampsOfNotes(graph) };
}

/** What no fused activation function says. */
function clampsOfNotes(graph: Graph): ReadonlyMap<number, Clamp> {
  const rests = [...liftedClamps(notesAsIntegers(graph))].flatMap(([tensor, { rest }]) =>
    rest === undefined ? [] : [[tensor, rest] as const],
  );
  return new Map(rests);
}

function notesAsIntegers(graph: Graph): Graph {
  const tensors = graph.tensors.map((tensor): Tensor => {
    const isNoted = tensor.type === 'float32' && tensor.quantization?.scales.length === 1;
    return isNoted && !isConstant(tensor) ? { ...tensor, type: 'uint8' } : tensor;
  });
  return { ...graph, tensors };
}
