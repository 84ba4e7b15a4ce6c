import { constantBytes, constantKey } from '../../model/constants';
import type { Tensor } from '../../model/model';

/** Alignment of constants in a `.tflite` file. */
const alignment = 16;

/**
 * The description `MLIR Converted.`, the list of metadata and its two entries with their names. By the schema they take
 * 132 bytes; 104 is fitted: the middle of what files of the converter take.
 */
const headBytes = 104;

/** Entries `min_runtime_version` and `CONVERSION_METADATA`: lengths of what they hold. */
const metadataBytes = [16, 96];

/** An empty table, and what refers to it: a buffer for each activation, quantization for each tensor without one. */
const emptyTableBytes = 8;

/** Zero points are lists of 8-byte numbers, which a file that is written from its end pads once more: fitted. */
const zeroPointPadding = 4;

/** Two lists more, of ranges: a conversion to int16 activations keeps them. */
function rangeBytes(count: number): number {
  return 2 * (4 + 4 + 4 * count);
}

/**
 * Bytes that the official converter's file takes beyond one that `writeTflite` makes of the same tensors: it gives each
 * activation an empty buffer, each float tensor an empty quantization and each scalar an empty shape, describes itself
 * in two entries of metadata, and lays a constant out with its table before it. Source: files of TensorFlow 2.21.
 */
export function officialExtraBytes(tensors: readonly Tensor[]): number {
  let extra = headBytes;
  const hasRanges = tensors.some(({ type, isVariable }) => type === 'int16' && !isVariable);
  const constants = new Map<unknown, number>();
  for (const tensor of tensors) {
    const key = constantKey(tensor);
    if (key === undefined) extra += emptyTableBytes;
    else constants.set(key, constantBytes(tensor));
    extra += tensor.quantization === undefined ? emptyTableBytes : zeroPointPadding;
    if (hasRanges && tensor.quantization !== undefined && ['int8', 'int16'].includes(tensor.type))
      extra += rangeBytes(tensor.quantization.scales.length);
    if (tensor.shape.length === 0) extra += emptyTableBytes;
  }
  for (const bytes of constants.values()) {
    extra += aligned(bytes + emptyTableBytes + 4) - emptyTableBytes - aligned(bytes + 4);
  }
  for (const bytes of metadataBytes) extra += aligned(bytes + emptyTableBytes + 4);
  return extra;
}

function aligned(bytes: number): number {
  return Math.ceil(bytes / alignment) * alignment;
}
