import { isOn, numberOf, textOf } from '../../configValues';
import type { LayerContext } from '../context';
import { integers, real, type DraftValue } from '../draft';
import { pad, resize, slice } from './reshaping';

/** Pictures of another size. */

type Size = readonly [height: number, width: number];

export function resizing(context: LayerContext): DraftValue {
  const { config, draft } = context;
  const [input] = context.inputs;
  const size: Size = [numberOf(config, 'height') ?? 1, numberOf(config, 'width') ?? 1];
  const how = textOf(config, 'interpolation') ?? 'bilinear';
  if (isOn(config, 'crop_to_aspect_ratio')) {
    draft.doubts.add(draft.origin);
    return resized(context, croppedToAspect(context, input, size), [size, how]);
  }
  if (isOn(config, 'pad_to_aspect_ratio')) {
    draft.doubts.add(draft.origin);
    return resized(context, paddedToAspect(context, input, size), [size, how]);
  }
  return resized(context, input, [size, how]);
}

function resized(context: LayerContext, input: DraftValue, [size, how]: readonly [Size, string]): DraftValue {
  if (input.shape[1] === size[0] && input.shape[2] === size[1]) return input;
  return resize(context, input, size, how);
}

/** The middle part that has the proportions of `size`. */
function croppedToAspect(context: LayerContext, input: DraftValue, [height, width]: Size): DraftValue {
  const [rows, columns] = sizeOf(input);
  const part: Size = [
    Math.max(Math.min(rows, Math.trunc((columns * height) / width)), 1),
    Math.max(Math.min(columns, Math.trunc((rows * width) / height)), 1),
  ];
  return middle(context, input, part);
}

function sizeOf({ shape }: DraftValue): Size {
  return [shape[1] ?? 1, shape[2] ?? 1];
}

/** As Keras cuts: the begin rounded down. */
function middle(context: LayerContext, input: DraftValue, part: Size): DraftValue {
  const whole = sizeOf(input);
  if (whole[0] === part[0] && whole[1] === part[1]) return input;
  const cuts = whole.map((length, axis) => {
    const begin = Math.trunc((length - part[axis]) / 2);
    return { begin, end: begin + part[axis] };
  });
  return slice(context, input, [{}, ...cuts, {}], 'strided_slice');
}

/** Edges of one value on both sides, until the proportions are those of `size`. */
function paddedToAspect(context: LayerContext, input: DraftValue, [height, width]: Size): DraftValue {
  const [rows, columns] = sizeOf(input);
  const most: Size = [
    Math.max(rows, Math.trunc((columns * height) / width)),
    Math.max(columns, Math.trunc((rows * width) / height)),
  ];
  const edges = [Math.trunc((most[0] - rows) / 2), Math.trunc((most[1] - columns) / 2)];
  if (edges.every((edge) => edge === 0)) return input;
  const value = numberOf(context.config, 'fill_value') ?? 0;
  const pairs = [0, ...edges, 0].map((edge) => [edge, edge]);
  const made = pad(context, input, pairs, 'Pad');
  if (value === 0) return made;
  const { nodes } = context.draft;
  const node = nodes[nodes.length - 1];
  const inputs = [input, integers(pairs.flat(), [4, 2]), real(value)];
  nodes[nodes.length - 1] = { ...node, kind: 'PADV2', inputs };
  return made;
}

/** The middle of a picture; one that is too small becomes larger first. */
export function centerCrop(context: LayerContext): DraftValue {
  const { config, draft, options } = context;
  const [input] = context.inputs;
  const size: Size = [numberOf(config, 'height') ?? 1, numberOf(config, 'width') ?? 1];
  const [rows, columns] = sizeOf(input);
  if (options.flavour === 'keras2') draft.doubts.add(draft.origin);
  // The converter keeps a slice that takes all.
  if (rows === size[0] && columns === size[1]) draft.doubts.add(draft.origin);
  if (rows >= size[0] && columns >= size[1]) return middle(context, input, size);
  return resized(context, croppedToAspect(context, input, size), [size, 'bilinear']);
}
