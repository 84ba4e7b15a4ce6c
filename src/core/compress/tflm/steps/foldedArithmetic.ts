import { arithmeticBehind } from '../../rewrite/foldArithmetic';
import { patternRewrite } from '../patternRewrite';

/** A batch normalization, or another factor or summand for each channel, behind a float layer is in its weights. */
export const foldedArithmetic = patternRewrite({
  id: 'folded-arithmetic',
  exactWhen:
    'Layer and constants are float32 and no activation stands between: weights and bias are rounded once more, and nothing else is.',
  kinds: ['MUL', 'ADD'],
  match: (operator, view) => {
    const found = arithmeticBehind(view.draft, operator);
    if (found === undefined) return undefined;
    const { layer, folded } = found;
    return {
      ...{ removed: [layer, operator], inserted: [folded] },
      sentence: (name) =>
        `The constants of ${operator.kind} "${name}" are in the weights and bias of ${layer.kind} now.`,
    };
  },
});
