import type { Operator, Tensor } from '../model/model';
import { numberOption } from '../model/options';
import { constantInput, inputRank, onlyCmsisNn } from './checks';
import { define } from './define';
import { constantText, joinParts, numberText } from './optionsText';
import { constantIntegers, elements, listText, productOf, shapeText } from './shapes';
import { anyTypes, each, eachSized } from './signature';
import { refuse, whileRunning, type Check, type OperatorView } from './view';
import {
  axisOf,
  elementsOf,
  open,
  openShape,
  sameShape,
  mapSize,
  spliceShape,
  type Shape,
  type ShapeView,
} from './outputShapes';

/** The same values in another shape or order. */

/**
 * Facts from kernels/reshape.cc and kernels/reshape_common.cc: the output's own shape counts, the second input is not
 * read.
 */
export const reshape = define({
  kind: 'RESHAPE',
  resolverMethod: 'AddReshape',
  summary: 'Gives the same values another shape.',
  roles: ['activation', 'parameter'],
  inputs: [1, 2],
  outputs: 1,
  optional: [1],
  accepts: eachSized('T any -> T'),
  resolvesShape: true,
  shapeProblem: reshapeProblem,
  outputShapes: reshapedShape,
});

/** Facts from kernels/squeeze.cc. */
export const squeeze = define({
  kind: 'SQUEEZE',
  resolverMethod: 'AddSqueeze',
  summary: 'Drops dimensions of size 1.',
  roles: ['activation'],
  inputs: 1,
  outputs: 1,
  accepts: eachSized('T -> T'),
  allocates: anyTypes,
  shapeProblem: sameElements,
  outputShapes: squeezedShape,
  optionsText: (operator) => {
    const dimensions = operator.options?.values['squeezeDims'];
    const axes = Array.isArray(dimensions) ? dimensions.filter((axis) => typeof axis === 'number') : [];
    return axes.length > 0 ? `axis ${listText(axes)}` : '';
  },
});

/** Facts from kernels/expand_dims.cc. */
export const expandDims = define({
  kind: 'EXPAND_DIMS',
  resolverMethod: 'AddExpandDims',
  summary: 'Inserts a dimension of size 1.',
  roles: ['activation', 'parameter'],
  inputs: 2,
  outputs: 1,
  accepts: each('float32 int8 int16', 'T int32 -> T'),
  allocates: ['any int32 -> any'],
  checks: [constantInput(1, 'axis'), inputRank(1, 0, 1)],
  outputShapes: expandedShape,
  shapeProblem: sameElements,
  optionsText: (operator, graph) => constantText(operator, graph, 1, 'axis'),
});

/**
 * Facts from kernels/transpose.cc, kernels/transpose_common.cc and kernels/cmsis_nn/transpose.cc (int8: four
 * dimensions, unchecked result).
 */
export const transpose = define({
  kind: 'TRANSPOSE',
  resolverMethod: 'AddTranspose',
  summary: 'Reorders the dimensions.',
  roles: ['activation', 'parameter'],
  inputs: 2,
  outputs: 1,
  accepts: each('float32 int8 int16', 'T int32 -> T'),
  allocates: eachSized('T any -> T'),
  checks: [
    inputRank(0, 0, 5),
    onlyCmsisNn(whileRunning((view) => (view.input(0)?.type === 'int8' ? inputRank(0, 0, 4)(view) : undefined))),
    constantInput(1, 'order'),
    permutationCheck,
  ],
  outputShapes: transposedShape,
  shapeProblem: sameElements,
  optionsText: (operator, graph) => constantText(operator, graph, 1, 'order'),
});

/** Facts from kernels/reverse.cc. */
export const reverseV2 = define({
  kind: 'REVERSE_V2',
  resolverMethod: 'AddReverseV2',
  summary: 'Reverses the order along some dimensions.',
  roles: ['activation', 'parameter'],
  inputs: 2,
  outputs: 1,
  accepts: each('float32 int8 uint8 int16 int32 int64 bool', 'T int32 -> T'),
  checks: [inputRank(1, 1), whileRunning(neighbouringAxes)],
  outputShapes: sameShape(),
  shapeProblem: sameElements,
  optionsText: (operator, graph) => constantText(operator, graph, 1, 'axis'),
});

/** What moves blocks of an image into its channels and what moves them out have in common. */
const channelBlocks = {
  roles: ['activation'],
  inputs: 1,
  outputs: 1,
  accepts: each('float32 int8', 'T -> T'),
  checks: [inputRank(0, 4)],
  shapeProblem: sameElements,
  optionsText: (operator: Operator) => numberText(operator, 'blockSize', 'block'),
} as const;

