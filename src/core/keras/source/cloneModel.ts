import { host } from '../../python/evaluate/plainValues';
import type { Call, PythonPlace, PythonValue } from '../../python/evaluate/values';
import { asLayer, LayerObject } from './layerObject';
import { inputFacts, makeInputLayer } from './inputs';
import { KerasModelObject } from './modelObject';
import { newModel } from './models';
import type { CallArgument, CallRecord, TensorFacts } from './graph';
import type { GraphSession } from './graph';
import { shapeValue, TensorObject, tensorsIn } from './tensorObject';
import { pythonValueOf } from './pythonValues';

/** What a layer of a model becomes in a copy of it. */
type CloneLayer = (layer: LayerObject) => LayerObject;

/** A copy of a layer without its calls. */
export function cloneLayer(session: GraphSession, layer: LayerObject, at: PythonPlace): LayerObject {
  if (layer instanceof KerasModelObject)
    return cloneModel(session, layer, { at, clone: (each) => cloneLayer(session, each, at) });
  const copy = new LayerObject(session, { ...layer.facts, at, calledFrom: session.machine.stack() });
  copy.wraps = layer.wraps;
  copy.isTrainable = layer.isTrainable;
  copy.ownWeights.push(...layer.ownWeights);
  if (layer.inputShape !== undefined) copy.inputShape = layer.inputShape;
  if (layer.trace !== undefined) copy.trace = layer.trace;
  if (layer.instance !== undefined) copy.instance = layer.instance;
  if (layer.lambda !== undefined) copy.lambda = layer.lambda;
  return copy;
}

/** A copy of a model, with layers of its own. */
export function cloneModel(
  session: GraphSession,
  model: KerasModelObject,
  { at, clone, name }: { readonly at: PythonPlace; readonly clone: CloneLayer; readonly name?: string },
): KerasModelObject {
  const { className, flavour } = model.facts;
  const copy = newModel(session, model.modelKind, { className, flavour, name: name ?? model.facts.name, at });
  copy.isTrainable = model.isTrainable;
  if (model.modelKind === 'sequential') {
    const input = inputOf(session, model.chain().input, { at, layer: model.inputLayer });
    copy.inputLayer = input;
    for (const layer of model.stack) copy.stack.push(clone(layer));
    return copy;
  }
  if (model.modelKind === 'subclassed') {
    if (model.instance !== undefined) copy.instance = model.instance;
    if (model.trace !== undefined) copy.trace = model.trace;
    return copy;
  }
  const made = new Map<TensorFacts, TensorFacts>();
  for (const facts of model.inputs) {
    made.set(facts, inputFacts(inputOf(session, facts, { at, layer: ownerOf(facts) })));
  }
  const layers = new Map<LayerObject, LayerObject>();
  for (const record of model.network().records) replay(session, record, { made, layers, at, clone });
  copy.inputs = model.inputs.map((facts) => made.get(facts) ?? facts);
  copy.outputs = model.outputs.map((facts) => made.get(facts) ?? facts);
  copy.givesList = model.givesList;
  return copy;
}

function ownerOf({ from }: TensorFacts): LayerObject | undefined {
  return from && asLayer(from.call.layer);
}

function inputOf(
  session: GraphSession,
  facts: TensorFacts,
  { at, layer }: { at: PythonPlace; layer: LayerObject | undefined },
): LayerObject {
  const flavour = layer?.facts.flavour ?? session.flavour;
  const name = layer?.facts.className === 'InputLayer' ? layer.facts.name : undefined;
  return makeInputLayer(session, flavour, {
    shape: shapeValue(facts.shape, at),
    dtype: facts.dtype,
    call: { at },
    ...(name !== undefined && { name }),
  });
}

interface Replaying {
  readonly made: Map<TensorFacts, TensorFacts>;
  readonly layers: Map<LayerObject, LayerObject>;
  readonly at: PythonPlace;
  readonly clone: CloneLayer;
}

/** Calls a copy of a record's layer with copies of its tensors. */
function replay(session: GraphSession, record: CallRecord, { made, layers, at, clone }: Replaying): void {
  if (record.outputs.some((output) => made.has(output))) return;
  const layer = asLayer(record.layer);
  const copy = layers.get(layer) ?? clone(layer);
  layers.set(layer, copy);
  const valueOf = (argument: CallArgument): PythonValue => {
    if ('tensor' in argument) return host(new TensorObject(session, made.get(argument.tensor) ?? argument.tensor));
    return 'list' in argument ? { kind: 'list', items: argument.list.map(valueOf) } : pythonValueOf(argument.value, at);
  };
  const call: Call = {
    positional: record.positional.map(valueOf),
    named: new Map([...record.named].map(([name, argument]) => [name, valueOf(argument)])),
    at: record.at,
  };
  const outputs = tensorsIn(copy.call(call));
  record.outputs.forEach((output, place) => {
    const facts = outputs.at(place)?.facts;
    if (facts !== undefined) made.set(output, facts);
  });
}
