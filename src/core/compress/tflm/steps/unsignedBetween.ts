import { patternRewrite } from '../patternRewrite';

/** uint8 between QUANTIZE and DEQUANTIZE becomes int8: TFLM's QUANTIZE writes no uint8. */
export const unsignedBetween = patternRewrite({
  id: 'unsigned-between',
  exactWhen: 'Scale and range stay, the zero point moves by 128 as the integers do.',
  kinds: ['QUANTIZE'],
  match: (operator, view) => {
    const [index] = operator.outputs;
    const [from, between] = [view.tensor(operator.inputs[0]), view.tensor(index)];
    const quantization = between?.quantization;
    const isOnly = !view.isOutput(index) && view.readers(index).every(({ kind }) => kind === 'DEQUANTIZE');
    if (from?.type !== 'float32' || between?.type !== 'uint8' || quantization === undefined || !isOnly)
      return undefined;
    const zeroPoints = quantization.zeroPoints.map((zero) => zero - 128);
    view.set(index, { ...between, type: 'int8', quantization: { ...quantization, zeroPoints } });
    return {
      ...{ removed: [operator], inserted: [{ ...operator, version: 1 }] },
      sentence: (name) => `QUANTIZE "${name}" makes int8 in place of uint8 for the DEQUANTIZE behind it.`,
    };
  },
});
