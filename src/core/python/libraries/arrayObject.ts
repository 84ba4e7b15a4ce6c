import { slicePlaces } from '../evaluate/indexing';
import { unknown, type PythonMachine } from '../evaluate/machine';
import { derived } from '../evaluate/operators';
import { builtin, host, int, none, numberOf, sequenceOf, tuple } from '../evaluate/plainValues';
import type { Call, HostObject, PythonPlace, PythonValue } from '../evaluate/values';

/** An array of NumPy, of which the shape matters, and its values where they stand in the source. */
export class ArrayObject implements HostObject {
  readonly typeName = 'ndarray';

  constructor(
    readonly machine: PythonMachine,
    readonly shape: readonly PythonValue[],
    /** Nested lists, as they were given. */
    readonly data?: PythonValue,
    /** Of labels: how many classes there are, numbered from 0. */
    readonly classes?: number,
  ) {}

  isInstance(name: string): boolean {
    return name === 'ndarray' || name === 'Tensor' || name === 'EagerTensor';
  }

  attribute(name: string, at: PythonPlace): PythonValue | undefined {
    switch (name) {
      case 'shape':
        return tuple(this.shape);
      case 'ndim':
        return int(this.shape.length);
      case 'size':
        return this.shape.reduce((all, each) => this.machine.binary('*', all, each, at), int(1));
      case 'T':
        return this.#of([...this.shape].reverse());
      case 'reshape':
        return builtin(name, (call) => this.#reshaped(call));
      case 'tolist':
        return builtin(name, () => this.data ?? unknown('The values are not known.', at));
      case 'flatten':
      case 'ravel':
        return builtin(name, () => this.#labels([this.attribute('size', at) ?? none]));
      case 'squeeze':
        return builtin(name, (call) => this.#squeezed(call));
      case 'transpose':
        return builtin(name, ({ positional }) => {
          const order = positional.length === 1 ? sequenceOf(positional[0]) : positional;
          if (order === undefined || order.length === 0) return this.#of([...this.shape].reverse());
          return this.#of(order.map((each) => this.shape.at(numberOf(each) ?? 0) ?? none));
        });
      case 'dtype':
        return unknown('The type is not followed.', at);
      default:
        if (shapeKeeping.has(name)) return builtin(name, () => host(this));
        return reducing.has(name) ? builtin(name, (call) => this.#reduced(name, call)) : undefined;
    }
  }

  #of(shape: readonly PythonValue[], data?: PythonValue): PythonValue {
    return host(new ArrayObject(this.machine, shape, data));
  }

  /** The same labels in another shape. */
  #labels(shape: readonly PythonValue[]): PythonValue {
    return host(new ArrayObject(this.machine, shape, undefined, this.classes));
  }

  #squeezed({ positional: [given], named, at }: Call): PythonValue {
    const axis = given ?? named.get('axis');
    if (axis === undefined || axis.kind === 'none') {
      // A length that is not known may be one.
      if (this.shape.slice(1).some(({ kind }) => kind === 'unknown'))
        return unknown('Which axes are left is not known.', at);
      return this.#labels(this.shape.filter((each) => numberOf(each) !== 1));
    }
    const gone = this.#axes(axis);
    if (gone === undefined) return unknown('Which axis is dropped is not known.', at);
    return this.#labels(this.shape.filter((_, place) => !gone.includes(place)));
  }

  /** Axes from the front. */
  #axes(given: PythonValue): readonly number[] | undefined {
    const numbers = (sequenceOf(given) ?? [given]).map(numberOf);
    const known = numbers.filter((each) => each !== undefined);
    return known.length === numbers.length
      ? known.map((each) => (each < 0 ? each + this.shape.length : each))
      : undefined;
  }

