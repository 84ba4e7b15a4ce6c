import { isForeign, kindOfPath, resultKind } from '../formats/kinds';
import type { CompressionKind } from './kind';
import { quantization } from './kinds/quantize';
import { rewriting } from './kinds/rewrite';

/** Something that a trained file is converted to. */
export interface TrainedConversion {
  /** `float32`: of the numbers that come out. */
  readonly numbers: 'float32' | 'int8';
  /** Which compression does it. */
  readonly kind: CompressionKind;
  readonly detail: string;
}

/** What a trained file is converted to, in the order in which it is offered. */
export const conversions: readonly TrainedConversion[] = [
  {
    numbers: 'int8',
    kind: quantization,
    detail: 'A quarter of the flash and RAM, and the fast kernels; ranges come from samples',
  },
  {
    numbers: 'float32',
    kind: rewriting,
    detail: 'The numbers that were trained; nothing is asked',
  },
];

/** The conversion to numbers of a type. */
export function conversionTo(numbers: TrainedConversion['numbers']): TrainedConversion {
  return conversions.find((each) => each.numbers === numbers)!;
}

/** "Convert from Keras to .tflite": heading of a rewrite that makes another format of a file; else nothing. */
export function conversionTitle(path: string, { id }: Pick<CompressionKind, 'id'>): string | undefined {
  if (id !== rewriting.id || !isForeign(path)) return undefined;
  return `Convert from ${kindOfPath(path)!.name} to ${resultKind.written}`;
}
