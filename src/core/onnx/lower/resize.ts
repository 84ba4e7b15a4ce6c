import { shapeOf } from '../layout';
import { requantized } from '../quantization';
import type { Lowering } from '../lowering';
import { axisIn, listOf, refused, textOf } from '../nodes';
import type { OnnxNode } from '../onnxModel';
import { isSameQuantization, takeTail } from '../tail';
import { NodeWriter } from './nodeWriter';
import { pictureDimensions } from './window';

/** How TFLite's kernels may be told to find the place in the input for one of the output. */
const manners = [
  { alignCorners: false, halfPixelCenters: false },
  { alignCorners: false, halfPixelCenters: true },
  { alignCorners: true, halfPixelCenters: false },
] as const;

/** Places along an axis of what is resized. */
const mostPlaces = 2 ** 16;

/**
 * Resize and Upsample: RESIZE_BILINEAR or RESIZE_NEAREST_NEIGHBOR, where one takes the same places of its input; else
 * rows and columns are picked by GATHER.
 */
export function lowerResize(node: OnnxNode, lowering: Lowering): void {
  const { draft, opset } = lowering;
  const [name] = node.inputs;
  const mode = textOf(node, 'mode', 'nearest');
  const isLinear = mode === 'linear';
  if (!isLinear && mode !== 'nearest')
    throw refused(node, `TensorFlow Lite Micro does not resize in the mode "${mode}".`);
  const tail = takeTail(lowering, node, { reads: [name] });
  const input = lowering.read(node, name, tail.isInteger);
  const shape = shapeOf(input.layout);
  if (shape.length !== 3 && shape.length !== 4) throw refused(node, 'TensorFlow Lite Micro resizes pictures only.');
  const isOld = node.kind === 'Upsample' || opset < 11;
  const given = listOf(node, 'scales') ?? lowering.list(node.inputs[isOld ? 1 : 2]);
  const axes = (listOf(node, 'axes') ?? shape.map((_, axis) => axis)).map((axis) => axisIn(node, axis, shape.length));
  const byAxis = (list: readonly number[] | undefined, otherwise: readonly number[]): readonly number[] | undefined =>
    list?.length === axes.length ? otherwise.map((own, axis) => list[axes.indexOf(axis)] ?? own) : undefined;
  const asked = byAxis(lowering.list(node.inputs.at(3)), shape);
  const kept = asked && keptRatio(node, asked, shape, axes);
  const scales = byAxis(
    kept === undefined ? given : axes.map(() => kept),
    shape.map(() => 1),
  );
  const sizes =
    kept === undefined
      ? asked
      : byAxis(
          axes.map((axis) => rounded(shape[axis] * kept, 'round_prefer_ceil')),
          shape,
        );
  const next = sizes ?? scales?.map((scale, axis) => Math.floor(shape[axis] * scale));
  if (next?.every((size) => size > 0) !== true) throw refused(node, 'its size is computed; only constants are taken.');
  if (next[0] !== shape[0] || next[1] !== shape[1]) throw refused(node, 'it resizes batch or channels.');
  if (next.some((size) => !(Number.isInteger(size) && size <= mostPlaces)))
    throw refused(node, `its result is longer than ${mostPlaces} places, which no microcontroller holds.`);
  const places = (axis: number): readonly number[] =>
    placesOf(node, { from: shape[axis], to: next[axis], scale: scales?.[axis], isLinear, isOld });
  const spatial = shape.flatMap((_, axis) => (axis > 1 ? [axis] : []));
  const manner = manners.find((each) =>
    spatial.every((axis) => {
      const wanted = places(axis);
      return wanted.every(
        (place, index) =>
          Math.abs(place - tflitePlace(index, { from: shape[axis], to: next[axis], isLinear, ...each })) < 1e-6,
      );
    }),
  );
  if (manner === undefined && !isLinear && !tail.isInteger) {
    const writer = new NodeWriter(node, lowering);
    const last = spatial.reduce((value, axis) => {
      const picked = places(axis);
      const isAsItIs = picked.length === shape[axis] && picked.every((place, at) => place === at);
      return isAsItIs ? value : writer.emit('Gather', [value, writer.integers(picked)], { axis });
    }, name);
    writer.emit('Identity', [last], {}, tail.name);
    return;
  }
  if (manner === undefined)
    throw refused(node, 'no kernel of TensorFlow Lite Micro takes the same places of its input.');
  const dimensions = pictureDimensions(shape.length);
  const from = lowering.placed(input, dimensions);
  const own = draft.contentOf(from);
  const isSame = !tail.isInteger || isSameQuantization(own.quantization, tail.content.quantization);
  const made = lowering.made(isSame ? tail.name : `${tail.name}/own`, next, dimensions, own);
  const [height, width] = shape.length === 4 ? [next[2], next[3]] : [1, next[2]];
  const list = draft.integers(`${node.name}/size`, [height, width]);
  draft.emit({
    kind: isLinear ? 'RESIZE_BILINEAR' : 'RESIZE_NEAREST_NEIGHBOR',
    version: tail.isInteger ? 2 : manner.halfPixelCenters ? 3 : 1,
    inputs: [from, list],
    outputs: [made.tensor],
    table: isLinear ? 'ResizeBilinearOptions' : 'ResizeNearestNeighborOptions',
    values: manner,
  });
  const tensor = isSame ? made.tensor : requantized(lowering, made.tensor, { name: tail.name, content: tail.content });
  lowering.set(tail.name, { tensor, layout: made.layout }, !tail.isInteger);
}