/** Facts from kernels/depth_to_space.cc. */
export const depthToSpace = define({
  kind: 'DEPTH_TO_SPACE',
  resolverMethod: 'AddDepthToSpace',
  summary: 'Moves channels into blocks of an image.',
  outputShapes: (view) => blockShape(view, 1),
  ...channelBlocks,
});

/** Facts from kernels/space_to_depth.cc. */
export const spaceToDepth = define({
  kind: 'SPACE_TO_DEPTH',
  resolverMethod: 'AddSpaceToDepth',
  summary: 'Moves blocks of an image into channels.',
  outputShapes: (view) => blockShape(view, -1),
  ...channelBlocks,
});

/** What moves blocks of an image into the batch and what moves them out have in common. */
const batchBlocks = {
  roles: ['activation', 'parameter'],
  inputs: 3,
  outputs: 1,
  accepts: each('float32 int8', 'T int32 int32 -> T'),
  allocates: eachSized('T any any -> T'),
  checks: [inputRank(0, 3, 4)],
} as const;

/** Facts from kernels/batch_to_space_nd.cc. */
export const batchToSpaceNd = define({
  kind: 'BATCH_TO_SPACE_ND',
  resolverMethod: 'AddBatchToSpaceNd',
  summary: 'Moves the batch into blocks of an image, then crops it.',
  outputShapes: (view) => batchShape(view, fromBatch),
  ...batchBlocks,
  optionsText: (operator, graph) =>
    joinParts(constantText(operator, graph, 1, 'block'), constantText(operator, graph, 2, 'crop')),
});

/** Facts from kernels/space_to_batch_nd.cc. */
export const spaceToBatchNd = define({
  kind: 'SPACE_TO_BATCH_ND',
  resolverMethod: 'AddSpaceToBatchNd',
  summary: 'Pads an image and moves its blocks into the batch.',
  outputShapes: (view) => batchShape(view, toBatch),
  ...batchBlocks,
  optionsText: (operator, graph) =>
    joinParts(constantText(operator, graph, 1, 'block'), constantText(operator, graph, 2, 'pad')),
});

/** The second input, or else the options, of which one size may be -1: the rest. A scalar was once written as [0]. */
function reshapedShape({ operator, shape, integers }: ShapeView): readonly Shape[] | string | undefined {
  const from = shape(0);
  const asked = operator.inputs.length > 1 && shape(1)?.length === 1 ? integers(1) : optionShape(operator);
  if (from === undefined || asked === undefined) return undefined;
  const wanted = asked.join() === '0' && operator.inputs.length === 1 ? [] : asked;
  const count = elementsOf(from);
  const fixed = wanted.reduce((product, size) => (size === open ? product : product * size), 1);
  const rest = fixed === 0 ? 0 : mapSize(count, (known) => Math.floor(known / fixed));
  const made = wanted.map((size) => (size === open ? rest : size));
  if (count === open || elementsOf(made) === count) return [made];
  return `${count} values do not go into the shape [${listText(asked)}] that it is given`;
}

function optionShape(operator: Operator): readonly number[] | undefined {
  const listed = operator.options?.values['newShape'];
  if (!Array.isArray(listed) || listed.length === 0) return undefined;
  return listed.filter((size) => typeof size === 'number');
}

function squeezedShape({ operator, shape }: ShapeView): readonly Shape[] | undefined {
  const sizes = shape(0);
  if (sizes === undefined) return undefined;
  const listed = operator.options?.values['squeezeDims'];
  const axes = Array.isArray(listed) ? listed.filter((axis) => typeof axis === 'number') : [];
  if (axes.length === 0) return sizes.includes(open) ? undefined : [sizes.filter((size) => size !== 1)];
  const dropped = new Set(axes.map((axis) => axisOf(axis, sizes.length)));
  return [sizes.filter((_, axis) => !dropped.has(axis))];
}

function expandedShape({ shape, integers }: ShapeView): readonly Shape[] | undefined {
  const sizes = shape(0);
  const axis = axisOf(integers(1)?.[0], (sizes?.length ?? 0) + 1);
  return sizes === undefined || axis === undefined ? undefined : [spliceShape(sizes, axis, 0, 1)];
}

