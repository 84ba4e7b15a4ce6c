import type { PythonMachine } from '../../python/evaluate/machine';
import { unknown } from '../../python/evaluate/machine';
import { builtin, host, int, list, none, numberOf, str, tuple } from '../../python/evaluate/plainValues';
import { asUnknown } from '../../python/evaluate/support';
import type { Call, HostObject, PythonPlace, PythonValue } from '../../python/evaluate/values';
import { ArrayObject } from '../../python/libraries/arrayObject';
import { Namespace } from '../../python/libraries/namespace';

interface Table {
  readonly rows: number;
  readonly columns: number;
  readonly classes?: number;
}

/** Data sets that come with scikit-learn. Source: its user guide, "Toy datasets" and "Real world datasets". */
const tables: ReadonlyMap<string, Table> = new Map([
  ['load_iris', { rows: 150, columns: 4, classes: 3 }],
  ['load_wine', { rows: 178, columns: 13, classes: 3 }],
  ['load_breast_cancer', { rows: 569, columns: 30, classes: 2 }],
  ['load_digits', { rows: 1797, columns: 64, classes: 10 }],
  ['load_diabetes', { rows: 442, columns: 10 }],
  ['fetch_california_housing', { rows: 20_640, columns: 8 }],
]);

/** Names under `sklearn.preprocessing` whose `transform` keeps the shape of what it is given. */
const scalers =
  'StandardScaler MinMaxScaler MaxAbsScaler RobustScaler Normalizer QuantileTransformer LabelEncoder'.split(' ');

/** What is followed of scikit-learn: the shapes of its data, and what keeps or splits them. */
export function scikitMembers(machine: PythonMachine): readonly (readonly [string, PythonValue])[] {
  return [
    ['sklearn.model_selection.train_test_split', builtin('train_test_split', (call) => splitData(machine, call))],
    ...[...tables].map(
      ([name, table]) => [`sklearn.datasets.${name}`, builtin(name, (call) => loaded(machine, table, call))] as const,
    ),
    ...['make_moons', 'make_circles'].map(
      (name) => [`sklearn.datasets.${name}`, builtin(name, (call) => points(machine, call))] as const,
    ),
    ...scalers.map((name) => [`sklearn.preprocessing.${name}`, builtin(name, () => host(new Scaler(name)))] as const),
  ];
}

function arrayOf(machine: PythonMachine, shape: readonly number[], classes?: number): PythonValue {
  return host(new ArrayObject(machine, shape.map(int), undefined, classes));
}

function loaded(machine: PythonMachine, { rows, columns, classes }: Table, { named }: Call): PythonValue {
  const [data, target] = [arrayOf(machine, [rows, columns]), arrayOf(machine, [rows], classes)];
  const asTuple = named.get('return_X_y');
  if (asTuple?.kind === 'bool' && asTuple.value) return tuple([data, target]);
  const names = Array.from({ length: columns }, (_, place) => str(`feature ${place}`));
  const labels = Array.from({ length: classes ?? 0 }, (_, place) => str(`class ${place}`));
  return host(
    new Namespace([
      ['data', data],
      ['target', target],
      ['feature_names', list(names)],
      ...(classes === undefined ? [] : [['target_names', list(labels)] as const]),
    ]),
  );
}

function points(machine: PythonMachine, { positional, named }: Call): PythonValue {
  const count = positional.at(0) ?? named.get('n_samples') ?? int(100);
  return tuple([
    host(new ArrayObject(machine, [count, int(2)])),
    host(new ArrayObject(machine, [count], undefined, 2)),
  ]);
}

/** What is fitted to data and changes its values alone. */
class Scaler implements HostObject {
  constructor(readonly typeName: string) {}

  attribute(name: string, at: PythonPlace): PythonValue | undefined {
    if (/^(?:partial_)?fit$/.test(name)) return builtin(name, () => host(this));
    if (/^(?:fit_transform|transform|inverse_transform)$/.test(name))
      return builtin(name, ({ positional: [given] }) => given ?? none);
    return unknown(`What ${this.typeName} has learnt comes from data.`, at);
  }
}

function splitData(machine: PythonMachine, { positional, at }: Call): PythonValue {
  return list(
    positional.flatMap((value): PythonValue[] => {
      if (value.kind !== 'host' || !(value.object instanceof ArrayObject)) {
        return [asUnknown(value, at), asUnknown(value, at)];
      }
      const { shape, classes } = value.object;
      const count = unknown('How many examples there are is not known.', at);
      const part = (): PythonValue => host(new ArrayObject(machine, [count, ...shape.slice(1)], undefined, classes));
      return [part(), part()];
    }),
  );
}

/** `pad_sequences(x, maxlen=…)`: rows of one length. */
export function paddedSequences(machine: PythonMachine, { positional, named, at }: Call): PythonValue {
  const given = positional.at(0) ?? named.get('sequences') ?? none;
  const length = positional.at(1) ?? named.get('maxlen');
  const count = machine.length(given, at);
  const known = length === undefined || length.kind === 'none' ? undefined : length;
  return host(
    new ArrayObject(machine, [
      numberOf(count) === undefined ? unknown('How many texts there are is not known.', at) : count,
      known ?? unknown('How long the longest text is comes from the data.', at),
    ]),
  );
}