/** The scale that all axes get where a size is asked for whose ratio is not to change; else `undefined`. */
function keptRatio(
  node: OnnxNode,
  sizes: readonly number[],
  shape: readonly number[],
  axes: readonly number[],
): number | undefined {
  const policy = textOf(node, 'keep_aspect_ratio_policy', 'stretch');
  if (policy === 'stretch') return undefined;
  const scales = axes.map((axis) => sizes[axis] / shape[axis]);
  return policy === 'not_larger' ? Math.min(...scales) : Math.max(...scales);
}

interface PlaceQuestion {
  readonly from: number;
  readonly to: number;
  readonly scale?: number;
  readonly isLinear: boolean;
  readonly isOld: boolean;
}

/** For each place of the output the one of the input, a whole number for nearest. Source: ONNX's Resize. */
function placesOf(node: OnnxNode, { from, to, scale = to / from, isLinear, isOld }: PlaceQuestion): readonly number[] {
  const mode = isOld ? 'asymmetric' : textOf(node, 'coordinate_transformation_mode', 'half_pixel');
  const rounding = isOld ? 'floor' : textOf(node, 'nearest_mode', 'round_prefer_floor');
  return Array.from({ length: to }, (_, index) => {
    const place = placeIn(node, mode, { index, from, to, scale });
    const held = isLinear ? place : rounded(place, rounding);
    return Math.min(Math.max(held, 0), from - 1);
  });
}

function placeIn(
  node: OnnxNode,
  mode: string,
  {
    index,
    from,
    to,
    scale,
  }: { readonly index: number; readonly from: number; readonly to: number; readonly scale: number },
): number {
  switch (mode) {
    case 'half_pixel':
      return (index + 0.5) / scale - 0.5;
    case 'pytorch_half_pixel':
      return to > 1 ? (index + 0.5) / scale - 0.5 : 0;
    case 'align_corners':
      return to > 1 ? (index * (from - 1)) / (to - 1) : 0;
    case 'asymmetric':
      return index / scale;
    default:
      throw refused(node, `TensorFlow Lite Micro has nothing for the coordinates "${mode}".`);
  }
}

function rounded(place: number, mode: string): number {
  if (mode === 'floor') return Math.floor(place);
  if (mode === 'ceil') return Math.ceil(place);
  return mode === 'round_prefer_ceil' ? Math.round(place) : Math.ceil(place - 0.5);
}

/** The same for TFLite. Source: kernels/internal/reference/resize_bilinear.h and resize_nearest_neighbor.h. */
function tflitePlace(
  index: number,
  {
    from,
    to,
    isLinear,
    alignCorners,
    halfPixelCenters,
  }: {
    readonly from: number;
    readonly to: number;
    readonly isLinear: boolean;
    readonly alignCorners: boolean;
    readonly halfPixelCenters: boolean;
  },
): number {
  const scale = alignCorners && to > 1 ? (from - 1) / (to - 1) : from / to;
  if (isLinear) {
    const place = halfPixelCenters ? (index + 0.5) * scale - 0.5 : index * scale;
    return Math.min(Math.max(place, 0), from - 1);
  }
  const place = (index + (halfPixelCenters ? 0.5 : 0)) * scale;
  return Math.min(alignCorners ? Math.round(place) : Math.floor(place), from - 1);
}
