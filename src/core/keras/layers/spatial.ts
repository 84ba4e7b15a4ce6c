import { textOf } from '../configValues';
import type { KerasConfig, KerasDimension, KerasShape } from '../kerasModel';

interface SpatialAxes {
  /** Axis of the channels. */
  readonly channels: number;
  /** Axis of the first spatial dimension; the others follow it. */
  readonly first: number;
}

/** Where channels and spatial axes stand in a tensor with the batch in front. */
export function spatialAxes(config: KerasConfig, axes: number): SpatialAxes {
  return textOf(config, 'data_format') === 'channels_first'
    ? { channels: 1, first: 2 }
    : { channels: axes + 1, first: 1 };
}

interface SpatialChange {
  readonly config: KerasConfig;
  readonly axes: number;
  /** Absent: as many as before. */
  readonly channels?: KerasDimension;
}

/** `input` with other lengths along its spatial axes and, where `how` has them, other channels. */
export function withSpatial(
  input: KerasShape,
  how: SpatialChange,
  change: (length: KerasDimension, axis: number) => KerasDimension,
): KerasShape {
  if (input?.length !== how.axes + 2) return undefined;
  const { channels, first } = spatialAxes(how.config, how.axes);
  return input.map((dimension, axis) => {
    if (axis === channels) return 'channels' in how ? how.channels : dimension;
    return axis === 0 ? dimension : change(dimension, axis - first);
  });
}
