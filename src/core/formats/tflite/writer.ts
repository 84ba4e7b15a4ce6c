import { absentValues } from '../../model/constants';
import type { Graph, Model, Operator, OptionValue, Signature, Tensor } from '../../model/model';
import { ModelError } from '../../model/problem';
import { writeTables, type TableValues } from './flatbuffer/tableWriter';
import { operatorNumber } from './operatorCode';
import { checkTensorIndices } from './readContext';
import { tfliteSchema } from './schema';
import { layOutBuffers, type BufferLayout } from './writeBuffers';

/**
 * Writes a model as a `.tflite` file that runs wherever the one it was read from did: constants aligned to 16 bytes,
 * shared ones shared, empty optional parts left out. Not kept, because nothing runs by it: the order of the buffer and
 * operator code tables (but for buffers that only metadata may name), whether a string or vector was absent or empty,
 * the tags of old signatures, and fields that the schema does not know. Appended weights (version 3c) move into the
 * file proper. Throws `ModelError` for what the format cannot hold, and for constants without values.
 */
export function writeTflite(model: Model): Uint8Array {
  const codes = new OperatorCodes();
  const buffers = layOutBuffers(model);
  const { externalBufferGroups, externalBuffers } = model.preserved ?? {};
  return writeTables(tfliteSchema, {
    version: model.formatVersion,
    subgraphs: model.graphs.map((graph) => graphValues(graph, codes, buffers)),
    operatorCodes: codes.values,
    description: model.description,
    buffers: buffers.tables.map((data) => ({ data })),
    metadataBuffer: buffers.oldMetadata,
    metadata: model.metadata.map(({ name, data }) => ({ name, buffer: buffers.indexOf(data) })),
    signatureDefs: model.signatures.map(signatureValues),
    externalBufferGroups,
    externalBuffers,
  });
}

function graphValues(graph: Graph, codes: OperatorCodes, buffers: BufferLayout): TableValues {
  const place = { index: graph.index, tensorCount: graph.tensors.length };
  checkTensorIndices(graph.inputs, place, 'The input list', false);
  checkTensorIndices(graph.outputs, place, 'The output list', false);
  for (const operator of graph.operators) {
    checkTensorIndices(operator.inputs, place, `Operator ${operator.index}`, true);
    checkTensorIndices(operator.outputs, place, `Operator ${operator.index}`, false);
  }
  return {
    ...graph.preserved,
    tensors: graph.tensors.map((tensor) => tensorValues(tensor, buffers)),
    inputs: graph.inputs,
    outputs: graph.outputs,
    operators: graph.operators.map((operator) => operatorValues(operator, codes)),
    name: textOrAbsent(graph.name),
  };
}

function tensorValues(tensor: Tensor, buffers: BufferLayout): TableValues {
  const { quantization } = tensor;
  if (tensor.declared !== undefined) throw new ModelError('constant-absent', absentValues(tensor)!);
  return {
    shape: tensor.shape,
    type: tensor.type.toUpperCase(),
    buffer: tensor.data === undefined ? 0 : buffers.indexOf(tensor.data),
    name: textOrAbsent(tensor.name),
    quantization: quantization && {
      min: quantization.min,
      max: quantization.max,
      scale: quantization.scales,
      zeroPoint: quantization.zeroPoints,
      details: quantization.details,
      quantizedDimension: quantization.axis,
    },
    isVariable: tensor.isVariable,
    sparsity: tensor.sparsity,
    shapeSignature: tensor.shapeSignature,
    hasRank: tensor.hasRank,
    variantTensors: tensor.variantTensors,
    externalBuffer: tensor.externalBuffer,
  };
}

function operatorValues(operator: Operator, codes: OperatorCodes): TableValues {
  return {
    ...operator.preserved,
    opcodeIndex: codes.indexOf(operator),
    inputs: operator.inputs,
    outputs: operator.outputs,
    builtinOptions: operator.options && { ...operator.options },
    customOptions: operator.customOptions,
    intermediates: operator.intermediates,
    builtinOptions2: operator.options2 && { ...operator.options2 },
  };
}

function signatureValues(signature: Signature): TableValues {
  const entries = (list: Signature['inputs']): OptionValue =>
    list.map(({ name, tensor }) => ({ name, tensorIndex: tensor }));
  return {
    inputs: entries(signature.inputs),
    outputs: entries(signature.outputs),
    signatureKey: signature.key,
    subgraphIndex: signature.graph,
  };
}

/** Readers take an absent name for an empty one. */
function textOrAbsent(text: string): string | undefined {
  return text === '' ? undefined : text;
}

/** The operator code table, filled by asking for the index of each operator's entry. */
class OperatorCodes {
  readonly values: TableValues[] = [];
  readonly #known = new Map<string, number>();

  indexOf(operator: Operator): number {
    const { kind, customCode, version } = operator;
    const key = JSON.stringify([kind, customCode, version]);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const number = operatorNumber(kind);
    if (number === undefined) {
      throw new ModelError(
        'operator-kind',
        `Operator ${operator.index} is a "${kind}", which the format does not have.`,
      );
    }
    this.#known.set(key, this.values.length);
    // What one byte holds of the number, for readers from before version 3a.
    const deprecatedBuiltinCode = Math.max(-128, Math.min(127, number));
    this.values.push({ deprecatedBuiltinCode, customCode, version, builtinCode: number });
    return this.values.length - 1;
  }
}
