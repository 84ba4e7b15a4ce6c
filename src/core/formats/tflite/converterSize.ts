import { constantBytes, constantKey } from '../../model/constants';
import type { Graph, Model, Operator, OptionValue, Tensor } from '../../model/model';
import { builtBytes } from './flatbuffer/builtSize';
import type { TableValues } from './flatbuffer/tableWriter';
import { operatorNumber } from './operatorCode';
import { tfliteSchema } from './schema';

/** What the official converter says of itself, and how long its two entries of metadata are. */
const description = 'MLIR Converted.';
const metadata = [
  // The least version of the runtime, and how the model was converted: of their names only the lengths count.
  { name: 'x'.repeat(19), bytes: 16 },
  { name: 'y'.repeat(19), bytes: 96 },
] as const;

/** A constant's bytes in place of all of them: only what is left of a multiple of it matters for what follows. */
const alignment = 16;

/**
 * Size in bytes of the file that the official converter makes of `model`, exact where tensors have the names that it
 * gives them. Every tensor has a buffer of its own, every float tensor an empty quantization, every scalar an empty
 * shape. Source: files of TensorFlow 2.21, each of which its own object classes pack to the same bytes again.
 */
export function converterBytes(model: Model): number {
  let leftOut = 0;
  const buffer = (bytes: number): TableValues => {
    const kept = bytes === 0 ? 0 : ((bytes - 1) % alignment) + 1;
    leftOut += bytes - kept;
    return { data: new Uint8Array(kept) };
  };
  const tensors = model.graphs.flatMap((graph) => graph.tensors);
  const hasRanges = tensors.some(({ type, isVariable }) => type === 'int16' && !isVariable);
  const codes = new Map<string, TableValues>();
  const known = new Set<unknown>();
  // What an operator remembers has no buffer, and the step that shares equal ones is left out then.
  const isSharing = !tensors.some(({ isVariable }) => isVariable);
  const isRepeated = (tensor: Tensor): boolean => {
    const key = contentKey(tensor);
    if (key === undefined || (isSharing && known.has(key))) return true;
    known.add(key);
    return false;
  };
  let next = 1;
  const values = {
    version: model.formatVersion,
    operatorCodes: [] as TableValues[],
    subgraphs: model.graphs.map((graph) =>
      graphValues(graph, { codes, hasRanges, firstBuffer: (next += graph.tensors.length) }),
    ),
    description,
    buffers: [
      {},
      ...tensors.map((tensor) => (isRepeated(tensor) ? {} : buffer(constantBytes(tensor)))),
      ...metadata.map(({ bytes }) => buffer(bytes)),
    ],
    metadata: metadata.map(({ name }, index) => ({ name, buffer: tensors.length + 1 + index })),
    signatureDefs: model.signatures.map(({ key, graph, inputs, outputs }) => ({
      inputs: inputs.map(({ name, tensor }) => ({ name, tensorIndex: tensor })),
      outputs: outputs.map(({ name, tensor }) => ({ name, tensorIndex: tensor })),
      signatureKey: key,
      subgraphIndex: graph,
    })),
  };
  values.operatorCodes.push(...codes.values());
  return builtBytes(tfliteSchema, values) + leftOut;
}

/** Constants of the same bytes share what the first one stores; of long ones only those that are the same array. */
function contentKey(tensor: Tensor): unknown {
  const { data } = tensor;
  return data !== undefined && data.byteLength <= longestCompared ? data.join() : constantKey(tensor);
}

const longestCompared = 4096;

interface Numbering {
  readonly codes: Map<string, TableValues>;
  /** A conversion to int16 activations leaves the ranges that calibration saw, and no empty shapes. */
  readonly hasRanges: boolean;
  /** Number of buffers before those of the graph that follows. */
  readonly firstBuffer: number;
}

function graphValues({ name, tensors, inputs, outputs, operators }: Graph, numbering: Numbering): TableValues {
  return {
    tensors: tensors.map((tensor, index) => tensorValues(tensor, numbering, index)),
    inputs,
    outputs,
    operators: operators.map((operator) => operatorValues(operator, numbering.codes)),
    name,
  };
}

function tensorValues(tensor: Tensor, { hasRanges, firstBuffer }: Numbering, index: number): TableValues {
  const { shape, type, name, isVariable, shapeSignature } = tensor;
  return {
    ...(hasRanges && shape.length === 0 ? {} : { shape: shape.map((length) => Math.min(length, largestLength)) }),
    type: type.toUpperCase(),
    buffer: isVariable ? 0 : firstBuffer + index,
    name,
    quantization: quantizationValues(tensor, hasRanges),
    isVariable,
    ...(shapeSignature && { shapeSignature }),
    hasRank: true,
  };
}

/** The format's lengths have 32 bits. */
const largestLength = 2 ** 31 - 1;

function quantizationValues({ quantization, type }: Tensor, hasRanges: boolean): OptionValue {
  if (quantization === undefined) return {};
  const { scales, zeroPoints, axis } = quantization;
  const ranges = hasRanges && (type === 'int8' || type === 'int16') ? { min: scales, max: scales } : {};
  return { ...ranges, scale: scales, zeroPoint: zeroPoints, quantizedDimension: axis };
}

function operatorValues(operator: Operator, codes: Map<string, TableValues>): TableValues {
  const { kind, customCode, version, inputs, outputs, options, intermediates } = operator;
  const key = `${kind} ${version} ${customCode ?? ''}`;
  if (!codes.has(key)) {
    const number = operatorNumber(kind) ?? 0;
    codes.set(key, { deprecatedBuiltinCode: Math.min(number, 127), customCode, version, builtinCode: number });
  }
  return {
    opcodeIndex: [...codes.keys()].indexOf(key),
    inputs,
    outputs,
    ...(options && { builtinOptions: { ...options } }),
    ...((intermediates.length > 0 || kind === 'UNIDIRECTIONAL_SEQUENCE_LSTM') && { intermediates }),
  };
}
