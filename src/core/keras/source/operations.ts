import { int, list, numberOf, sequenceOf } from '../../python/evaluate/plainValues';
import type { Call, PythonValue } from '../../python/evaluate/values';
import { cutsBetween } from './functions';
import type { KerasConfig, KerasValue } from '../kerasModel';
import { fillConfig } from '../layers/fillConfig';
import type { LayerKind } from '../layers/layerKind';
import { operationKindNamed } from '../layers/layers';
import type { GraphSession, OpenArgument, OperationCall } from './graph';
import { kerasValueOf } from './kerasValues';
import { LayerObject } from './layerObject';
import { finished, kerasArgument, recordOf } from './records';
import { tensorsIn } from './tensorObject';

/** Names that Keras 2 gives to what operators make; those of functions are their paths. */
const keras2Names: ReadonlyMap<string, string> = new Map([
  ['Add', 'tf.__operators__.add'],
  ['Subtract', 'tf.math.subtract'],
  ['Multiply', 'tf.math.multiply'],
  ['TrueDivide', 'tf.math.truediv'],
  ['FloorDivide', 'tf.math.floordiv'],
  ['Negative', 'tf.math.negative'],
  ['Matmul', 'tf.linalg.matmul'],
  ['Power', 'tf.math.pow'],
  ['GetItem', 'tf.__operators__.getitem'],
]);

/** An operation on tensors, as a node of the graph. */
export function runOperation(
  session: GraphSession,
  { className, inputs, parameters, path, at }: OperationCall,
): PythonValue {
  const table = operationKindNamed(className);
  const open: OpenArgument[] = [];
  const given = new Map<string, KerasValue | undefined>();
  for (const [name, value] of parameters ?? []) given.set(name, argumentValue(value, name, open));
  const tensors = inputs.flatMap((value) => tensorsIn(value)).map(({ facts }) => facts);
  const flavour = tensors.find(({ from }) => from !== undefined)?.from?.call.layer.facts.flavour ?? session.flavour;
  const naming = flavour === 'keras2' ? (path ?? keras2Names.get(className) ?? className) : className;
  const layer = new LayerObject(session, {
    className,
    kind: 'op',
    flavour,
    name: session.nameFor(naming, flavour),
    ...(table && { table }),
    config: filledConfig(table, given, flavour),
    open,
    at,
    calledFrom: session.machine.stack(),
  });
  const record = recordOf(layer, { positional: inputs, named: new Map(), inputs: tensors, at });
  const shapes = table?.outputs({
    config: layer.facts.config,
    inputs: tensors.map(({ shape }) => shape),
    flavour,
    positional: record.positional.map(kerasArgument),
  }) ?? [undefined];
  const dtype = className === 'Cast' ? given.get('dtype') : undefined;
  return finished(session, record, {
    shapes,
    isList: className === 'Split',
    ...(typeof dtype === 'string' && { dtype }),
  });
}

function filledConfig(table: LayerKind | undefined, given: KerasConfig, flavour: 'keras2' | 'keras3'): KerasConfig {
  return table === undefined ? given : fillConfig(table, given, flavour);
}

function argumentValue(value: PythonValue, parameter: string, open: OpenArgument[]): KerasValue | undefined {
  const missing: OpenArgument['value'][] = [];
  const made = kerasValueOf(value, missing);
  for (const each of missing) open.push({ parameter, value: each });
  return made;
}

function asCuts(value: PythonValue): PythonValue {
  const parts = sequenceOf(value)?.map((each) => numberOf(each));
  const known = parts?.filter((each) => each !== undefined);
  if (parts === undefined || known?.length !== parts.length) return value;
  const cuts = cutsBetween(known);
  return cuts === undefined ? value : list(cuts.map(int));
}

interface CalledFunction {
  readonly call: Call;
  readonly path: string;
  readonly names?: ReadonlyMap<string, string>;
  /** A parameter in which a list says lengths of parts, in place of the cuts between them. */
  readonly lengths?: string;
}

/** A function of `keras.ops`: tensors first, then parameters. */
export function callOperation(
  session: GraphSession,
  table: LayerKind,
  { call, path, names, lengths }: CalledFunction,
): PythonValue {
  const positional = [...call.positional];
  const named = new Map([...call.named].map(([name, value]) => [names?.get(name) ?? name, value]));
  named.delete('name');
  const inputs: PythonValue[] = [];
  for (const input of table.inputs ?? ['x']) {
    const name = input.replace(/\[\]$/, '');
    const value = positional.shift() ?? named.get(name) ?? otherInput(named);
    for (const each of [name, ...inputNames]) named.delete(each);
    if (value !== undefined) inputs.push(value);
  }
  const parameters = new Map<string, PythonValue>();
  for (const { name } of table.parameters) {
    const value = positional.shift() ?? named.get(name);
    if (value !== undefined) parameters.set(name, name === lengths ? asCuts(value) : value);
  }
  const { className } = table;
  return runOperation(session, { className, inputs, parameters, path, at: call.at });
}

/** What TensorFlow's functions call the tensor that they are given. */
const inputNames = 'x a input tensor inputs value values input_tensor features logits xs images'.split(' ');

function otherInput(named: ReadonlyMap<string, PythonValue>): PythonValue | undefined {
  const name = inputNames.find((each) => named.has(each));
  return name === undefined ? undefined : named.get(name);
}

/** A function on tensors of which no rule says what it gives. */
export function unknownOperation(session: GraphSession, path: string, call: Call): PythonValue {
  const className = path
    .slice(path.lastIndexOf('.') + 1)
    .replace(/(?:^|_)(\w)/g, (_, letter: string) => letter.toUpperCase());
  return runOperation(session, { className, inputs: [...call.positional, ...call.named.values()], path, at: call.at });
}
