import { sentenceIf } from '../../../text/sentences';
import type { Model, Operator, Tensor } from '../../../model/model';
import { isConstant } from '../../../model/model';
import { HumanError } from '../../../model/problem';
import type { GraphDraft } from '../../rewrite/graphDraft';
import { addTensor, draftOf, dropDeadOperators, redirect } from '../../rewrite/graphDraft';
import { redraw } from '../../rewrite/redraw';
import { countText } from '../../wording';
import { isHybrid } from './integerReal';
import { isIntegerReal } from './integerReal';
import { realValues } from '../../../model/values/real';

export interface Repaired {
  readonly model: Model;
  /** What was changed, as complete sentences. */
  readonly decisions: readonly string[];
}

/**
 * The float model that a model stands for: constants in half precision or integers become float32, DEQUANTIZE of a
 * constant goes away, and so do operators that only compute a shape which is known anyway. Nothing is lost: these are
 * the numbers that were computed with.
 */
export function repair(model: Model): Repaired {
  const [graph] = model.graphs;
  const draft = draftOf(graph);
  const hybrids = graph.operators.filter((operator) => isHybrid(operator, graph)).length;
  const halves = graph.tensors.filter(({ type, data }) => type === 'float16' && data !== undefined).length;
  const dequantized = removeDequantize(draft);
  widenConstants(draft);
  fixReshapes(draft);
  const dead = dropDeadOperators(draft);
  return {
    model: redraw(model, draft),
    decisions: [
      ...sentenceIf(
        hybrids > 0,
        `${countText(hybrids, 'operator')} had integer weights under float activations (hybrid), which TFLite Micro rejects: the weights were dequantized and are quantized again.`,
      ),
      ...sentenceIf(
        halves > 0,
        `${countText(halves, 'constant')} in half precision ${halves === 1 ? 'is' : 'are'} taken as the float32 numbers that ${halves === 1 ? 'it stands' : 'they stand'} for.`,
      ),
      ...sentenceIf(
        dequantized > 0,
        dequantized === 1
          ? '1 DEQUANTIZE of a constant was removed; its result is a constant now.'
          : `${dequantized} DEQUANTIZE of constants were removed; their results are constants now.`,
      ),
      ...sentenceIf(
        dead > dequantized,
        `${countText(dead - dequantized, 'operator')} that only computed shapes known beforehand ${dead - dequantized === 1 ? 'was' : 'were'} removed.`,
      ),
    ],
  };
}

function removeDequantize(draft: GraphDraft): number {
  const found = draft.operators.filter(
    ({ kind, inputs }) => kind === 'DEQUANTIZE' && isConstant(draft.tensors[inputs[0]]),
  );
  for (const { inputs, outputs } of found) {
    draft.tensors[inputs[0]] = widenTensor(draft.tensors[inputs[0]]);
    redirect(draft, outputs[0], inputs[0]);
  }
  return found.length;
}

/** Constants of operators with float results: integers without scale are indices and stay. */
function widenConstants(draft: GraphDraft): void {
  for (const { inputs, outputs } of draft.operators) {
    if (!outputs.some((index) => draft.tensors[index].type === 'float32')) continue;
    for (const index of inputs.filter((input) => input >= 0)) {
      const tensor = draft.tensors[index];
      const isReal = tensor.type === 'float16' || isIntegerReal(tensor);
      const isWide = tensor.type === 'float32' && tensor.quantization === undefined;
      if (isConstant(tensor) && isReal && !isWide) draft.tensors[index] = widenTensor(tensor);
    }
  }
}

/** A constant as the float32 numbers that it stands for. @throws HumanError where it cannot be read. */
export function widenTensor(tensor: Tensor): Tensor {
  const values = realValues(tensor);
  if (values === undefined) {
    throw new HumanError(
      'quantize-constant',
      `The constant "${tensor.name}" (${tensor.type}) cannot be read as numbers: its data lie elsewhere, are too short, or are quantized block by block. Convert the model again.`,
    );
  }
  return { ...tensor, type: 'float32', data: bytesOf(values), quantization: undefined };
}

/** A RESHAPE whose shape is computed while the model runs gets the shape that the file already knows. */
function fixReshapes(draft: GraphDraft): void {
  draft.operators = draft.operators.map((operator) => {
    const shape = operator.kind === 'RESHAPE' ? draft.tensors[operator.inputs[1] ?? -1] : undefined;
    if (shape === undefined || isConstant(shape)) return operator;
    const output = draft.tensors[operator.outputs[0]];
    return { ...operator, inputs: [operator.inputs[0], shapeConstant(draft, output, operator)] };
  });
}

function shapeConstant(draft: GraphDraft, { shape, name }: Tensor, { index }: Operator): number {
  const data = bytesOf(Int32Array.from(shape));
  return addTensor(draft, {
    name: `${name}/shape_${index}`,
    type: 'int32',
    shape: [shape.length],
    isVariable: false,
    data,
  });
}

export function bytesOf(values: ArrayBufferView): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}
