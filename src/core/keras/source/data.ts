import type { PythonMachine } from '../../python/evaluate/machine';
import { unknown } from '../../python/evaluate/machine';
import { ArrayObject } from '../../python/libraries/arrayObject';
import { host, int, numberOf, stringOf, tuple } from '../../python/evaluate/plainValues';
import type { Call, PythonValue } from '../../python/evaluate/values';

interface DataSet {
  /** Examples to train with and to test with. */
  readonly counts: readonly [number, number];
  /** What follows the first axis. */
  readonly x: readonly number[];
  readonly y?: readonly number[];
  /** Labels are numbered from 0. */
  readonly classes?: number;
}

/** Shapes of `keras.datasets`; texts are lists of different lengths. Source: the documentation of each data set. */
const datasets: ReadonlyMap<string, DataSet> = new Map([
  ['mnist', { counts: [60_000, 10_000], x: [28, 28], classes: 10 }],
  ['fashion_mnist', { counts: [60_000, 10_000], x: [28, 28], classes: 10 }],
  ['cifar10', { counts: [50_000, 10_000], x: [32, 32, 3], y: [1], classes: 10 }],
  ['cifar100', { counts: [50_000, 10_000], x: [32, 32, 3], y: [1], classes: 100 }],
  ['boston_housing', { counts: [404, 102], x: [13] }],
  ['california_housing', { counts: [16_512, 4_128], x: [8] }],
  ['california_housing small', { counts: [480, 120], x: [8] }],
  ['imdb', { counts: [25_000, 25_000], x: [], classes: 2 }],
  ['reuters', { counts: [8_982, 2_246], x: [], classes: 46 }],
]);

/** `keras.datasets.<name>.load_data()`. */
export function loadedData(machine: PythonMachine, name: string, call: Call): PythonValue {
  const known = datasets.get([name, stringOf(call.named.get('version')) ?? ''].join(' ').trim());
  if (known === undefined) return unknown(`The shapes of the data set ${name} are not known.`, call.at);
  const { counts, x, y = [], classes } = known;
  const array = (shape: readonly number[], labels?: number): PythonValue =>
    host(new ArrayObject(machine, shape.map(int), undefined, labels));
  return tuple(counts.map((count) => tuple([array([count, ...x]), array([count, ...y], classes)])));
}

function arrayOf(value: PythonValue | undefined): ArrayObject | undefined {
  return value?.kind === 'host' && value.object instanceof ArrayObject ? value.object : undefined;
}

/** `to_categorical(y, num_classes=…)`: one more axis. */
export function categorical(machine: PythonMachine, { positional, named, at }: Call): PythonValue {
  const given = arrayOf(positional.at(0) ?? named.get('x') ?? named.get('y'));
  const said = positional.at(1) ?? named.get('num_classes');
  const known = given?.classes === undefined ? undefined : int(given.classes);
  const open = unknown('How many classes there are comes from the data.', at);
  const classes = (said?.kind === 'none' ? undefined : said) ?? known ?? open;
  const count = given?.shape.at(0) ?? unknown('How many examples there are is not known.', at);
  const before = given === undefined || given.shape.length === 0 ? [count] : given.shape;
  const rest = before.length > 1 && numberOf(before.at(-1)) === 1 ? before.slice(0, -1) : before;
  return host(new ArrayObject(machine, [...rest, classes]));
}
