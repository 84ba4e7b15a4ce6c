import { withIntegers } from '../integers';
import type { ChannelRelation, RelationView } from '../relation';

/** Channels are the last axis of images; filters slide over the others. */
const channelAxis = 3;

/** Filter: [output, height, width, input]. */
export const conv2d: ChannelRelation = {
  kinds: ['CONV_2D'],
  relate: (view) => {
    const [input, filter, output] = [view.input(0), view.input(1), view.output(0)];
    if (input?.shape.length !== 4 || filter?.shape.length !== 4 || output?.shape.length !== 4) {
      view.fixAll(odd(view));
      return;
    }
    if (input.shape[channelAxis] !== filter.shape[channelAxis]) {
      view.fixAll(`${view.name} works in groups of channels, which must stay equal in size.`);
      return;
    }
    view.join(input, channelAxis, filter, channelAxis);
    view.join(filter, 0, output, channelAxis);
    joinBias(view, 2);
    view.fixOthers(filter, [0, channelAxis], slides(view));
    view.fixOthers(input, [channelAxis], slides(view));
    view.fixOthers(output, [channelAxis], slides(view));
  },
};

/** Filter: [1, height, width, output]; the depth multiplier makes several outputs of one input, which go together. */
export const depthwiseConv2d: ChannelRelation = {
  kinds: ['DEPTHWISE_CONV_2D'],
  relate: (view) => {
    const [input, filter, output] = [view.input(0), view.input(1), view.output(0)];
    if (input?.shape.length !== 4 || filter?.shape.length !== 4 || output?.shape.length !== 4) {
      view.fixAll(odd(view));
      return;
    }
    const copies = output.shape[channelAxis] / input.shape[channelAxis];
    if (!Number.isInteger(copies)) {
      view.fixAll(odd(view));
      return;
    }
    // Of an image with one channel, every copy is a filter of its own.
    if (input.shape[channelAxis] === 1) {
      joinFilters(view);
      return;
    }
    for (let index = 0; index < output.shape[channelAxis]; index++) {
      view.joinIndex(output, channelAxis, index, [input, channelAxis, Math.floor(index / copies)]);
    }
    view.join(filter, channelAxis, output, channelAxis);
    joinBias(view, 2);
    for (const tensor of [input, filter, output]) view.fixOthers(tensor, [channelAxis], slides(view));
  },
  refit: ({ options, inputs, outputs }, tensors) => {
    const depthMultiplier = tensors[outputs[0]].shape[channelAxis] / tensors[inputs[0]].shape[channelAxis];
    return { options: options && { ...options, values: { ...options.values, depthMultiplier } } };
  },
};

function joinFilters(view: RelationView): void {
  const [input, filter, output] = [view.input(0)!, view.input(1)!, view.output(0)!];
  view.fix(input, channelAxis, `${view.name} makes all of its channels from this one.`);
  view.join(filter, channelAxis, output, channelAxis);
  joinBias(view, 2);
  for (const tensor of [input, filter, output]) view.fixOthers(tensor, [channelAxis], slides(view));
}

/** Inputs: output shape, filter [output, height, width, input], image, bias. */
export const transposeConv: ChannelRelation = {
  kinds: ['TRANSPOSE_CONV'],
  relate: (view) => {
    const [filter, input, output] = [view.input(1), view.input(2), view.output(0)];
    if (input?.shape.length !== 4 || filter?.shape.length !== 4 || output?.shape.length !== 4) {
      view.fixAll(odd(view));
      return;
    }
    view.join(input, channelAxis, filter, channelAxis);
    view.join(filter, 0, output, channelAxis);
    joinBias(view, 3);
    view.fixOthers(filter, [0, channelAxis], slides(view));
    view.fixOthers(input, [channelAxis], slides(view));
    view.fixOthers(output, [channelAxis], slides(view));
  },
  refit: (operator, tensors) => ({
    constant: [0, withIntegers(tensors[operator.inputs[0]], tensors[operator.outputs[0]].shape)],
  }),
};

/** Windows and interpolation work on each channel by itself. */
export const channelByChannel: ChannelRelation = {
  kinds: [
    ...['AVERAGE_POOL_2D', 'BATCH_TO_SPACE_ND', 'L2_POOL_2D', 'MAX_POOL_2D', 'RESIZE_BILINEAR'],
    ...['RESIZE_NEAREST_NEIGHBOR', 'SPACE_TO_BATCH_ND'],
  ],
  relate: (view) => {
    const [input, output] = [view.input(0), view.output(0)];
    if (input?.shape.length !== 4 || output?.shape.length !== 4) {
      view.fixAll(odd(view));
      return;
    }
    view.join(input, channelAxis, output, channelAxis);
    view.fixOthers(input, [channelAxis], slides(view));
    view.fixOthers(output, [channelAxis], slides(view));
  },
};

/** Weights: [output, input]. An input of more axes is read as rows of the weights' width. */
export const fullyConnected: ChannelRelation = {
  kinds: ['FULLY_CONNECTED'],
  relate: (view) => {
    const [input, weights, output] = [view.input(0), view.input(1), view.output(0)];
    if (input === undefined || weights?.shape.length !== 2 || output === undefined || input.shape.length === 0) {
      view.fixAll(odd(view));
      return;
    }
    view.join(weights, 0, output, output.shape.length - 1);
    view.fixOthers(output, [output.shape.length - 1], slides(view));
    joinBias(view, 2);
    joinRows(view);
  },
};

function joinRows(view: RelationView): void {
  const [input, weights] = [view.input(0)!, view.input(1)!];
  const last = input.shape.length - 1;
  const depth = input.shape[last];
  const width = weights.shape[1];
  view.fixOthers(input, [last], `${view.name} reads it row by row.`);
  if (depth === 0 || width % depth !== 0) {
    view.fix(input, last, `${view.name} reads it row by row.`);
    view.fix(weights, 1, `${view.name} reads it row by row.`);
    return;
  }
  for (let index = 0; index < width; index++) view.joinIndex(weights, 1, index, [input, last, index % depth]);
}

function joinBias(view: RelationView, position: number): void {
  const [bias, output] = [view.input(position), view.output(0)];
  if (bias === undefined || output === undefined) return;
  if (bias.shape.length === 1) view.join(bias, 0, output, output.shape.length - 1);
  else view.fixAll(odd(view));
}

function slides(view: RelationView): string {
  return `${view.name} works along this dimension as a whole.`;
}

function odd(view: RelationView): string {
  return `${view.name} has tensors of unusual shape, through which channels are not followed.`;
}
