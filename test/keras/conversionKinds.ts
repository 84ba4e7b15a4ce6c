import type { KerasFlavour, KerasModel } from '../../src/core/keras/kerasModel';
import type { convertKeras } from '../../src/core/keras/lower/convert';

/** Kinds of official files: what was converted, and how. */
export const conversionKinds = [
  'float32',
  'float_b1',
  'int8',
  'int8_b1',
  'int16x8',
  'keras2_float32',
  'keras2_float_b1',
  'keras2_int8',
  'keras2_int8_b1',
] as const;

export type ConversionKind = (typeof conversionKinds)[number];

/** How a file of that kind was converted; `flavour` is what the model was written with. */
export function conversionOptions(kind: ConversionKind, flavour: KerasFlavour): Parameters<typeof convertKeras>[1] {
  const numbers = kind.includes('int8') ? 'int8' : kind === 'int16x8' ? 'int16x8' : undefined;
  return {
    manner: 'official',
    batch: kind.includes('_b1') ? 1 : 'open',
    flavour: kind.startsWith('keras2') ? 'keras2' : flavour,
    numbers,
  };
}

/** The truths' batch of 1 comes of new inputs, which have names of their own where there are several. */
export function asConverted(model: KerasModel, kind: ConversionKind): KerasModel {
  if (!kind.includes('_b1') || model.inputs.length < 2) return model;
  return { ...model, inputs: model.inputs.map((input, index) => ({ ...input, name: `in${index}` })) };
}
