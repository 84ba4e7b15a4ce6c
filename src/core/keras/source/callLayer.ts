import { holdsTooMuch } from '../../python/evaluate/sizes';
import { ArrayObject } from '../../python/libraries/arrayObject';
import { findInClass } from '../../python/evaluate/classes';
import { unknown } from '../../python/evaluate/machine';
import { host, list, none, tuple } from '../../python/evaluate/plainValues';
import type { Call, InstanceValue, PythonPlace, UnknownValue, PythonValue } from '../../python/evaluate/values';
import type { KerasShape } from '../kerasModel';
import { asLayer, LayerObject } from './layerObject';
import { KerasModelObject } from './modelObject';
import { pythonValueOf } from './pythonValues';
import type { CallArgument, CallRecord, GraphSession, TensorFacts, Trace, VariableFacts } from './graph';
import { finished, kerasArgument, recordOf, shapeOfArray } from './records';
import { TensorObject, shapeValue, tensorsIn } from './tensorObject';

/** Calls a layer with tensors: what it gives are tensors of the shapes that it makes. */
export function callLayer(session: GraphSession, layer: LayerObject, call: Call): PythonValue {
  // What a layer takes to be made, called and looked at, in steps of the evaluator.
  session.machine.step(100);
  const positional = call.positional;
  const { named } = call;
  const given = [...positional, ...named.values()];
  const inputs = given.flatMap((value) => tensorsIn(value)).map(({ facts }) => facts);
  const missing = unknownIn(call.positional);
  if (inputs.length === 0) {
    const data = given.map(arrayIn).find((value) => value !== undefined);
    if (data === undefined) {
      if (missing === undefined) return unknown('A layer is called with no tensor.', call.at);
      inputs.push({ shape: undefined, dtype: 'float32' });
    } else inputs.push({ shape: shapeOfArray(data), dtype: 'float32' });
  }
  const record = recordOf(layer, { positional, named, inputs, missing, at: call.at });
  const { shapes, isList } = outputsOf(session, layer, { call: { ...call, positional, named }, record });
  return finished(session, record, { shapes, isList });
}

/** What is not known among the tensors that a layer is called with. */
function unknownIn(values: readonly PythonValue[], met = new Set<PythonValue>()): UnknownValue | undefined {
  for (const value of values) {
    if (value.kind === 'unknown') return value;
    // A list may hold the same list many times over, and that again.
    if (met.has(value)) continue;
    met.add(value);
    const inner = value.kind === 'list' || value.kind === 'tuple' ? unknownIn(value.items, met) : undefined;
    if (inner !== undefined) return inner;
  }
  return undefined;
}

interface Outputs {
  readonly shapes: readonly KerasShape[];
  readonly isList?: boolean;
}

function outputsOf(
  session: GraphSession,
  layer: LayerObject,
  { call, record }: { readonly call: Call; readonly record: CallRecord },
): Outputs {
  const inputs = record.inputs.map(({ shape }) => shape);
  if (layer instanceof KerasModelObject && layer.modelKind !== 'subclassed') {
    return { shapes: layer.outputsFor(inputs, call.at), isList: layer.givesList };
  }
  if (layer.instance !== undefined && (layer.facts.table === undefined || findInClass(layer.instance.class, 'call'))) {
    return ofOwnCall(session, layer, layer.instance, call);
  }
  if (layer.lambda !== undefined) return ofLambda(session, layer, call);
  const { table, config, flavour } = layer.facts;
  if (table === undefined) return { shapes: [undefined] };
  const shapes = table.outputs({
    config,
    inputs,
    flavour,
    wraps: layer.wraps.map((each) => each.inner()),
    positional: record.positional.map(kerasArgument),
    named: new Map([...record.named].map(([name, value]) => [name, kerasArgument(value)])),
  });
  return { shapes };
}

/** What a method of the program gives for tensors of some shapes, with the calls that it makes. */
function ofOwnCall(session: GraphSession, layer: LayerObject, instance: InstanceValue, call: Call): Outputs {
  if (session.tracing.has(instance)) return { shapes: [undefined] };
  session.tracing.add(instance);
  try {
    const first = call.positional.at(0) ?? [...call.named.values()].at(0);
    buildOwn(session, layer, instance, { input: first, at: call.at });
    const method = findInClass(instance.class, 'call');
    if (method === undefined)
      return { shapes: first === undefined ? [undefined] : tensorsIn(first).map(({ facts }) => facts.shape) };
    return traced(session, layer, { callee: { kind: 'method', self: instance, callee: method }, call });
  } finally {
    session.tracing.delete(instance);
  }
}

