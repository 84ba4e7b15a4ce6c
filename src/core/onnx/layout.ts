/**
 * How a value lies in memory, apart from the shape that ONNX gives it.
 *
 * A value is cut into atoms, the finest parts of its dimensions that something tells apart. `order` is their order in
 * memory; each axis of ONNX is a product of some of them. A transpose only changes the axes, and so does a reshape:
 * nothing moves before an operator needs another order. Sizes of one have no atom, so that they are anywhere.
 */
export interface Layout {
  readonly order: readonly Atom[];
  readonly axes: readonly Axis[];
}

/** Told apart by identity. */
export interface Atom {
  readonly size: number;
}

export type Axis = readonly Atom[];

export function sizeOf(axis: Axis): number {
  return axis.reduce((product, { size }) => product * size, 1);
}

/** The shape that ONNX gives it. */
export function shapeOf({ axes }: Layout): readonly number[] {
  return axes.map(sizeOf);
}

/** A value that nothing is known of yet, its axes in memory in the order `axisOrder`; else as ONNX has it. */
export function newLayout(shape: readonly number[], axisOrder = shape.map((_, axis) => axis)): Layout {
  const axes = shape.map((size): Axis => (size === 1 ? [] : [{ size }]));
  return { axes, order: axisOrder.flatMap((axis) => axes[axis]) };
}

/** The same bytes with axes in another order. */
export function transposed({ order, axes }: Layout, permutation: readonly number[]): Layout {
  return { order, axes: permutation.map((axis) => axes[axis]) };
}

/** The same bytes under another shape; `undefined` where an axis would be cut where no atom can be. */
export function reshapedTo({ order, axes }: Layout, shape: readonly number[]): Layout | undefined {
  const waiting = axes.flat();
  const parts = new Map<Atom, readonly Atom[]>();
  let at = 0;
  const next = shape.map((size): Axis | undefined => {
    const axis: Atom[] = [];
    let left = size;
    while (left > 1) {
      const atom = waiting[at];
      if (atom === undefined) return undefined;
      if (left % atom.size === 0) {
        axis.push(atom);
        left /= atom.size;
        at++;
      } else if (atom.size % left === 0) {
        const [outer, inner] = [{ size: left }, { size: atom.size / left }];
        parts.set(atom, [outer, inner]);
        axis.push(outer);
        waiting[at] = inner;
        left = 1;
      } else return undefined;
    }
    return axis;
  });
  if (at !== waiting.length || !next.every((axis) => axis !== undefined)) return undefined;
  const refined = (atom: Atom): readonly Atom[] => parts.get(atom)?.flatMap(refined) ?? [atom];
  return { order: order.flatMap(refined), axes: next.map((axis) => axis.flatMap(refined)) };
}

/** Axes in the order in which they lie in memory, each by where it begins; those of size one come first. */
export function axisOrderOf({ order, axes }: Layout): readonly number[] {
  const places = axes.map((axis) => axis.reduce((least, atom) => Math.min(least, order.indexOf(atom)), Infinity));
  const place = (axis: number): number => (axes[axis].length === 0 ? -1 : places[axis]);
  return axes.map((_, axis) => axis).sort((a, b) => place(a) - place(b) || a - b);
}

export function sameAtoms(left: readonly Atom[], right: readonly Atom[]): boolean {
  return left.length === right.length && left.every((atom, index) => atom === right[index]);
}

/** The atoms that each dimension of a tensor of this shape holds; `undefined` where it cuts one. */
export function dimensionsOf(order: readonly Atom[], shape: readonly number[]): readonly Axis[] | undefined {
  let at = 0;
  const dimensions = shape.map((size): Axis => {
    const axis: Atom[] = [];
    for (let product = 1; product < size && at < order.length; product *= order[at - 1].size) axis.push(order[at++]);
    return axis;
  });
  return dimensions.every((axis, index) => sizeOf(axis) === shape[index]) && at === order.length
    ? dimensions
    : undefined;
}

/** Runs of atoms that stay together between two orders, as they follow in the second. */
export function runsBetween(from: readonly Atom[], to: readonly Atom[]): readonly Axis[] {
  const runs: Atom[][] = [];
  for (const atom of to) {
    const last = runs.at(-1)?.at(-1);
    if (last !== undefined && from.indexOf(atom) === from.indexOf(last) + 1) runs.at(-1)?.push(atom);
    else runs.push([atom]);
  }
  return runs;
}

/** The axes of ONNX that each dimension of a tensor holds. */
export type Dimensions = readonly (readonly number[])[];

/** Which axes each dimension of a tensor of this shape holds as wholes; `undefined` where one is cut. */
export function ownDimensions(layout: Layout, shape: readonly number[]): Dimensions | undefined {
  const held = dimensionsOf(layout.order, shape);
  if (held === undefined) return undefined;
  const dimensions = held.map((): number[] => []);
  for (const [axis, atoms] of layout.axes.entries()) {
    const at = held.findIndex((each) => atoms.length > 0 && each.includes(atoms[0]));
    if (at < 0) continue;
    dimensions[at].push(axis);
  }
  // In the order of memory, and each as a whole.
  for (const [at, axes] of dimensions.entries()) {
    axes.sort((a, b) => held[at].indexOf(layout.axes[a][0]) - held[at].indexOf(layout.axes[b][0]));
    const atoms = axes.flatMap((axis) => layout.axes[axis]);
    if (atoms.length !== held[at].length || atoms.some((atom, index) => atom !== held[at][index])) return undefined;
  }
  const free = dimensions.filter((axes) => axes.length === 0);
  const ones = layout.axes.flatMap((atoms, axis) => (atoms.length === 0 ? [axis] : []));
  if (ones.length > free.length) return undefined;
  ones.forEach((axis, index) => free[index].push(axis));
  return dimensions;
}
