import { constantInput, inputRank, outputRank } from './checks';
import { define } from './define';
import { anyTypes, each, eachSized } from './signature';
import { broadcastShape, listedShape, open } from './outputShapes';

/** Values repeated, chosen, or made from a shape. */

/** Facts from kernels/broadcast_to.cc. */
export const broadcastTo = define({
  kind: 'BROADCAST_TO',
  resolverMethod: 'AddBroadcastTo',
  summary: 'Repeats a tensor until it has a given shape.',
  roles: ['activation', 'parameter'],
  inputs: 2,
  outputs: 1,
  accepts: eachSized('T int32|int64 -> T'),
  checks: [inputRank(0, 0, 5), outputRank(0, 0, 5), constantInput(1, 'shape')],
  outputShapes: (view) => listedShape(view, 1),
});

/** Facts from kernels/broadcast_args.cc. */
export const broadcastArgs = define({
  kind: 'BROADCAST_ARGS',
  resolverMethod: 'AddBroadcastArgs',
  summary: 'Works out the shape to which two shapes broadcast.',
  roles: ['activation'],
  inputs: 2,
  outputs: 1,
  accepts: each('int32 int64', 'T T -> T'),
  checks: [inputRank(0, 1), inputRank(1, 1), outputRank(0, 1)],
  outputShapes: (view) => [[Math.max(view.shape(0)?.[0] ?? open, view.shape(1)?.[0] ?? open)]],
});

/** Facts from kernels/fill.cc. */
export const fill = define({
  kind: 'FILL',
  resolverMethod: 'AddFill',
  summary: 'Makes a tensor of one value.',
  roles: ['parameter', 'activation'],
  inputs: 2,
  outputs: 1,
  accepts: each('float32 int8 int32', 'int8|int16|int32|int64 T -> T'),
  allocates: eachSized('int8|int16|int32|int64 T -> T'),
  checks: [inputRank(1, 0), constantInput(0, 'shape'), inputRank(0, 1)],
  outputShapes: (view) => listedShape(view, 0),
});

/** Facts from kernels/shape.cc. */
export const shape = define({
  kind: 'SHAPE',
  resolverMethod: 'AddShape',
  summary: 'Gives the shape of a tensor as a tensor.',
  roles: ['activation'],
  inputs: 1,
  outputs: 1,
  accepts: ['any -> int32'],
  allocates: anyTypes,
  outputShapes: (view) => [[view.shape(0)?.length ?? open]],
});

/** Facts from kernels/select.cc. */
export const selectV2 = define({
  kind: 'SELECT_V2',
  resolverMethod: 'AddSelectV2',
  summary: 'Takes each value from one of two tensors by a truth value.',
  roles: ['activation'],
  inputs: 3,
  outputs: 1,
  accepts: each('float32 int8 int16', 'bool T T -> T'),
  allocates: eachSized('bool T T -> any'),
  outputShapes: broadcastShape,
});
