import type { Model, Tensor } from '../../src/core/model/model';
import type { KerasConversion, KerasTruthTensor } from '../support/keras';

/** Options that neither memory nor results hang on. */
const unimportant: ReadonlySet<string> = new Set([
  'quantSpec',
  'asymmetricQuantizeInputs',
  'weightsFormat',
  'potScaleInt16',
  'quantizedBiasType',
  'newHeight',
  'newWidth',
]);

/**
 * Each operator of all graphs as one text: kind, version, shapes, types, number of scales, integers of constants,
 * options.
 */
export function operatorTexts({ graphs }: Model): readonly string[] {
  return graphs.flatMap(({ index: graph, operators, tensors }) =>
    operators.map(({ kind, version, inputs, outputs, options }) => {
      const text = (index: number): string => (index < 0 ? 'none' : tensorText(tensors[index]));
      return `${graph} ${kind} v${version} ${inputs.map(text).join(' ')} -> ${outputs.map(text).join(' ')} ${optionText(options?.values)}`;
    }),
  );
}

export function truthOperatorTexts({ subgraphs }: KerasConversion): readonly string[] {
  return subgraphs.flatMap(({ operators, tensors }, graph) =>
    operators.map(({ op, version, inputs, outputs, options }) => {
      const text = (index: number): string => (index < 0 ? 'none' : truthTensorText(tensors[index]));
      return `${graph} ${op} v${version} ${inputs.map(text).join(' ')} -> ${outputs.map(text).join(' ')} ${optionText(options)}`;
    }),
  );
}

function optionText(values: Readonly<Record<string, unknown>> = {}): string {
  return Object.entries(values)
    .filter(([name, value]) => !unimportant.has(name) && value !== undefined && value !== null)
    .map(([name, value]) => `${name}=${String(value)}`)
    .sort()
    .join(' ');
}

interface TensorParts {
  readonly type: string;
  readonly shape: readonly number[];
  readonly signature?: readonly number[];
  readonly isConstant: boolean;
  readonly values?: readonly number[];
  readonly scales: number;
}

function partsText({ type, shape, signature, isConstant, values, scales }: TensorParts): string {
  const stored = isConstant && type === 'int32' && scales === 0 ? `=${(values ?? []).join(',')}` : '';
  return `${type}[${shape.join(',')}]${signature === undefined ? '' : `<${signature.join(',')}>`}${isConstant ? '*' : ''}${stored}${scales > 0 ? `q${scales}` : ''}`;
}

function tensorText({ type, shape, shapeSignature, data, declared, quantization }: Tensor): string {
  return partsText({
    type,
    shape,
    signature: shapeSignature,
    isConstant: data !== undefined || declared !== undefined,
    values: data && type === 'int32' ? [...new Int32Array(data.slice().buffer)] : undefined,
    scales: quantization?.scales.length ?? 0,
  });
}

function truthTensorText({
  type,
  shape,
  signature,
  const: isConstant = false,
  value,
  quant,
}: KerasTruthTensor): string {
  const scales = quant === undefined ? 0 : (quant.scales ?? 1);
  return partsText({ type: type.toLowerCase(), shape, signature, isConstant, values: value, scales });
}
