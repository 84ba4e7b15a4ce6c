import type { PythonMachine } from '../../python/evaluate/machine';
import { unknown } from '../../python/evaluate/machine';
import { ArrayObject } from '../../python/libraries/arrayObject';
import { builtin, host, int, list, numberOf, tuple } from '../../python/evaluate/plainValues';
import type { Call, PythonValue } from '../../python/evaluate/values';

/**
 * Shapes of `keras.datasets`: examples to train with and to test with, and what follows the first axis.
 * Source: the documentation of each data set.
 */
const datasets: ReadonlyMap<
  string,
  { readonly counts: readonly [number, number]; readonly x: readonly number[]; readonly y?: readonly number[] }
> = new Map([
  ['mnist', { counts: [60_000, 10_000], x: [28, 28] }],
  ['fashion_mnist', { counts: [60_000, 10_000], x: [28, 28] }],
  ['cifar10', { counts: [50_000, 10_000], x: [32, 32, 3], y: [1] }],
  ['cifar100', { counts: [50_000, 10_000], x: [32, 32, 3], y: [1] }],
  ['boston_housing', { counts: [404, 102], x: [13] }],
]);

/** `keras.datasets.<name>.load_data()`. */
export function loadedData(machine: PythonMachine, name: string, call: Call): PythonValue {
  const known = datasets.get(name);
  if (known === undefined) return unknown(`The shapes of the data set ${name} are not known.`, call.at);
  const { counts, x, y = [] } = known;
  const array = (shape: readonly number[]): PythonValue => host(new ArrayObject(machine, shape.map(int)));
  return tuple(counts.map((count) => tuple([array([count, ...x]), array([count, ...y])])));
}

function arrayOf(value: PythonValue | undefined): ArrayObject | undefined {
  return value?.kind === 'host' && value.object instanceof ArrayObject ? value.object : undefined;
}

/** Functions of other packages that are followed for the shapes that they keep. */
export function dataMembers(machine: PythonMachine): readonly (readonly [string, PythonValue])[] {
  return [
    ['sklearn.model_selection.train_test_split', builtin('train_test_split', (call) => splitData(machine, call))],
  ];
}

function splitData(machine: PythonMachine, { positional, at }: Call): PythonValue {
  const parts = positional.flatMap((value): PythonValue[] => {
    const array = arrayOf(value);
    const part = (): PythonValue =>
      array === undefined
        ? value.kind === 'unknown'
          ? value
          : unknown('A part of the data is not known.', at)
        : host(
            new ArrayObject(machine, [
              unknown('How many examples there are is not known.', at),
              ...array.shape.slice(1),
            ]),
          );
    return [part(), part()];
  });
  return list(parts);
}

/** `to_categorical(y, num_classes=…)`: one more axis. */
export function categorical(machine: PythonMachine, { positional, named, at }: Call): PythonValue {
  const classes =
    positional.at(1) ?? named.get('num_classes') ?? unknown('How many classes there are comes from the data.', at);
  const given = arrayOf(positional.at(0) ?? named.get('x') ?? named.get('y'));
  const count = given?.shape.at(0) ?? unknown('How many examples there are is not known.', at);
  const before = given === undefined || given.shape.length === 0 ? [count] : given.shape;
  const rest = before.length > 1 && numberOf(before.at(-1)) === 1 ? before.slice(0, -1) : before;
  return host(new ArrayObject(machine, [...rest, classes]));
}
