import { numberOf } from '../../configValues';
import type { LayerContext } from '../context';
import type { DraftValue } from '../draft';
import { activate } from './activations';
import {
  deviation,
  divideNoNan,
  hyperbolic,
  hypotenuse,
  logAddExp,
  logSumExp,
  moments,
  norm,
  normalized,
  reciprocal,
  scaled,
  tangent,
  variance,
} from './arithmetic';
import * as arranged from './arrangements';
import { einsumOperation } from './einsum';
import { rmsNormalization } from './normalization';
import { celu, glu, hardShrink, softShrink, squareplus, threshold } from './functions';
import { all, any, compared, countNonzero, not, sign, truths, where } from './logic';
import { binary, withNumber } from './elementwise';

type Lowering = (context: LayerContext) => DraftValue | readonly DraftValue[];

/** Operations that the official converter may write in another way: no official file of theirs was compared. */
const doubtful =
  (lowering: Lowering): Lowering =>
  (context) => {
    context.draft.doubts.add(context.draft.origin);
    return lowering(context);
  };

const same: Lowering = ({ inputs }) => inputs[0];

const optioned =
  (lower: (context: LayerContext, input: DraftValue, value?: number) => DraftValue, name: string): Lowering =>
  (context) =>
    lower(context, context.inputs[0], numberOf(context.config, name));

const lowerings: readonly (readonly [className: string, lowering: Lowering])[] = [
  ['Greater', compared('GREATER', 'Greater')],
  ['GreaterEqual', compared('GREATER_EQUAL', 'GreaterEqual')],
  ['Less', compared('LESS', 'Less')],
  ['LessEqual', compared('LESS_EQUAL', 'LessEqual')],
  ['Equal', compared('EQUAL', 'Equal')],
  ['NotEqual', compared('NOT_EQUAL', 'NotEqual')],
  ['FloorDivide', compared('FLOOR_DIV', 'FloorDiv')],
  ['Mod', compared('FLOOR_MOD', 'FloorMod')],
  ['LogicalAnd', truths('LOGICAL_AND')],
  ['LogicalOr', truths('LOGICAL_OR')],
  ['LogicalXor', truths('NOT_EQUAL')],
  ['LogicalNot', not],
  ['Isnan', (context) => binary(context, 'NOT_EQUAL', [context.inputs[0], context.inputs[0]], 'IsNan')],
  ['Where', where],
  ['Any', any],
  ['All', all],
  ['CountNonzero', countNonzero],
  ['Sign', sign],
  ['Reciprocal', reciprocal],
  ['Log2', scaled('LOG', { outside: 1 / Math.LN2 })],
  ['Log10', scaled('LOG', { outside: 1 / Math.LN10 })],
  ['Log1p', scaled('LOG', { before: 1 })],
  ['Expm1', scaled('EXP', { after: -1 })],
  ['Exp2', scaled('EXP', { inside: Math.LN2 })],
  ['Deg2rad', scaled(undefined, { inside: Math.PI / 180 })],
  ['Rad2deg', scaled(undefined, { inside: 180 / Math.PI })],
  ['Tan', tangent],
  ['Sinh', hyperbolic('SUB')],
  ['Cosh', hyperbolic('ADD')],
  ['Hypot', hypotenuse],
  ['Logaddexp', logAddExp],
  ['DivideNoNan', divideNoNan],
  ['Logsumexp', logSumExp],
  ['Var', variance],
  ['Std', deviation],
  ['Moments', (context) => moments(context)],
  ['Norm', norm],
  ['Normalize', normalized],
  ['Real', same],
  ['StopGradient', same],
  ['Copy', same],
  ['Identity', same],
  ['ZerosLike', (context) => withNumber(context, 'MUL', [context.inputs[0], 0], 'zeros_like')],
  ['OnesLike', scaled(undefined, { inside: 0, after: 1 })],
  ['Celu', optioned(celu, 'alpha')],
  ['Glu', optioned(glu, 'axis')],
  ['HardShrink', optioned(hardShrink, 'threshold')],
  ['SoftShrink', optioned(softShrink, 'threshold')],
  ['Squareplus', optioned(squareplus, 'b')],
  [
    'Threshold',
    (context) => {
      const [least, value] = ['threshold', 'default_value'].map((name) => numberOf(context.config, name) ?? 0);
      return threshold(context, context.inputs[0], [least, value]);
    },
  ],
  ['Sparsemax', (context) => activate(context, context.inputs[0], 'sparsemax')],
  ['Split', arranged.split(false)],
  ['ArraySplit', arranged.split(true)],
  ['Unstack', arranged.unstack],
  ['Stack', arranged.stack],
  ['Append', arranged.joined(0)],
  ['Hstack', arranged.joined(1)],
  ['Vstack', arranged.joined(0)],
  ['Flip', arranged.flip],
  ['Roll', arranged.roll],
  ['Cumsum', arranged.cumulated],
  ['Argmax', arranged.place('ARG_MAX')],
  ['Argmin', arranged.place('ARG_MIN')],
  ['Take', arranged.take],
  ['OneHot', arranged.hot],
  ['Swapaxes', arranged.swapped],
  ['Moveaxis', arranged.moved],
  ['Ravel', (context) => arranged.flattened(context, context.inputs[0])],
  ['Tril', arranged.triangle(true)],
  ['Triu', arranged.triangle(false)],
  ['BroadcastTo', arranged.broadcastTo],
  ['Slice', arranged.sliced],
  ['DepthToSpace', arranged.blocks('DEPTH_TO_SPACE')],
  ['SpaceToDepth', arranged.blocks('SPACE_TO_DEPTH')],
  ['Diff', arranged.difference],
  ['Prod', arranged.product],
  ['Einsum', einsumOperation],
  ['Repeat', arranged.repeated],
  ['Tile', arranged.tiled],
  ['RMSNorm', rmsNormalization],
];

/** By the names of their classes. */
export const moreOperationLowerings: readonly (readonly [string, Lowering])[] = lowerings.map(
  ([name, lowering]) => [name, doubtful(lowering)] as const,
);
