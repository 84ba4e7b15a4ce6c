import { host, none, stringOf } from '../../python/evaluate/plainValues';
import type { Call, UnknownValue, PythonValue } from '../../python/evaluate/values';
import type { KerasDimension, KerasFlavour, KerasShape, KerasValue } from '../kerasModel';
import { layerKindNamed } from '../layers/layers';
import type { GraphSession, OpenArgument, TensorFacts } from './graph';
import { LayerObject } from './layerObject';
import { meant, withBatch } from './makeLayer';
import { finished, recordOf } from './records';
import { dimensionOf, TensorObject } from './tensorObject';

/** `keras.Input(…)`: a layer that gives the model's input. */
export function makeInput(session: GraphSession, flavour: KerasFlavour, call: Call): PythonValue {
  const layer = inputLayer(session, flavour, call);
  return tensorOf(session, layer);
}

/** `InputLayer(…)`, which is called at once, too. */
export function inputLayer(session: GraphSession, flavour: KerasFlavour, call: Call): LayerObject {
  const { positional, named } = call;
  const given = positional.at(0) ?? named.get('shape') ?? named.get('input_shape');
  const batch = positional.at(1) ?? named.get('batch_size') ?? none;
  const whole = named.get('batch_shape') ?? named.get('batch_input_shape');
  const shape = whole ?? (given === undefined ? call.open : withBatch(batch, meant(given)));
  return makeInputLayer(session, flavour, {
    shape,
    dtype: dtypeOf(positional.at(2) ?? named.get('dtype')),
    name: stringOf(named.get('name')) ?? stringOf(positional.at(flavour === 'keras2' ? 2 : 4)),
    call,
  });
}

interface InputFacts {
  /** With the batch in front. */
  readonly shape: PythonValue | undefined;
  readonly dtype?: string;
  readonly name?: string;
  readonly call: Pick<Call, 'at'>;
}

export function makeInputLayer(
  session: GraphSession,
  flavour: KerasFlavour,
  { shape: given, dtype = 'float32', name, call }: InputFacts,
): LayerObject {
  const open: OpenArgument[] = [];
  const shape = shapeOf(given, open);
  const table = layerKindNamed('InputLayer');
  const layer = new LayerObject(session, {
    className: 'InputLayer',
    kind: 'layer',
    flavour,
    name: name ?? session.nameFor('InputLayer', flavour),
    ...(table && { table }),
    config: new Map<string, KerasValue | undefined>([
      ['batch_shape', shape],
      ['dtype', dtype],
    ]),
    open,
    at: call.at,
    calledFrom: session.machine.stack(),
  });
  const record = recordOf(layer, { positional: [], named: new Map(), inputs: [], at: call.at });
  finished(session, record, { shapes: [shape], dtype });
  return layer;
}

export function tensorOf(session: GraphSession, layer: LayerObject): PythonValue {
  return host(new TensorObject(session, inputFacts(layer)));
}

export function inputFacts(layer: LayerObject): TensorFacts {
  return layer.calls[0].outputs[0];
}

/** A shape that the program gives; what is not known in it is noted. */
export function shapeOf(given: PythonValue | undefined, open: OpenArgument[]): KerasShape {
  const note = (value: UnknownValue): void => void open.push({ parameter: 'shape', value });
  if (given === undefined) return undefined;
  if (given.kind === 'unknown') {
    note(given);
    return undefined;
  }
  if (given.kind !== 'tuple' && given.kind !== 'list') return undefined;
  const dimensions: KerasDimension[] = [];
  for (const each of given.items) {
    if (each.kind === 'unknown') {
      note(each);
      // Several dimensions that were not known one by one: not even how many there are is.
      if (each.isMany) return undefined;
    }
    dimensions.push(dimensionOf(each));
  }
  return dimensions;
}

function dtypeOf(value: PythonValue | undefined): string {
  if (value?.kind === 'string') return value.value;
  return value?.kind === 'foreign' ? value.path.slice(value.path.lastIndexOf('.') + 1) : 'float32';
}
