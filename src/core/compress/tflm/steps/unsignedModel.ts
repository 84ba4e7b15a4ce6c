import type { Graph, Operator, Quantization, Tensor } from '../../../model/model';
import { refusalsOf } from '../../refusal';
import type { GraphDraft } from '../../rewrite/graphDraft';
import { addTensor, draftOf } from '../../rewrite/graphDraft';
import { redraw } from '../../rewrite/redraw';
import { countText } from '../../wording';
import { quantizeTo } from '../newOperators';
import type { Rewrite } from '../rewrite';
import { signedWeights, weightsAxis } from '../signedWeights';

/** The older quantization to uint8, which TFLM has dropped, as int8. Inputs and outputs stay uint8. */
export const unsignedModel: Rewrite = {
  id: 'unsigned-model',
  exactWhen:
    'Integers and zero points are 128 less, and weights lie within 127 of their zero point: sums and scales stay. Averages round halves away from zero in int8 and up in uint8; weights further away are rounded anew.',
  apply: (model, use) => {
    const [graph] = model.graphs;
    const isRefused = refusalsOf(model, use.library).some(
      ({ operator, refusal }) =>
        refusal.code === 'type-unsupported' && operator.kind !== 'CUSTOM' && reads(operator, graph),
    );
    if (model.graphs.length !== 1 || !isRefused || graph.operators.some((operator) => isStored(operator, graph)))
      return undefined;
    const draft = draftOf(graph);
    draft.tensors = graph.tensors.map((tensor) => (isUnsigned(tensor) ? signed(tensor) : tensor));
    const rounded = graph.operators.filter((operator) => withSignedWeights(draft, operator, graph)).length;
    keepFaces(draft, graph);
    const count = graph.tensors.filter(isUnsigned).length;
    return {
      model: redraw(model, draft),
      decisions: [
        `${countText(count, 'tensor')} of uint8 became int8, with zero points 128 less; what the model is given and gives stays uint8, by a QUANTIZE each.`,
        ...(rounded === 0
          ? []
          : [
              `Weights of ${countText(rounded, 'layer')} lie further from their zero point than int8 reaches, and were rounded anew for each channel.`,
            ]),
      ],
    };
  },
};

/** With a zero point among its integers: a file that says otherwise is damaged. */
function isUnsigned({ type, quantization }: Tensor): boolean {
  const zero = quantization?.zeroPoints[0] ?? 0;
  return type === 'uint8' && quantization?.scales.length === 1 && zero >= 0 && zero <= 255;
}

function reads({ inputs, outputs }: Operator, { tensors }: Graph): boolean {
  return [...inputs, ...outputs].some((index) => tensors[index] !== undefined && isUnsigned(tensors[index]));
}

/** What takes the integers as they are would get others. */
function isStored(operator: Operator, graph: Graph): boolean {
  return (operator.kind === 'CAST' || operator.kind === 'BITCAST') && reads(operator, graph);
}

function less128({ zeroPoints, ...rest }: Quantization): Quantization {
  return { ...rest, zeroPoints: [(zeroPoints[0] ?? 0) - 128] };
}

function signed(tensor: Tensor): Tensor {
  const data = tensor.data?.map((byte) => byte ^ 128);
  return { ...tensor, type: 'int8', quantization: less128(tensor.quantization!), ...(data && { data }) };
}

/** Whether weights were rounded. */
function withSignedWeights(draft: GraphDraft, operator: Operator, graph: Graph): boolean {
  const axis = weightsAxis(operator.kind);
  const [input, weights] = [operator.inputs[operator.kind === 'TRANSPOSE_CONV' ? 2 : 0], operator.inputs[1]];
  const tensor = graph.tensors[weights];
  if (axis === undefined || tensor?.data === undefined || !isUnsigned(tensor)) return false;
  const place = operator.kind === 'TRANSPOSE_CONV' ? 3 : 2;
  const bias = graph.tensors[operator.inputs[place] ?? -1];
  const scale = graph.tensors[input]?.quantization?.scales[0] ?? 1;
  const made = signedWeights(tensor, { axis, bias, scale });
  // A constant may be that of several layers, each with an input of its own.
  const inputs = [...operator.inputs];
  inputs[1] = addTensor(draft, made.weights);
  if (made.bias !== undefined) inputs[place] = addTensor(draft, made.bias);
  draft.operators[operator.index] = { ...operator, inputs };
  return made.isRounded;
}

/** QUANTIZE at inputs and outputs, so that whoever runs the model need not change. */
function keepFaces(draft: GraphDraft, graph: Graph): void {
  const before: Operator[] = [];
  const behind: Operator[] = [];
  const given = new Map<number, number>();
  const conversion = (from: number, to: number): Operator => ({
    ...{ index: -1, intermediates: [], version: 1 },
    ...quantizeTo(from, to),
  });
  const twinOf = (index: number, name: string): number => {
    const known = given.get(index);
    if (known !== undefined) return known;
    const twin = addTensor(draft, { ...draft.tensors[index], name });
    given.set(index, twin);
    return twin;
  };
  for (const index of new Set(graph.inputs)) {
    if (!isUnsigned(graph.tensors[index])) continue;
    before.push(conversion(index, twinOf(index, `${graph.tensors[index].name}/int8`)));
  }
  for (const index of new Set(graph.outputs)) {
    if (!isUnsigned(graph.tensors[index]) || given.has(index)) continue;
    behind.push(conversion(twinOf(index, `${graph.tensors[index].name}/int8`), index));
  }
  const inner = (index: number): number => given.get(index) ?? index;
  draft.operators = [
    ...before,
    ...draft.operators.map((each) => ({ ...each, inputs: each.inputs.map(inner), outputs: each.outputs.map(inner) })),
    ...behind,
  ];
  for (const index of given.keys()) draft.tensors[index] = graph.tensors[index];
}
