import { isMany } from '../evaluate/unknownRounds';
import { unknown, type PythonMachine } from '../evaluate/machine';
import { derived } from '../evaluate/operators';
import { builtin, float, host, int, none, numberOf, sequenceOf } from '../evaluate/plainValues';
import { asUnknown } from '../evaluate/support';
import type { Call, PythonValue } from '../evaluate/values';
import { ArrayObject, reducing, shapeKeeping } from './arrayObject';
import { joiningWorks } from './joining';

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
  const kept = [...shapeKeeping, ...reducing].map(
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
    // A list that nothing was put into, as the files that it is filled from are not there.
    if (items.length === 0) return unknown('What the data holds is not known.', at);
    const many = items.find(isMany);
    shape.push(many === undefined ? int(items.length) : unknown(many.why, many.place ?? at));
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
  ['reshape', (call, machine) => onArray('reshape', call, machine)],
  ['transpose', (call, machine) => onArray('transpose', call, machine)],
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
  ['squeeze', (call, machine) => onArray('squeeze', call, machine)],
  ['unique', distinct],
  [
    'eye',
    ({ positional: [rows, columns] }, machine) => rows && host(new ArrayObject(machine, [rows, columns ?? rows])),
  ],
  ['random.uniform', drawn],
  ['random.normal', drawn],
  ['random.randint', drawn],
  ...joiningWorks,
]);

/** Different values of labels that are known to be numbered from 0. */
function distinct({ positional: [given], named, at }: Call, machine: PythonMachine): PythonValue | undefined {
  const { classes } = given?.kind === 'host' && given.object instanceof ArrayObject ? given.object : {};
  if (given === undefined || classes === undefined || named.size > 0) return given && asUnknown(given, at);
  return host(new ArrayObject(machine, [int(classes)]));
}

/** Random numbers in the shape that `size` says. */
function drawn({ positional, named, at }: Call, machine: PythonMachine): PythonValue {
  const size = named.get('size') ?? positional.at(2);
  const shape = shapeOf(size);
  return shape === undefined ? unknown('A random number is not known.', at) : host(new ArrayObject(machine, shape));
}

function onArray(method: string, call: Call, machine: PythonMachine): PythonValue | undefined {
  const [given, ...positional] = call.positional;
  const found = given?.kind === 'host' ? machine.attributeIfAny(given, method, call.at) : undefined;
  return found === undefined ? given && asUnknown(given, call.at) : machine.call(found, { ...call, positional });
}

function rounding(given: PythonValue | undefined, by: (number: number) => number): PythonValue | undefined {
  const number = numberOf(given);
  return number === undefined ? (given?.kind === 'unknown' ? given : undefined) : float(by(number));
}
