import type { DataType } from '../../model/dataType';
import type { Quantization } from '../../model/model';
import type { Draft, DraftNode, DraftValue } from './draft';

/** Types of a quantized model's inputs and outputs as the converter is asked for them; absent: those of activations. */
export interface EdgeTypes {
  readonly inputType?: EdgeType;
  readonly outputType?: EdgeType;
}

export type EdgeType = 'float32' | 'int8' | 'uint8' | 'int16';

/**
 * Inputs and outputs of another type than activations have: the converter writes QUANTIZE for such an input in front of
 * all, and DEQUANTIZE, or QUANTIZE to uint8, behind what computes such an output. A float operator that stands between
 * conversions there reads or gives the edge itself.
 */
export function convertEdges(draft: Draft, { inputType, outputType }: EdgeTypes): void {
  const before = draft.inputs.flatMap((input, index) => convertInput(draft, { input, index, type: inputType }));
  draft.nodes = [...before, ...draft.nodes];
  draft.outputs = draft.outputs.map((output) => convertedOutput(draft, output, outputType));
}

function convertInput(
  draft: Draft,
  { input, index, type }: { readonly input: DraftValue; readonly index: number; readonly type: EdgeType | undefined },
): readonly DraftNode[] {
  const outer = outerValue(input, type);
  if (outer === undefined) return [];
  draft.inputs[index] = outer;
  const isReader = ({ inputs }: DraftNode): boolean => inputs.includes(input);
  const back = draft.nodes.filter((node) => isReader(node) && isConversion(node, 'DEQUANTIZE', outer.type));
  const floats = new Map(back.map(({ outputs }) => [outputs[0], outer]));
  draft.nodes = draft.nodes.filter((node) => !back.includes(node));
  for (const node of draft.nodes) {
    node.inputs = node.inputs.map((each) => (each === undefined ? each : (floats.get(each) ?? each)));
  }
  const readers = draft.nodes.filter(isReader);
  const [first] = readers;
  if (first === undefined && !draft.outputs.includes(input)) return [];
  const inner: DraftValue = { ...input, name: `${input.name}_quantized` };
  for (const node of readers) node.inputs = node.inputs.map((each) => (each === input ? inner : each));
  draft.outputs = draft.outputs.map((each) => (each === input ? inner : each));
  const origin = first?.origin ?? 0;
  return [{ kind: 'QUANTIZE', inputs: [outer], outputs: [inner], options: {}, name: inner.name, origin }];
}

function convertedOutput(draft: Draft, output: DraftValue, type: EdgeType | undefined): DraftValue {
  const outer = outerValue(output, type);
  if (outer === undefined) return output;
  const at = draft.nodes.findIndex(({ outputs }) => outputs.includes(output));
  const producer = draft.nodes.at(at);
  if (at < 0 || producer === undefined) return output;
  const [float] = producer.inputs;
  if (float !== undefined && isConversion(producer, 'QUANTIZE', outer.type)) {
    if (!draft.nodes.some(({ inputs }) => inputs.includes(output))) draft.nodes.splice(at, 1);
    return float;
  }
  const kind = outer.type === 'float32' ? 'DEQUANTIZE' : 'QUANTIZE';
  const { name, origin } = producer;
  draft.nodes.splice(at + 1, 0, { kind, inputs: [output], outputs: [outer], options: {}, name, origin });
  return outer;
}

/** Whether a node only undoes what an edge of float would do. */
function isConversion({ kind, inputs, outputs }: DraftNode, wanted: string, edge: DataType): boolean {
  const float = wanted === 'QUANTIZE' ? inputs[0] : outputs.at(0);
  return kind === wanted && edge === 'float32' && float?.type === 'float32';
}

/** What a value is outside of the model; `undefined` where it goes in or out as it is. */
function outerValue(value: DraftValue, type: EdgeType | undefined): DraftValue | undefined {
  const { quantization } = value;
  if (type === undefined || quantization === undefined || type === value.type) return undefined;
  // What is not float goes out as uint8 from int8 alone: the converter refuses other pairs.
  if (type !== 'float32' && (type !== 'uint8' || value.type !== 'int8')) return undefined;
  return { ...value, type, quantization: type === 'uint8' ? shifted(quantization) : undefined };
}

/** uint8 numbers the same values as int8, from 0 instead of from -128. */
function shifted({ zeroPoints, ...rest }: Quantization): Quantization {
  return { ...rest, zeroPoints: zeroPoints.map((point) => point + 128) };
}
