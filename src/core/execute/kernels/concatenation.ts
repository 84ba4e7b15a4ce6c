import { numberOption } from '../../model/options';
import { elementCount } from '../../model/dataType';
import { positiveAxis } from '../broadcast';
import { output, type KernelMaker } from '../kernel';

/** CONCATENATION: inputs have the output's scale, so bytes are copied. */
export const concatenation: KernelMaker = (call) => {
  const result = output(call);
  const axis = positiveAxis(numberOption(call.operator, 'axis', 0), result.shape.length);
  const outer = elementCount(result.shape.slice(0, axis));
  const parts = call.inputs
    .filter((value) => value !== undefined)
    .map((value) => ({ bytes: value.bytes, length: value.bytes.length / outer }));
  return () => {
    let to = 0;
    for (let slice = 0; slice < outer; slice++) {
      for (const { bytes, length } of parts) {
        result.bytes.set(bytes.subarray(slice * length, (slice + 1) * length), to);
        to += length;
      }
    }
  };
};