function transposedShape({ shape, integers }: ShapeView): readonly Shape[] | undefined {
  const [sizes, order] = [shape(0), integers(1)];
  if (sizes === undefined) return undefined;
  return order === undefined ? [openShape(sizes.length)] : [order.map((axis) => sizes.at(axis) ?? open)];
}

/** Blocks out of the channels (`direction` 1) or into them (-1). */
function blockShape({ operator, shape }: ShapeView, direction: 1 | -1): readonly Shape[] | undefined {
  const image = shape(0);
  const block = numberOption(operator, 'blockSize', 1);
  if (image?.length !== 4 || block < 1) return undefined;
  const [batch, height, width, depth] = image;
  const grown = (size: number): number => mapSize(size, (known) => known * block ** direction);
  return [[batch, grown(height), grown(width), mapSize(depth, (known) => known * block ** (-2 * direction))]];
}

/** How blocks move: what becomes of a dimension that they are taken from, with both its margins, and of the batch. */
interface BlockMove {
  readonly spatial: (size: number, block: number, margins: number) => number;
  readonly batch: (size: number, block: number) => number;
}

const toBatch: BlockMove = {
  spatial: (size, block, margins) => (size + margins) / block,
  batch: (size, block) => size * block,
};
const fromBatch: BlockMove = {
  spatial: (size, block, margins) => size * block - margins,
  batch: (size, block) => size / block,
};

/** [batch, dimensions that blocks are taken from …, rest …], with a block and two margins for each. */
function batchShape({ shape, integers }: ShapeView, move: BlockMove): readonly Shape[] | undefined {
  const [sizes, blocks, margins] = [shape(0), integers(1), integers(2)];
  if (sizes === undefined) return undefined;
  if (blocks === undefined || margins === undefined) return [openShape(sizes.length)];
  const spatial = blocks.map((block, axis) =>
    mapSize(sizes[axis + 1], (size) => move.spatial(size, block, margins[2 * axis] + margins[2 * axis + 1])),
  );
  const batch = mapSize(sizes[0], (size) => blocks.reduce(move.batch, size));
  return [[batch, ...spatial, ...sizes.slice(blocks.length + 1)]];
}

function sameElements(view: OperatorView): string | undefined {
  const [input, output] = [view.input(0), view.output(0)];
  return elements(input) === elements(output) ? undefined : sizeSentence(view, input, output);
}

/** One dimension of the output may be -1, which the kernel works out. */
function reshapeProblem(view: OperatorView): string | undefined {
  const [input, output] = [view.input(0), view.output(0)];
  const open = output?.shape.filter((size) => size === -1).length ?? 0;
  const fixed = output?.shape.filter((size) => size !== -1) ?? [];
  const [from, to] = [elements(input), productOf(fixed)];
  // A file may give the shape [0] for a scalar: an old writer's way, which the kernel takes as such.
  if (view.operator.inputs.length === 1 && output?.shape.join() === '0' && from === 1) return undefined;
  const fits =
    open === 0 ? from === to : open === 1 && from !== undefined && to !== undefined && to > 0 && from % to === 0;
  return fits ? undefined : sizeSentence(view, input, output);
}

function sizeSentence(view: OperatorView, input: Tensor | undefined, output: Tensor | undefined): string | undefined {
  if (input === undefined || output === undefined) return undefined;
  return `${view.name} turns ${shapeText(input)} into ${shapeText(output)}, but keeps the number of values; convert the model again.`;
}

function permutationCheck(view: OperatorView): ReturnType<Check> {
  const order = constantIntegers(view.input(1));
  const rank = view.input(0)?.shape.length ?? 0;
  if (order === undefined || (order.length === rank && order.every((axis) => axis >= 0 && axis < rank))) {
    return undefined;
  }
  return refuse(
    'options-unsupported',
    `${view.name} has the order ${listText(order)} for ${rank} dimensions, but TFLite Micro needs each from 0 to ${rank - 1}; convert the model again.`,
  );
}

function neighbouringAxes(view: OperatorView): ReturnType<Check> {
  const rank = view.input(0)?.shape.length ?? 0;
  const axes = constantIntegers(view.input(1))?.map((axis) => (axis < 0 ? axis + rank : axis));
  const sorted = [...(axes ?? [])].sort((first, second) => first - second);
  if (sorted.every((axis, index) => index === 0 || axis === sorted[index - 1] + 1)) return undefined;
  return refuse(
    'options-unsupported',
    `${view.name} reverses the dimensions ${listText(sorted)}, but TFLite Micro takes only neighbouring ones; use one operator for each.`,
  );
}
