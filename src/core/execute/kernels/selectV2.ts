import { broadcastIndices } from '../broadcast';
import { input, output, type KernelMaker } from '../kernel';

/** SELECT_V2: elements of the second or third input by the first; all broadcast. */
export const selectV2: KernelMaker = (call) => {
  const [condition, yes, no, result] = [input(call, 0), input(call, 1), input(call, 2), output(call)];
  const [conditionIndices, yesIndices, noIndices] = [condition, yes, no].map(({ shape }) =>
    broadcastIndices(shape, result.shape),
  );
  const size = result.elementBytes;
  return () => {
    for (let index = 0; index < result.elements; index++) {
      const isYes = condition.bytes[conditionIndices?.[index] ?? index] !== 0;
      const source = isYes ? yes.bytes : no.bytes;
      const from = ((isYes ? yesIndices : noIndices)?.[index] ?? index) * size;
      for (let byte = 0; byte < size; byte++) result.bytes[index * size + byte] = source[from + byte];
    }
  };
};
