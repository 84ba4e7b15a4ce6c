import { realValues } from '../../../model/values/real';
import { encode } from '../../../model/values/stored';
import { isLacking } from '../isLacking';
import { patternRewrite } from '../patternRewrite';

/** DIV by constants for a version that has none: MUL with what is 1 divided by them. */
export const earlierDivision = patternRewrite({
  id: 'earlier-division',
  exactWhen: 'The divisors are constants in float32 and powers of two; by others the results are rounded once more.',
  kinds: ['DIV'],
  match: (operator, view, use) => {
    const divisor = view.tensor(operator.inputs[1]);
    const values = divisor?.type === 'float32' ? realValues(divisor) : undefined;
    const inverse = values?.map((value) => 1 / value);
    // The inverse of what is next to 0 or to infinity has fewer digits, or none.
    const isNormal = inverse?.every((value) => Math.abs(value) >= 2 ** -126 && Math.abs(value) <= 2 ** 126) === true;
    if (!isLacking(operator.kind, use) || divisor === undefined || inverse === undefined || !isNormal) return undefined;
    const data = encode('float32', inverse);
    const factor = view.addConstant({ ...divisor, data }, `${divisor.name}/inverse`, divisor.shape);
    const product = { ...operator, kind: 'MUL', version: 1, inputs: [operator.inputs[0], factor] };
    const options = operator.options && { ...operator.options, table: 'MulOptions' };
    return {
      ...{ removed: [operator], inserted: [{ ...product, options }] },
      sentence: (name) => `DIV "${name}" multiplies with the inverse now, as the version in use has no other.`,
    };
  },
});
