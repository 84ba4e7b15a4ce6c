import type { Window } from '../window';

/** Types of activations that windows move over. */
export type Activations = Int8Array | Int16Array | Float32Array;

/** Where the values of one window lie. */
interface Source<Values extends Activations> {
  values: Values;
  at: number;
}

export interface Sweep<Values extends Activations> {
  readonly window: Window;
  readonly image: Values;
  /** Memory for one window's values; absent where a window is one element of the image and moves by one. */
  readonly patch?: Values;
  /** What lies outside the image. */
  readonly fill: number;
  readonly groups: number;
  /** Channels of a group. */
  readonly depth: number;
}

/** Called for each output position and group; `at` is the position's first element in the output. */
type Visit<Values extends Activations> = (source: Source<Values>, group: number, at: number) => void;

/** Moves the window over all images, in the order of the output. */
export function sweep<Values extends Activations>(how: Sweep<Values>, visit: Visit<Values>): void {
  const { window, image, patch, groups, depth } = how;
  const source: Source<Values> = { values: patch ?? image, at: 0 };
  const position = { batch: 0, y: 0, x: 0 };
  let at = 0;
  for (position.batch = 0; position.batch < window.batches; position.batch++) {
    for (position.y = 0; position.y < window.outHeight; position.y++) {
      for (position.x = 0; position.x < window.outWidth; position.x++) {
        for (let group = 0; group < groups; group++) {
          if (patch !== undefined) copyPatch(how, group * depth, position);
          visit(source, group, at);
        }
        if (patch === undefined) source.at += window.inDepth;
        at += window.outDepth;
      }
    }
  }
}

/** Copies the window's values at an output position, row by row, `depth` channels from `channel` on. */
function copyPatch<Values extends Activations>(
  { window, image, patch, fill, depth }: Sweep<Values>,
  channel: number,
  { batch, y, x }: { readonly batch: number; readonly y: number; readonly x: number },
): void {
  if (patch === undefined) return;
  const { dilationX, inWidth, inHeight, inDepth, width } = window;
  const left = x * window.strideX - window.padLeft;
  let to = 0;
  for (let row = 0; row < window.height; row++) {
    const inY = y * window.strideY - window.padTop + row * window.dilationY;
    const isRowInside = inY >= 0 && inY < inHeight;
    const line = (batch * inHeight + inY) * inWidth;
    for (let column = 0; column < width; column++) {
      const inX = left + column * dilationX;
      if (isRowInside && inX >= 0 && inX < inWidth) {
        const from = (line + inX) * inDepth + channel;
        for (let index = 0; index < depth; index++) patch[to++] = image[from + index];
      } else {
        for (let index = 0; index < depth; index++) patch[to++] = fill;
      }
    }
  }
}

/** True where a window is one element and moves by one: the image is then the sequence of its windows. */
export function isPointwise(window: Window): boolean {
  const { height, width, strideY, strideX, padTop, padLeft } = window;
  const isOneElement = height === 1 && width === 1 && padTop === 0 && padLeft === 0;
  return (
    isOneElement &&
    strideY === 1 &&
    strideX === 1 &&
    window.outWidth === window.inWidth &&
    window.outHeight === window.inHeight
  );
}
