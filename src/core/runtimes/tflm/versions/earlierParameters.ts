import { fieldsWithout, type StructureTable } from '../../memory/layout';
import { parameterStructures } from '../structures/parameters';

/**
 * Parameter blocks until September 2023 (tensorflow/tflite-micro ad8d238f): no type for a quantized bias.
 * Source: tensorflow/lite/core/c/builtin_op_data.h.
 */
export const biasTypes: StructureTable = without('quantizedBiasType', [
  'TfLiteConvParams',
  'TfLiteFullyConnectedParams',
  'TfLiteTransposeConvParams',
]);

/** And until June 2023 (982aaef6): no offset in STRIDED_SLICE. */
export const stridedOffset: StructureTable = without('offset', ['TfLiteStridedSliceParams']);

function without(field: string, structures: readonly string[]): StructureTable {
  return Object.fromEntries(structures.map((name) => [name, fieldsWithout(parameterStructures[name], [field])]));
}