/** `build(self, input_shape)` of a layer of the program's own, once. */
function buildOwn(
  session: GraphSession,
  layer: LayerObject,
  instance: InstanceValue,
  { input, at }: { readonly input: PythonValue | undefined; readonly at: PythonPlace },
): void {
  if (layer.isBuilt) return;
  layer.isBuilt = true;
  const method = findInClass(instance.class, 'build');
  if (method === undefined || input === undefined) return;
  const shapes = tensorsIn(input).map(({ facts }) => shapeValue(facts.shape, at));
  const shape = shapes.length === 1 ? shapes[0] : list(shapes);
  session.machine.call(
    { kind: 'method', self: instance, callee: method },
    { positional: [shape], named: new Map(), at },
  );
}

function ofLambda(session: GraphSession, layer: LayerObject, call: Call): Outputs {
  const { table, config, flavour } = layer.facts;
  const inputs = call.positional.flatMap((value) => tensorsIn(value)).map(({ facts }) => facts.shape);
  const said = table?.outputs({ config, inputs, flavour }) ?? [undefined];
  const made = traced(session, layer, { callee: layer.lambda ?? none, call });
  return said.at(0) === undefined ? made : { shapes: said };
}

/** Calls a function with fresh tensors of the same shapes, and keeps the calls that it makes. */
function traced(
  session: GraphSession,
  layer: LayerObject,
  { callee, call }: { callee: PythonValue; call: Call },
): Outputs {
  const inputs: TensorFacts[] = [];
  const fresh = (value: PythonValue): PythonValue =>
    holdsTooMuch(value) ? value : freshTensors(session, value, inputs);
  const positional = call.positional.map(fresh);
  const named = new Map([...call.named].map(([name, value]) => [name, fresh(value)]));
  const trace: Trace = { inputs, records: [], outputs: [] };
  const result = session.traced(trace, () => session.machine.call(callee, { ...call, positional, named }));
  const tensors = tensorsIn(result);
  trace.outputs = tensors.map(({ facts }) => facts);
  layer.trace ??= trace;
  if (tensors.length === 0) return { shapes: [undefined] };
  const isList = result.kind === 'list' || result.kind === 'tuple';
  return { shapes: trace.outputs.map(({ shape }) => shape), isList };
}

function freshTensors(session: GraphSession, value: PythonValue, into: TensorFacts[]): PythonValue {
  if (value.kind === 'list') return list(value.items.map((each) => freshTensors(session, each, into)));
  if (value.kind === 'tuple') return tuple(value.items.map((each) => freshTensors(session, each, into)));
  if (value.kind !== 'host' || !(value.object instanceof TensorObject)) return value;
  const { shape, dtype } = value.object.facts;
  const facts = { shape, dtype };
  into.push(facts);
  return host(new TensorObject(session, facts));
}

function arrayIn(value: PythonValue): ArrayObject | undefined {
  return value.kind === 'host' && value.object instanceof ArrayObject ? value.object : undefined;
}

/** Shapes that a call gives with other tensors in the places of its own. */
export function replayed(
  session: GraphSession,
  { record, tensors, at }: { record: CallRecord; tensors: ReadonlyMap<TensorFacts, TensorFacts>; at: PythonPlace },
): readonly KerasShape[] {
  const layer = asLayer(record.layer);
  const valueOf = (argument: CallArgument): PythonValue => {
    if ('tensor' in argument) return host(new TensorObject(session, tensors.get(argument.tensor) ?? argument.tensor));
    return 'list' in argument ? list(argument.list.map(valueOf)) : pythonValueOf(argument.value, at);
  };
  const positional = record.positional.map(valueOf);
  const named = new Map([...record.named].map(([name, argument]) => [name, valueOf(argument)]));
  const inputs = record.inputs.map((facts) => tensors.get(facts) ?? facts);
  const anew = recordOf(layer, { positional, named, inputs, at });
  return outputsOf(session, layer, { call: { positional, named, at }, record: anew }).shapes;
}

/** A variable as a tensor. */
export function variableTensor(session: GraphSession, { name, shape, at }: VariableFacts): PythonValue {
  const variable = new LayerObject(session, {
    className: 'Variable',
    kind: 'op',
    flavour: session.flavour,
    name,
    config: new Map([['shape', shape]]),
    open: [],
    at,
    calledFrom: session.machine.stack(),
  });
  const record = recordOf(variable, { positional: [], named: new Map(), inputs: [], at });
  return finished(session, record, { shapes: [shape] });
}
