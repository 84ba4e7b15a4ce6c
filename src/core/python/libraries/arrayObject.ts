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
        return builtin(name, () => this.#of([this.attribute('size', at) ?? none]));
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
        return reducing.has(name) ? builtin(name, (call) => this.#reduced(call)) : undefined;
    }
  }

  #of(shape: readonly PythonValue[], data?: PythonValue): PythonValue {
    return host(new ArrayObject(this.machine, shape, data));
  }

  #reduced({ positional: [axis], named, at }: Call): PythonValue {
    const place = numberOf(axis ?? named.get('axis'));
    if (place === undefined) return unknown('A value that comes from data is not known.', at);
    const front = place < 0 ? place + this.shape.length : place;
    return this.#of(this.shape.filter((_, each) => each !== front));
  }

  #reshaped({ positional, at }: Call): PythonValue {
    const [first] = positional;
    const wanted = positional.length === 1 ? (sequenceOf(first) ?? [first]) : positional;
    const open = wanted.findIndex((each) => numberOf(each) === -1);
    if (open < 0) return this.#of(wanted, this.data);
    const all = this.attribute('size', at) ?? none;
    const rest = wanted
      .filter((_, each) => each !== open)
      .reduce((product: PythonValue, each) => this.machine.binary('*', product, each, at), int(1));
    return this.#of(wanted.map((each, place) => (place === open ? this.machine.binary('//', all, rest, at) : each)));
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
    if (/^[<>=!]/.test(operator)) return unknown('A value that comes from data is not known.', at);
    return this.#of(shape.length > this.shape.length ? shape : this.shape);
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
export const shapeKeeping = new Set('astype copy round clip abs sqrt exp log numpy to_numpy normalize'.split(' '));
export const reducing = new Set('mean sum max min std var argmax argmin prod any all'.split(' '));
