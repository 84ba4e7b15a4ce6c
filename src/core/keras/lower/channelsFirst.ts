import { textOf } from '../configValues';
import type { LayerContext } from './context';
import type { DraftValue } from './draft';
import { transpose } from './kinds/shapes';

/** Channels stand in front of the spatial axes: no kernel of TFLM has them there. */
export function isChannelsFirst({ config, inputs }: LayerContext): boolean {
  return textOf(config, 'data_format') === 'channels_first' && (inputs.at(0)?.shape.length ?? 0) > 2;
}

/** The layer with channels behind, between two transposes; what has lost its spatial axes stays as it is. */
export function channelsFirst(
  context: LayerContext,
  lower: (context: LayerContext) => readonly DraftValue[],
): readonly DraftValue[] {
  const { inputs, config, draft, outputs } = context;
  draft.doubts.add(draft.origin);
  const rank = inputs[0].shape.length;
  // A picture alone has no batch in front: only layers that take the batch come here.
  const back = [0, ...Array.from({ length: rank - 2 }, (_, axis) => axis + 2), 1];
  const front = [0, rank - 1, ...Array.from({ length: rank - 2 }, (_, axis) => axis + 1)];
  const made = lower({
    ...context,
    config: new Map(config).set('data_format', 'channels_last'),
    inputs: inputs.map((input) => transpose(context, input, back, 'transpose')),
    outputs: outputs.map((shape) => (shape?.length === rank ? back.map((axis) => shape[axis]) : shape)),
  });
  return made.map((value) => (value.shape.length === rank ? transpose(context, value, front, 'transpose_1') : value));
}
