import { define } from './define';
import { isQuantized } from './quantizationChecks';
import { anyTypes } from './signature';
import { refuse, type Check, type OperatorView } from './view';
import { sameShape } from './outputShapes';

/** Values in another type. */

/** Facts from kernels/quantize.cc and kernels/quantize_common.cc. */
export const quantize = define({
  kind: 'QUANTIZE',
  resolverMethod: 'AddQuantize',
  summary: 'Turns values into integers with a scale and zero point.',
  roles: ['activation'],
  inputs: 1,
  outputs: 1,
  accepts: [
    'float32 -> int8|int16',
    'int8 -> int8|uint8|int16|int32',
    'int16 -> int8|int16|int32',
    'int32 -> int8|int16',
    'uint8 -> int8',
  ],
  allocates: ['float32|int8|uint8|int16|int32 -> int8|uint8|int16|int32'],
  checks: [oneScale],
  outputShapes: sameShape(),
});

/** Facts from kernels/dequantize.cc and kernels/dequantize_common.cc. */
export const dequantize = define({
  kind: 'DEQUANTIZE',
  resolverMethod: 'AddDequantize',
  summary: 'Turns quantized integers into floating-point values.',
  roles: ['activation'],
  inputs: 1,
  outputs: 1,
  accepts: ['int8|int16|uint8 -> float32'],
  outputShapes: sameShape(),
});

/** Facts from kernels/cast.cc. */
export const cast = define({
  kind: 'CAST',
  resolverMethod: 'AddCast',
  summary: 'Converts values to another type as they are.',
  roles: ['activation'],
  inputs: 1,
  outputs: 1,
  accepts: ['int8|int16|int32|uint32|float32|bool -> int8|int16|int32|uint32|float32'],
  allocates: anyTypes,
  outputShapes: sameShape(),
});

function oneScale(view: OperatorView): ReturnType<Check> {
  const output = view.output(0);
  if (isQuantized(output) && output!.quantization!.scales.length === 1) return undefined;
  return refuse(
    'quantization-unsupported',
    `${view.name} needs one scale and zero point on its output in TFLite Micro; quantize the model again.`,
  );
}
