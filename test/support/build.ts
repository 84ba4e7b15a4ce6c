import type { DataType } from '../../src/core/model/dataType';
import type { Graph, Model, Operator, OptionValue, Quantization, Tensor } from '../../src/core/model/model';

/**
 * Literal builders for tests: each takes what the test is about and fills in the rest. The indices of tensors,
 * operators and graphs are set by the list that holds them (`graph`, `model`).
 */

/** An activation, or a constant when `more.data` is given: `tensor('x', 'int8', [1, 4])`. */
export function tensor(name: string, type: DataType, shape: readonly number[], more: Partial<Tensor> = {}): Tensor {
  return { index: 0, name, type, shape, isVariable: false, ...more };
}

/** A constant float32 tensor with these values. */
export function floats(name: string, shape: readonly number[], values: readonly number[]): Tensor {
  return tensor(name, 'float32', shape, { data: new Uint8Array(new Float32Array(values).buffer) });
}

/** Affine quantization of a whole tensor: `quantized(0.5, -128)`; give lists for one entry per slice along `axis`. */
export function quantized(
  scale: number | readonly number[],
  zeroPoint: number | readonly number[] = 0,
  axis = 0,
): Quantization {
  const scales = typeof scale === 'number' ? [scale] : scale;
  const zeroPoints = typeof zeroPoint === 'number' ? scales.map(() => zeroPoint) : zeroPoint;
  return { scales, zeroPoints, axis };
}

/**
 * An operator: `operator('ADD', [0, 1], [2], { options: options('AddOptions', { fusedActivationFunction: 'RELU' }) })`.
 */
export function operator(
  kind: string,
  inputs: readonly number[],
  outputs: readonly number[],
  more: Partial<Operator> = {},
): Operator {
  return { index: 0, kind, version: 1, inputs, outputs, intermediates: [], ...more };
}

/** Options of an operator by the schema's table name, fields in camel case, enumerations by name. */
export function options(
  table: string,
  values: Readonly<Record<string, OptionValue>> = {},
): NonNullable<Operator['options']> {
  return { table, values };
}

/** A graph of these tensors and operators, numbered in order. */
export function graph(
  tensors: readonly Tensor[],
  operators: readonly Operator[],
  more: Partial<Pick<Graph, 'name' | 'inputs' | 'outputs' | 'index' | 'preserved'>> = {},
): Graph {
  return {
    index: 0,
    name: 'main',
    inputs: [],
    outputs: [],
    ...more,
    tensors: tensors.map((entry, index) => ({ ...entry, index })),
    operators: operators.map((entry, index) => ({ ...entry, index })),
  };
}

/** A TFLite model in memory of one graph or several, numbered in order. */
export function model(graphs: Graph | readonly Graph[], more: Partial<Omit<Model, 'graphs'>> = {}): Model {
  const list = 'operators' in graphs ? [graphs] : graphs;
  return {
    format: 'tflite',
    formatVersion: 3,
    fileBytes: 0,
    metadata: [],
    signatures: [],
    ...more,
    graphs: list.map((entry, index) => ({ ...entry, index })),
  };
}
