import type { Graph, Operator } from '../model/model';
import { numberOption } from '../model/options';
import { constantInput, inputRank } from './checks';
import { define } from './define';
import { constantText, joinParts } from './optionsText';
import { constantIntegers, inputTensor } from './shapes';
import { anyTypes, each, eachSized } from './signature';
import { sliceLengths, stridedLengths } from './sliceLengths';
import { refuse, type Check, type OperatorView } from './view';
import { open, openShape, sameShape, mapSize, type Shape, type ShapeView } from './outputShapes';

/** Parts of a tensor. */

/** Facts from kernels/slice.cc. */
export const slice = define({
  kind: 'SLICE',
  resolverMethod: 'AddSlice',
  summary: 'Cuts a block out of a tensor.',
  roles: ['activation', 'parameter'],
  inputs: 3,
  outputs: 1,
  accepts: ['int32', 'int64'].flatMap((index) => each('float32 int8 int16 int32 bool', `T ${index} ${index} -> T`)),
  allocates: anyTypes,
  checks: [inputRank(0, 0, 5)],
  outputShapes: slicedShape,
  optionsText: (operator, graph) =>
    joinParts(constantText(operator, graph, 1, 'begin'), constantText(operator, graph, 2, 'size')),
});

/** Facts from kernels/strided_slice.cc and kernels/strided_slice_common.cc. */
export const stridedSlice = define({
  kind: 'STRIDED_SLICE',
  resolverMethod: 'AddStridedSlice',
  summary: 'Cuts a block out of a tensor, with steps.',
  roles: ['activation', 'parameter'],
  inputs: 4,
  outputs: 1,
  accepts: each('float32 int8 int16 int32 bool', 'T int32 int32 int32 -> T'),
  allocates: anyTypes,
  checks: [
    inputRank(0, 0, 4),
    constantInput(1, 'begin'),
    constantInput(2, 'end'),
    constantInput(3, 'strides'),
    stridesCheck,
  ],
  outputShapes: stridedShape,
  optionsText: stridedText,
});

/** Facts from kernels/dynamic_update_slice.cc. */
export const dynamicUpdateSlice = define({
  kind: 'DYNAMIC_UPDATE_SLICE',
  resolverMethod: 'AddDynamicUpdateSlice',
  summary: 'Copies a tensor with one block of it replaced.',
  roles: ['activation', 'activation', 'parameter'],
  inputs: 3,
  outputs: 1,
  accepts: each('float32 int8 int16 int32', 'T T int32|int64 -> T'),
  allocates: eachSized('T T int32|int64 -> any'),
  checks: [inputRank(2, 1)],
  shapeProblem: updateProblem,
  outputShapes: sameShape(),
});

/**
 * TFLM handles begin, end, strides and their masks only, for every dimension, and compares the result with the output's
 * own shape.
 */
function stridesCheck(view: OperatorView): ReturnType<Check> {
  const input = view.input(0);
  const [begin, end, strides] = [1, 2, 3].map((position) => constantIntegers(view.input(position)));
  if (input === undefined || begin === undefined || end === undefined || strides === undefined) return undefined;
  const lengths = sliceLengths({
    sizes: input.shape,
    begin,
    end,
    strides,
    beginMask: numberOption(view.operator, 'beginMask', 0),
    endMask: numberOption(view.operator, 'endMask', 0),
    shrinkMask: numberOption(view.operator, 'shrinkAxisMask', 0),
  });
  const shape = view.output(0)?.shape;
  if (lengths !== undefined && shape !== undefined && lengths.join() === shape.join()) return undefined;
  return refuse(
    'options-unsupported',
    `${view.name} does not cut [${input.shape.join(',')}] into [${shape?.join(',') ?? ''}] as TFLite Micro reads it: it needs begin, end and a stride other than 0 for every dimension, and knows no ellipsis and no new axes; write the slice out in the model.`,
  );
}

/** A size of -1 goes to the end. */
function slicedShape({ shape, integers }: ShapeView): readonly Shape[] | undefined {
  const [whole, begin, size] = [shape(0), integers(1), integers(2)];
  if (whole === undefined) return undefined;
  if (size === undefined) return [openShape(whole.length)];
  return [
    whole.map((length, axis) => {
      if (size[axis] !== -1) return size[axis] ?? open;
      return begin === undefined ? open : mapSize(length, (known) => known - begin[axis]);
    }),
  ];
}

function stridedShape({ operator, shape, integers }: ShapeView): readonly Shape[] | undefined {
  const sizes = shape(0);
  const [begin, end, strides] = [1, 2, 3].map(integers);
  if (sizes === undefined || begin === undefined || end === undefined || strides === undefined) return undefined;
  const mask = (name: string): number => numberOption(operator, name, 0);
  const masks = {
    beginMask: mask('beginMask'),
    endMask: mask('endMask'),
    shrinkMask: mask('shrinkAxisMask'),
    newAxisMask: mask('newAxisMask'),
    ellipsisMask: mask('ellipsisMask'),
  };
  if (sizes.includes(open)) return undefined;
  const made = stridedLengths({ sizes, begin, end, strides, ...masks });
  return made === undefined ? undefined : [made];
}

function stridedText(operator: Operator, graph: Graph): string {
  const strides = constantIntegers(inputTensor(operator, graph, 3));
  const stepped = strides?.some((stride) => stride !== 1) === true;
  const shrink = numberOption(operator, 'shrinkAxisMask', 0);
  return joinParts(
    constantText(operator, graph, 1, 'begin'),
    constantText(operator, graph, 2, 'end'),
    stepped ? `step ${strides.join(',')}` : '',
    shrink === 0 ? '' : `drop ${bitsOf(shrink).join(',')}`,
  );
}

function bitsOf(mask: number): readonly number[] {
  return Array.from({ length: 32 }, (_, bit) => bit).filter((bit) => (mask & (1 << bit)) !== 0);
}

function updateProblem(view: OperatorView): string | undefined {
  const [operand, update, start] = [view.input(0), view.input(1), view.input(2)];
  if (operand === undefined || update === undefined) return undefined;
  const ranked = update.shape.length === operand.shape.length && start?.shape[0] === operand.shape.length;
  if (ranked && update.shape.every((size, axis) => size <= operand.shape[axis])) return undefined;
  return `${view.name} puts [${update.shape.join(',')}] into [${operand.shape.join(',')}], where it has no place; convert the model again.`;
}
