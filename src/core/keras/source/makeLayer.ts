import { holdsTooMuch } from '../../python/evaluate/sizes';
import { unknown } from '../../python/evaluate/machine';
import { derived } from '../../python/evaluate/operators';
import { stringOf } from '../../python/evaluate/plainValues';
import type { Call, UnknownValue, PythonValue } from '../../python/evaluate/values';
import type { KerasConfig, KerasFlavour, KerasValue } from '../kerasModel';
import { fillConfig } from '../layers/fillConfig';
import type { LayerKind } from '../layers/layerKind';
import { kerasValueOf } from './kerasValues';
import { LayerObject } from './layerObject';
import type { GraphSession, OpenArgument } from './graph';

/** Arguments that every layer takes. */
const common = new Set(
  'name dtype trainable input_shape batch_input_shape batch_shape batch_size input_dim input_length weights autocast'.split(
    ' ',
  ),
);

/** Parameters that Keras refuses where they are not above 0. */
const counts = new Set(['units', 'filters', 'input_dim', 'output_dim']);

/** Parameters that change neither shapes nor costs. */
const harmless =
  /initializer|regularizer|constraint|^(?:rate|seed|name|dtype|trainable|dropout|recurrent_dropout|momentum|epsilon|stddev|noise_shape|autocast|weights|factor|height_factor|width_factor|fill_mode|mean|variance|function|mask|arguments|optimizer)$/;

/** A layer of a class of Keras, with its arguments. */
export function makeLayer(session: GraphSession, table: LayerKind, flavour: KerasFlavour, call: Call): LayerObject {
  const open: OpenArgument[] = [];
  const given = new Map<string, KerasValue | undefined>();
  const wraps: LayerObject[] = [];
  for (const [name, value] of argumentsOf(table, call)) {
    if (table.className !== 'InputLayer' && common.has(name) && !isParameter(table, name)) continue;
    wraps.push(...layersIn(value, name));
    given.set(name, valueOf(isRequired(table, name) ? meant(value) : value, name, open));
  }
  if (call.open !== undefined) {
    const missing = derived(call.open, call.at);
    for (const { name } of table.parameters) {
      if (given.has(name) || harmless.test(name)) continue;
      given.set(name, undefined);
      open.push({ parameter: name, value: missing });
    }
  }
  for (const parameter of call.open === undefined ? table.parameters : []) {
    if ('default' in parameter && parameter.default !== undefined) continue;
    if (given.has(parameter.name) || harmless.test(parameter.name) || table.className === 'InputLayer') continue;
    open.push({
      parameter: parameter.name,
      value: unknown(`${table.className} is made without ${parameter.name}.`, call.at),
    });
  }
  const layer = new LayerObject(session, {
    className: table.className,
    kind: 'layer',
    flavour,
    name: stringOf(call.named.get('name')) ?? session.nameFor(table.className, flavour),
    table,
    config: configOf(table, given, flavour),
    open,
    at: call.at,
    calledFrom: session.machine.stack(),
  });
  layer.wraps = wrappedIn(session, table.className, wraps);
  const shape = inputShapeOf(call.named);
  if (shape !== undefined) layer.inputShape = shape;
  if (table.className === 'Lambda') layer.lambda = call.positional.at(0) ?? call.named.get('function');
  const trainable = call.named.get('trainable');
  if (trainable?.kind === 'bool') layer.isTrainable = trainable.value;
  return layer;
}

function configOf(table: LayerKind, given: KerasConfig, flavour: KerasFlavour): KerasConfig {
  return fillConfig(table, given, flavour);
}

/** Whether `None` says nothing that a layer can be made of. */
function isRequired({ parameters }: LayerKind, name: string): boolean {
  return parameters.some((parameter) => parameter.name === name && parameter.default === undefined);
}

/** What `None` stands for that a function has as a default. */
export function meant(value: PythonValue): PythonValue {
  return (value.kind === 'none' ? value.open : undefined) ?? value;
}

function isParameter(table: LayerKind, name: string): boolean {
  return table.parameters.some((parameter) => parameter.name === name);
}

/** Arguments by the names of Keras's parameters. */
function* argumentsOf(table: LayerKind, call: Call): Generator<readonly [string, PythonValue]> {
  for (const [place, value] of call.positional.entries()) {
    const name = table.parameters.at(place)?.name;
    if (name !== undefined) yield [name, value];
  }
  yield* call.named;
}

function valueOf(value: PythonValue, parameter: string, open: OpenArgument[]): KerasValue | undefined {
  const missing: UnknownValue[] = [];
  const made = kerasValueOf(value, missing);
  if (typeof made === 'number' && made <= 0 && counts.has(parameter)) {
    // Of data that was not there, for instance.
    open.push({ parameter, value: unknown(`Keras takes no ${parameter} of ${made}.`) });
    return undefined;
  }
  if (!harmless.test(parameter)) for (const each of missing) open.push({ parameter, value: each });
  return made;
}

/** Layers among the arguments of a wrapper. */
function layersIn(value: PythonValue, parameter: string): readonly LayerObject[] {
  if (!/^(?:layer|cell|cells|backward_layer)$/.test(parameter) || holdsTooMuch(value)) return [];
  const within = (each: PythonValue): readonly LayerObject[] => {
    if (each.kind === 'host' && each.object instanceof LayerObject) return [each.object];
    return each.kind === 'list' || each.kind === 'tuple' ? each.items.flatMap(within) : [];
  };
  return within(value);
}

/** The backward half of `Bidirectional` is a copy of what it is given; both halves have names of their own. */
function wrappedIn(session: GraphSession, className: string, given: readonly LayerObject[]): readonly LayerObject[] {
  if (className === 'RNN')
    return given.flatMap((each) => (each.facts.className === 'StackedRNNCells' ? each.wraps : [each]));
  if (className !== 'Bidirectional' || given.length === 0) return given;
  const [forward, backward = forward] = given;
  const named = (layer: LayerObject, side: string): LayerObject => {
    const turned = new Map(layer.facts.config);
    if (side === 'backward' && backward === forward) turned.set('go_backwards', !(turned.get('go_backwards') === true));
    const copy = new LayerObject(session, { ...layer.facts, config: turned, name: `${side}_${layer.facts.name}` });
    return copy;
  };
  return [named(forward, 'forward'), named(backward, 'backward')];
}

/** The shape of the input that a first layer may say, as a value with the batch in front. */
function inputShapeOf(named: ReadonlyMap<string, PythonValue>): PythonValue | undefined {
  const whole = named.get('batch_input_shape') ?? named.get('batch_shape');
  if (whole !== undefined) return whole;
  const [shape, dim, length] = ['input_shape', 'input_dim', 'input_length'].map((name) => named.get(name));
  const batch: PythonValue = named.get('batch_size') ?? { kind: 'none' };
  if (shape !== undefined && (shape.kind !== 'none' || shape.open !== undefined)) return withBatch(batch, meant(shape));
  if (dim !== undefined) return { kind: 'tuple', items: length === undefined ? [batch, dim] : [batch, length, dim] };
  return undefined;
}

/** `(batch, …shape)`; a single number is a shape of one axis. */
export function withBatch(batch: PythonValue, shape: PythonValue): PythonValue {
  if (shape.kind === 'tuple' || shape.kind === 'list') return { kind: 'tuple', items: [batch, ...shape.items] };
  return shape.kind === 'number' ? { kind: 'tuple', items: [batch, shape] } : shape;
}
