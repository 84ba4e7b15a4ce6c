import { ModelError } from '../model/problem';
import type { OnnxNode } from './onnxModel';

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

/** The error of a node that is not converted. `why` is a whole sentence, and the next step another. */
export function refused({ name, kind }: OnnxNode, why: string): ModelError {
  return new ModelError('onnx-node', `The node "${name}" (${kind}) is not converted: ${why}`);
}

/** An axis counted from the front. @throws ModelError where there is no such axis. */
export function axisIn(node: OnnxNode, axis: number, rank: number): number {
  const counted = axis < 0 ? axis + rank : axis;
  if (Number.isInteger(counted) && counted >= 0 && counted < rank) return counted;
  throw refused(node, `axis ${axis} is none of the ${rank} of its input.`);
}
