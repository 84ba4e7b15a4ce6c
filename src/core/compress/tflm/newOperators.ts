import type { Operator, OptionValue } from '../../model/model';
import type { GraphView, NewOperator } from './graphView';

/** Operators that rewrites put between others. Each adds the constants that it needs. */

/** Gives the values of a tensor the shape of another. */
export function reshapeTo(view: GraphView, from: number, to: number): NewOperator {
  const { name, shape } = view.tensor(to)!;
  return { kind: 'RESHAPE', inputs: [from, view.addIntegers(`${name}/shape`, shape)], outputs: [to] };
}

/** A tensor with the values of another in `shape`, and the operator that makes it. */
export function reshaped(view: GraphView, from: number, shape: readonly number[]): readonly [number, NewOperator] {
  const source = view.tensor(from)!;
  const to = view.addLike(source, `${source.name}/${shape.join('x')}`, shape);
  return [to, reshapeTo(view, from, to)];
}

/** A tensor with rows and columns of zeros around another, as many as `pads` says for each dimension. */
export function padded(
  view: GraphView,
  from: number,
  pads: readonly (readonly [before: number, after: number])[],
): readonly [number, NewOperator] {
  const source = view.tensor(from)!;
  const shape = source.shape.map((size, axis) => size + pads[axis][0] + pads[axis][1]);
  const to = view.addLike(source, `${source.name}/padded`, shape);
  const list = view.addIntegers(`${source.name}/paddings`, pads.flat(), [pads.length, 2]);
  const version = source.type === 'float32' ? 1 : 2;
  return [to, { kind: 'PAD', version, inputs: [from, list], outputs: [to] }];
}

/** Gives integers the scale and type of another tensor. */
export function quantizeTo(from: number, to: number): NewOperator {
  return { kind: 'QUANTIZE', version: 2, inputs: [from], outputs: [to] };
}

/** The numbers of a quantized tensor in float32, and the operator that makes them. */
export function floated(view: GraphView, from: number): readonly [number, NewOperator] {
  const source = view.tensor(from)!;
  const to = view.addLike(
    { ...source, type: 'float32', quantization: undefined },
    `${source.name}/float`,
    source.shape,
  );
  return [to, { kind: 'DEQUANTIZE', version: source.type === 'int16' ? 3 : 2, inputs: [from], outputs: [to] }];
}

/** An operator with other values for some of its options. */
export function withOptions(
  { options }: Operator,
  table: string,
  values: Readonly<Record<string, OptionValue>>,
): NonNullable<Operator['options']> {
  return { table: options?.table ?? table, values: { ...options?.values, ...values } };
}
