import { scalarBytes, type ScalarType } from '../schema/notation';
import type { BoundedBytes, VectorSpan } from './boundedBytes';
import { readNumber } from './scalars';

/**
 * The numbers of a vector that lies within the file; 64-bit integers beyond 2^53 - 1 are given as this largest exact
 * one. The types of shapes, scales and zero points, of which a file can hold many thousands, have loops of their own.
 */
export function readNumbers(file: BoundedBytes, scalar: ScalarType, span: VectorSpan): readonly number[] {
  if (scalar === 'int') return readInts(file, span);
  if (scalar === 'float') return readFloats(file, span);
  if (scalar === 'long') return readLongs(file, span);
  const step = scalarBytes[scalar];
  return Array.from({ length: span.length }, (_none, index) => readNumber(file, scalar, span.start + index * step));
}

function readInts(file: BoundedBytes, { start, length }: VectorSpan): readonly number[] {
  const numbers: number[] = [];
  for (let index = 0; index < length; index += 1) numbers.push(file.int32(start + 4 * index));
  return numbers;
}

function readFloats(file: BoundedBytes, { start, length }: VectorSpan): readonly number[] {
  const numbers: number[] = [];
  for (let index = 0; index < length; index += 1) numbers.push(file.float32(start + 4 * index));
  return numbers;
}

function readLongs(file: BoundedBytes, { start, length }: VectorSpan): readonly number[] {
  const numbers: number[] = [];
  for (let index = 0; index < length; index += 1) {
    const at = start + 8 * index;
    const number = file.int32(at + 4) * 2 ** 32 + file.uint32(at);
    numbers.push(Number.isSafeInteger(number) ? number : Math.sign(number) * Number.MAX_SAFE_INTEGER);
  }
  return numbers;
}
