import { unknown, type PythonMachine } from '../evaluate/machine';
import { host, int, list, numberOf } from '../evaluate/plainValues';
import { asUnknown } from '../evaluate/support';
import type { Call, PythonValue } from '../evaluate/values';
import { ArrayObject } from './arrayObject';
import type { LibraryWork } from './libraryWork';

/** Functions of NumPy that make one array of several, or several of one. */
export const joiningWorks: ReadonlyMap<string, LibraryWork> = new Map<string, LibraryWork>([
  ['concatenate', (call, machine) => joined(call, machine, numberOf(axisOf(call) ?? int(0)))],
  ['vstack', (call, machine) => joined(call, machine, 0)],
  ['row_stack', (call, machine) => joined(call, machine, 0)],
  ['hstack', (call, machine) => joined(call, machine, 1)],
  ['stack', stacked],
  ['split', split],
  ['array_split', split],
]);

function axisOf({ positional, named }: Call): PythonValue | undefined {
  return positional.at(1) ?? named.get('axis');
}

function arraysOf(given: PythonValue | undefined, { at }: Call, machine: PythonMachine): readonly ArrayObject[] {
  const items = given === undefined ? undefined : machine.iterate(given, at);
  const arrays = items?.flatMap((item) =>
    item.kind === 'host' && item.object instanceof ArrayObject ? [item.object] : [],
  );
  return arrays !== undefined && arrays.length === items?.length ? arrays : [];
}

/** Along one axis lengths add up; the others stay. Rows of one axis are put below each other by `vstack`. */
function joined(call: Call, machine: PythonMachine, axis: number | undefined): PythonValue | undefined {
  const [given] = call.positional;
  const arrays = arraysOf(given, call, machine);
  const rank = arrays.at(0)?.shape.length ?? 0;
  if (axis === undefined || rank < 2 || arrays.some(({ shape }) => shape.length !== rank))
    return given && asUnknown(given, call.at);
  const along = axis < 0 ? axis + rank : axis;
  const lengths = arrays.map(({ shape }) => shape[along]);
  const total = lengths.reduce((all, each) => machine.binary('+', all, each, call.at));
  return host(
    new ArrayObject(
      machine,
      arrays[0].shape.map((each, place) => (place === along ? total : each)),
    ),
  );
}

function stacked(call: Call, machine: PythonMachine): PythonValue | undefined {
  const [given] = call.positional;
  const arrays = arraysOf(given, call, machine);
  const axis = numberOf(axisOf(call) ?? int(0));
  if (arrays.length === 0 || axis === undefined) return given && asUnknown(given, call.at);
  const shape = [...arrays[0].shape];
  shape.splice(axis < 0 ? axis + shape.length + 1 : axis, 0, int(arrays.length));
  return host(new ArrayObject(machine, shape));
}

/** Parts along the first axis: so many equal ones, or between given places. */
function split(call: Call, machine: PythonMachine): PythonValue | undefined {
  const { positional, at } = call;
  const [given, parts, axis] = positional;
  const items = parts === undefined ? undefined : machine.iterate(parts, at);
  const count = items === undefined ? numberOf(parts) : items.length + 1;
  if (given === undefined || count === undefined || count > 1000 || (axis !== undefined && numberOf(axis) !== 0))
    return given && asUnknown(given, at);
  if (given.kind !== 'host' || !(given.object instanceof ArrayObject))
    return list(Array<PythonValue>(count).fill(asUnknown(given, at)));
  const rest = given.object.shape.slice(1);
  const part = (): PythonValue =>
    host(new ArrayObject(machine, [unknown('How many examples there are is not known.', at), ...rest]));
  return list(Array.from({ length: count }, part));
}