  #reduced(method: string, { positional: [first], named, at }: Call): PythonValue {
    const given = first ?? named.get('axis');
    if (given === undefined || given.kind === 'none') {
      if (method === 'max' && this.classes !== undefined) return int(this.classes - 1);
      return unknown('A value that comes from data is not known.', at);
    }
    const gone = this.#axes(given);
    if (gone === undefined) return unknown('Which axis is reduced is not known.', at);
    const keeps = named.get('keepdims');
    if (keeps?.kind === 'bool' && keeps.value)
      return this.#of(this.shape.map((each, place) => (gone.includes(place) ? int(1) : each)));
    const shape = this.shape.filter((_, place) => !gone.includes(place));
    return shape.length === 0 ? unknown('A value that comes from data is not known.', at) : this.#of(shape);
  }

  #reshaped({ positional, named, at }: Call): PythonValue {
    const first = positional.at(0) ?? named.get('newshape') ?? named.get('shape') ?? none;
    const wanted = positional.length > 1 ? positional : (sequenceOf(first) ?? [first]);
    const open = wanted.findIndex((each) => numberOf(each) === -1);
    if (open < 0) return host(new ArrayObject(this.machine, wanted, this.data, this.classes));
    const all = this.attribute('size', at) ?? none;
    const rest = wanted
      .filter((_, each) => each !== open)
      .reduce((product: PythonValue, each) => this.machine.binary('*', product, each, at), int(1));
    return this.#labels(
      wanted.map((each, place) => (place === open ? this.machine.binary('//', all, rest, at) : each)),
    );
  }

  length(): PythonValue {
    return this.shape.at(0) ?? int(0);
  }

  items(at: PythonPlace): readonly PythonValue[] | undefined {
    if (this.data !== undefined) return this.machine.iterate(this.data, at);
    const count = numberOf(this.shape.at(0));
    return count === undefined || count > 1000
      ? undefined
      : Array.from({ length: count }, () => this.#of(this.shape.slice(1)));
  }

  item(index: PythonValue, at: PythonPlace): PythonValue {
    if (index.kind === 'number' && this.data !== undefined) return this.machine.item(this.data, index, at);
    const keys = index.kind === 'tuple' ? index.items : [index];
    const named = keys.filter(({ kind }) => kind !== 'none' && kind !== 'ellipsis').length;
    const shape: PythonValue[] = [];
    let axis = 0;
    for (const key of keys) {
      if (key.kind === 'none') shape.push(int(1));
      else if (key.kind === 'ellipsis') {
        const end = axis + this.shape.length - named;
        while (axis < end) shape.push(this.shape[axis++]);
      } else if (axis >= this.shape.length) return unknown('There are more indices than axes.', at);
      else if (key.kind === 'slice') shape.push(sliced(this.shape[axis++], key, at));
      else if (key.kind === 'number') axis += 1;
      else {
        // Picked by data: how many is not known.
        axis += 1;
        shape.push(unknown('How many are picked is not known.', at));
      }
    }
    shape.push(...this.shape.slice(axis));
    return shape.length === 0 ? unknown('A value that comes from data is not known.', at) : this.#of(shape);
  }

  binary(
    operator: string,
    other: PythonValue,
    { at }: { readonly isReflected: boolean; readonly at: PythonPlace },
  ): PythonValue {
    const shape = other.kind === 'host' && other.object instanceof ArrayObject ? other.object.shape : [];
    if (/^[<>=!@]/.test(operator)) return unknown('A value that comes from data is not known.', at);
    const rank = Math.max(shape.length, this.shape.length);
    const axis = (of: readonly PythonValue[], place: number): PythonValue => of.at(place - rank + of.length) ?? int(1);
    const lengthAt = (place: number): PythonValue => {
      const own = place < rank - this.shape.length ? int(1) : axis(this.shape, place);
      const others = place < rank - shape.length ? int(1) : axis(shape, place);
      return numberOf(own) === 1 ? others : own;
    };
    return this.#of(Array.from({ length: rank }, (_, place) => lengthAt(place)));
  }

  unary(): PythonValue {
    return host(this);
  }
}

function sliced(length: PythonValue, slice: Extract<PythonValue, { kind: 'slice' }>, at: PythonPlace): PythonValue {
  if ([slice.start, slice.stop, slice.step].every(({ kind }) => kind === 'none')) return length;
  const known = numberOf(length);
  if (known === undefined)
    return length.kind === 'unknown' ? derived(length, at) : unknown('Its length is not known.', at);
  const places = known > 10_000_000 ? undefined : slicePlaces(slice, known);
  return places === undefined ? unknown('The limits of this slice are not known.', at) : int(places.length);
}

/** Methods and functions that keep an array's shape. */
export const shapeKeeping = new Set(
  'astype copy round clip abs sqrt square exp log log10 log1p sin cos tan tanh nan_to_num numpy to_numpy normalize flip fliplr flipud'.split(
    ' ',
  ),
);
export const reducing = new Set('mean sum max min std var argmax argmin prod any all'.split(' '));
