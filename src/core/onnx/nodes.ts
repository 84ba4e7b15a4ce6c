import { ModelError } from '../model/problem';
import type { AttributeValue, OnnxGraph, OnnxNode } from './onnxModel';

/** An attribute that is a number. */
export function numberOf({ attributes }: OnnxNode, name: string, otherwise: number): number {
  const value = attributes.get(name);
  return typeof value === 'number' ? value : otherwise;
}

/** An attribute that is a list of numbers; `undefined` where it is absent. */
export function listOf({ attributes }: OnnxNode, name: string): readonly number[] | undefined {
  const value = attributes.get(name);
  return Array.isArray(value) ? (value as readonly number[]) : undefined;
}

/** An attribute that is text. */
export function textOf({ attributes }: OnnxNode, name: string, otherwise: string): string {
  const value = attributes.get(name);
  return typeof value === 'string' ? value : otherwise;
}

/** An attribute that is a list of texts; `undefined` where it is absent. */
export function textsOf({ attributes }: OnnxNode, name: string): readonly string[] | undefined {
  const value = attributes.get(name);
  if (typeof value !== 'object' || !('texts' in value)) return undefined;
  return value.texts;
}

/** True for an attribute that is a graph: a branch, or the body of a loop. */
export function isGraph(value: AttributeValue | undefined): value is { readonly graph: OnnxGraph } {
  return typeof value === 'object' && 'graph' in value;
}

/** The error of a node that is not converted. `why` is a whole sentence, and the next step another. */
export function refused({ name, kind }: OnnxNode, why: string): ModelError {
  return new ModelError('onnx-node', `The node "${name}" (${kind}) is not converted: ${why}`);
}

/** How many inputs a node has at least, where that is more than one. */
const fewestInputs: ReadonlyMap<string, number> = new Map([
  ...['Conv', 'ConvTranspose', 'Gemm', 'MatMul', 'Gather', 'Pow', 'Expand', 'PRelu', 'Reshape', 'Mod'].map(two),
  ...['Add', 'Sub', 'Mul', 'Div', 'Equal', 'Greater', 'GreaterOrEqual', 'Less', 'LessOrEqual', 'And', 'Or'].map(two),
  ...['LayerNormalization', 'QuantizeLinear', 'DequantizeLinear'].map(two),
  ...['GatherND', 'GatherElements', 'Tile', 'CumSum', 'CastLike'].map(two),
  ...(
    [
      'Where',
      'Range',
      'LSTM',
      'GRU',
      'RNN',
      'InstanceNormalization',
      'GroupNormalization',
      'ScatterND',
      'ScatterElements',
    ] as const
  ).map((kind) => [kind, 3] as const),
  ['BatchNormalization', 5],
  ['ai.onnx.ml.ArrayFeatureExtractor', 2],
]);

function two(kind: string): readonly [string, number] {
  return [kind, 2];
}

/** Whether a node has the inputs that every one of its kind has, and gives something. */
export function hasPorts({ kind, inputs, outputs }: OnnxNode): boolean {
  const fewest = fewestInputs.get(kind) ?? 1;
  const isWhole = inputs.length >= fewest && inputs.slice(0, fewest).every((name) => name !== '');
  return isWhole && outputs.length > 0;
}

/** @throws ModelError where inputs are missing that every node of its kind has, or it gives nothing. */
export function checkPorts(node: OnnxNode): void {
  if (!hasPorts(node)) throw refused(node, 'inputs or outputs of it are missing. Export the model again.');
}

/** An axis counted from the front. @throws ModelError where there is no such axis. */
export function axisIn(node: OnnxNode, axis: number, rank: number): number {
  const counted = axis < 0 ? axis + rank : axis;
  if (Number.isInteger(counted) && counted >= 0 && counted < rank) return counted;
  throw refused(node, `axis ${axis} is none of the ${rank} of its input.`);
}
