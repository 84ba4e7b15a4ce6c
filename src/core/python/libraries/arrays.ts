import type { PythonMachine } from '../evaluate/machine';
import { asUnknown } from '../evaluate/support';
import { slicePlaces } from '../evaluate/indexing';
import { unknown } from '../evaluate/machine';
import { derived } from '../evaluate/operators';
import {
  builtin,
  float,
  host,
  int,
  none,
  numberOf,
  sequenceOf,
  tuple,
  type Call,
  type HostObject,
  type PythonPlace,
  type PythonValue,
} from '../evaluate/values';

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
        if (same.has(name)) return builtin(name, () => host(this));
        return reduced.has(name) ? builtin(name, (call) => this.#reduced(call)) : undefined;
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
const same = new Set('astype copy round clip abs sqrt exp log numpy to_numpy normalize'.split(' '));
const reduced = new Set('mean sum max min std var argmax argmin prod any all'.split(' '));

type Work = (call: Call, machine: PythonMachine) => PythonValue | undefined;

/** What NumPy has, by dotted path. */
export function arrayMembers(machine: PythonMachine): readonly (readonly [string, PythonValue])[] {
  const entries = [...works].map(
    ([name, work]) =>
      [
        `numpy.${name}`,
        builtin(name, (call) => work(call, machine) ?? unknown(`What numpy.${name} gives is not followed.`, call.at)),
      ] as const,
  );
  const kept = [...same, ...reduced].map(
    (name) => [`numpy.${name}`, builtin(name, (call) => ofMethod(machine, name, call))] as const,
  );
  return [...kept, ...entries, ['numpy.newaxis', none], ['numpy.pi', float(Math.PI)], ['numpy.inf', float(Infinity)]];
}

/** `np.mean(x, …)` is `x.mean(…)`; of numbers it is that of Python, where that has it. */
function ofMethod(machine: PythonMachine, name: string, call: Call): PythonValue {
  const [given, ...positional] = call.positional;
  if (given === undefined) return unknown(`What numpy.${name} gives is not followed.`, call.at);
  if (given.kind === 'host') {
    const method = machine.attributeIfAny(given, name, call.at);
    return method === undefined ? asUnknown(given, call.at) : machine.call(method, { ...call, positional });
  }
  const items = sequenceOf(given);
  const number = numberOf(given);
  if (number !== undefined) return plainNumber(name, number) ?? given;
  if (items === undefined) return asUnknown(given, call.at);
  const alike = builtinOf.get(name);
  const counterpart = alike === undefined ? undefined : machine.builtins.get(alike);
  if (name === 'prod') return items.reduce((all: PythonValue, item) => machine.binary('*', all, item, call.at), int(1));
  if (counterpart !== undefined)
    return machine.call(counterpart, { positional: [given], named: new Map(), at: call.at });
  return unknown(`What numpy.${name} gives is not followed.`, call.at);
}

const builtinOf: ReadonlyMap<string, string> = new Map([
  ['max', 'max'],
  ['min', 'min'],
  ['sum', 'sum'],
  ['any', 'any'],
  ['all', 'all'],
]);

function plainNumber(name: string, number: number): PythonValue | undefined {
  switch (name) {
    case 'sqrt':
      return float(Math.sqrt(number));
    case 'exp':
      return float(Math.exp(number));
    case 'log':
      return float(Math.log(number));
    case 'abs':
      return float(Math.abs(number));
    case 'round':
      return float(Math.round(number));
    default:
      return undefined;
  }
}

function shapeOf(value: PythonValue | undefined): readonly PythonValue[] | undefined {
  if (value === undefined) return undefined;
  if (value.kind === 'number') return [value];
  return sequenceOf(value);
}

const filled: Work = ({ positional: [shape], named, at }, machine) => {
  const given = shape ?? named.get('shape');
  const known = shapeOf(given);
  return known === undefined ? given && asUnknown(given, at) : host(new ArrayObject(machine, known));
};

const ofShape: Work = ({ positional, at }, machine) =>
  positional.length === 0 ? unknown('A random number is not known.', at) : host(new ArrayObject(machine, positional));

const array: Work = ({ positional: [given], at }, machine) => {
  if (given === undefined) return undefined;
  if (given.kind === 'host') return given;
  const shape: PythonValue[] = [];
  for (let each: PythonValue | undefined = given; each !== undefined;) {
    const items: readonly PythonValue[] | undefined = sequenceOf(each);
    if (items === undefined) {
      if (each.kind === 'host' && each.object instanceof ArrayObject) shape.push(...each.object.shape);
      else if (each.kind === 'unknown') return derived(each, at);
      break;
    }
    shape.push(int(items.length));
    each = items.at(0);
  }
  return shape.length === 0 ? given : host(new ArrayObject(machine, shape, given));
};

const likeIt: Work = ({ positional: [given], at }) => given && (given.kind === 'host' ? given : asUnknown(given, at));

const works: ReadonlyMap<string, Work> = new Map<string, Work>([
  ['array', array],
  ['asarray', array],
  ['float32', ({ positional: [given] }) => given],
  ['int32', ({ positional: [given] }) => given],
  ['zeros', filled],
  ['ones', filled],
  ['empty', filled],
  ['full', filled],
  ['zeros_like', likeIt],
  ['ones_like', likeIt],
  ['random.rand', ofShape],
  ['random.randn', ofShape],
  ['random.random', filled],
  [
    'expand_dims',
    ({ positional: [given, axis], named, at }, machine) => {
      const place = numberOf(axis ?? named.get('axis'));
      if (given?.kind !== 'host' || !(given.object instanceof ArrayObject) || place === undefined) {
        return given && asUnknown(given, at);
      }
      const shape = [...given.object.shape];
      shape.splice(place < 0 ? place + shape.length + 1 : place, 0, int(1));
      return host(new ArrayObject(machine, shape));
    },
  ],
  [
    'reshape',
    (call, machine) => {
      const [given, ...positional] = call.positional;
      const method = given && machine.attributeIfAny(given, 'reshape', call.at);
      return method && machine.call(method, { ...call, positional });
    },
  ],
  ['shape', ({ positional: [given], at }, machine) => given && machine.attribute(given, 'shape', at)],
  [
    'linspace',
    ({ positional: [, , count], named }, machine) =>
      host(new ArrayObject(machine, [count ?? named.get('num') ?? int(50)])),
  ],
  [
    'arange',
    ({ positional }, machine) => {
      const [start, stop, step] = positional.map(numberOf);
      const [from, to] = stop === undefined ? [0, start] : [start, stop];
      if (from === undefined || to === undefined || step === 0) return undefined;
      return host(new ArrayObject(machine, [int(Math.max(0, Math.ceil((to - from) / (step ?? 1))))]));
    },
  ],
  ['amin', (call, machine) => ofMethod(machine, 'min', call)],
  ['amax', (call, machine) => ofMethod(machine, 'max', call)],
  ['ceil', ({ positional: [given] }) => rounding(given, Math.ceil)],
  ['floor', ({ positional: [given] }) => rounding(given, Math.floor)],
  ['log2', ({ positional: [given] }) => rounding(given, Math.log2)],
  ['power', ({ positional: [left, right], at }, machine) => machine.binary('**', left, right, at)],
  [
    'squeeze',
    ({ positional: [given], at }, machine) =>
      given?.kind === 'host' && given.object instanceof ArrayObject
        ? host(
            new ArrayObject(
              machine,
              given.object.shape.filter((each) => numberOf(each) !== 1),
            ),
          )
        : given && asUnknown(given, at),
  ],
  ['concatenate', joined],
  ['vstack', joined],
]);

function rounding(given: PythonValue | undefined, by: (number: number) => number): PythonValue | undefined {
  const number = numberOf(given);
  return number === undefined ? (given?.kind === 'unknown' ? given : undefined) : float(by(number));
}

/** Along the first axis the length is not followed; the others stay. */
function joined({ positional: [given], named, at }: Call, machine: PythonMachine): PythonValue | undefined {
  const items = given === undefined ? undefined : machine.iterate(given, at);
  const first = items?.find((item) => item.kind === 'host' && item.object instanceof ArrayObject);
  const axis = numberOf(named.get('axis')) ?? 0;
  if (first?.kind !== 'host' || !(first.object instanceof ArrayObject) || axis !== 0)
    return given && asUnknown(given, at);
  return host(
    new ArrayObject(machine, [unknown('How many there are is not followed.', at), ...first.object.shape.slice(1)]),
  );
}
