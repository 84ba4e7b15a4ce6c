import { findInClass } from '../../python/evaluate/classes';
import { PythonFailure } from '../../python/evaluate/failure';
import { unknown } from '../../python/evaluate/machine';
import { builtin, host, none, numberOf, stringOf } from '../../python/evaluate/plainValues';
import type { Call, PythonPlace, PythonValue } from '../../python/evaluate/values';
import { ArrayObject } from '../../python/libraries/arrayObject';
import type { KerasFlavour, KerasShape } from '../kerasModel';
import { chainOf, reshapedOutputs, type Chain } from './chain';
import type { GraphSession, MadeLayer, OpenArgument, TensorFacts, Trace } from './graph';
import { makeInputLayer, shapeOf } from './inputs';
import { LayerObject, asLayer, type Note } from './layerObject';
import { attributeLayers, layerValue, modelFact, sameBehindBatch } from './modelParts';
import { networkOf, type Network } from './network';
import { shapeOfArray } from './records';
import { TensorObject, shapeValue } from './tensorObject';

export type ModelKind = 'sequential' | 'functional' | 'subclassed';

/** A model that the program makes; it is a layer, too. */
export class KerasModelObject extends LayerObject {
  /** Of a sequential model, without its input layer. */
  readonly stack: LayerObject[] = [];
  /** The input layer that a sequential model was given. */
  inputLayer?: LayerObject;
  /** Of a functional model. */
  inputs: readonly TensorFacts[] = [];
  outputs: readonly TensorFacts[] = [];
  /** More than one output, or a list of one. */
  givesList = false;
  /** Shape of the input with which a model without one is built. */
  buildShape?: KerasShape;
  /** Arguments of its input's shape that are not known. */
  readonly openInput: OpenArgument[] = [];
  #chain: Chain | undefined;
  #network: Network | undefined;

  constructor(
    session: GraphSession,
    facts: MadeLayer,
    public modelKind: ModelKind,
  ) {
    super(session, facts);
    session.register(this);
  }

  override isInstance(name: string): boolean {
    const kinds = { sequential: 'Sequential', functional: 'Functional', subclassed: 'Model' };
    return super.isInstance(name) || name === 'Model' || name === kinds[this.modelKind];
  }

  /** Adds a layer to a sequential model. */
  add(value: PythonValue | undefined): void {
    this.#chain = undefined;
    if (value?.kind === 'instance') {
      if (value.host instanceof LayerObject) this.stack.push(value.host);
      return;
    }
    const object = value?.kind === 'host' ? value.object : undefined;
    if (object instanceof TensorObject) {
      const layer = object.facts.from?.call.layer;
      if (layer instanceof LayerObject && layer.facts.className === 'InputLayer') this.inputLayer = layer;
      return;
    }
    if (!(object instanceof LayerObject)) {
      this.noteMissing(value);
      return;
    }
    if (object.facts.className === 'InputLayer') this.inputLayer = object;
    else this.stack.push(object);
  }

  /** Something was added that is no layer to the reader. */
  noteMissing(value: PythonValue | undefined): void {
    const missing =
      value?.kind === 'unknown' ? value : unknown('What is added here is not known to be a layer.', this.facts.at);
    this.missing.push(missing);
  }

  readonly missing: Extract<PythonValue, { kind: 'unknown' }>[] = [];

  /** The layers of a sequential model, called one after the other. */
  chain(): Chain {
    if (this.#chain !== undefined) return this.#chain;
    const aside: Trace = { inputs: [], records: [], outputs: [] };
    const input = this.inputLayer ?? this.session.traced(aside, () => this.#firstInput());
    const made = chainOf(this.session, input, this.stack);
    const before = this.#chain as Chain | undefined;
    this.#chain = before ?? made;
    this.givesList = false;
    return this.#chain;
  }

  /** The input that the first layer says, or that the model was built with. */
  #firstInput(): LayerObject {
    const first = this.stack.at(0);
    const given = first?.inputShape;
    const shape =
      given ??
      (this.buildShape !== undefined
        ? shapeValue(this.buildShape, this.facts.at)
        : first instanceof KerasModelObject && first.modelKind !== 'subclassed'
          ? shapeValue(first.inputFactsOf().at(0)?.shape, this.facts.at)
          : this.session.openInputShape(this.facts.at));
    const flavour: KerasFlavour = this.facts.flavour;
    return makeInputLayer(this.session, flavour, { shape, call: { at: first?.facts.at ?? this.facts.at } });
  }

  /** The inputs of a model that has some. */
  inputFactsOf(): readonly TensorFacts[] {
    if (this.modelKind === 'sequential') return [this.chain().input];
    return this.modelKind === 'functional' ? this.inputs : (this.trace?.inputs ?? []);
  }

  outputFactsOf(): readonly TensorFacts[] {
    if (this.modelKind === 'sequential') return this.chain().trace.outputs;
    return this.modelKind === 'functional' ? this.outputs : (this.trace?.outputs ?? []);
  }

  network(): Network {
    this.#network ??= networkOf(this.inputs, this.outputs);
    return this.#network;
  }

  /** Shapes that it gives for inputs of some shapes. */
  outputsFor(inputs: readonly KerasShape[], at: PythonPlace): readonly KerasShape[] {
    if (this.modelKind === 'sequential' && !this.#hasInput()) {
      this.buildShape = inputs.at(0);
      this.#chain = undefined;
    }
    const own = this.inputFactsOf();
    const outputs = this.outputFactsOf();
    const isSame = own.every(({ shape }, place) => sameBehindBatch(shape, inputs.at(place)));
    if (isSame || own.length !== inputs.length) {
      const batch = inputs.at(0)?.at(0);
      return outputs.map(({ shape }) => shape && [batch === undefined ? null : batch, ...shape.slice(1)]);
    }
    return this.reshaped(inputs, at);
  }

  #hasInput(): boolean {
    const first = this.stack.at(0);
    return (
      this.inputLayer !== undefined ||
      first?.inputShape !== undefined ||
      this.buildShape !== undefined ||
      (first instanceof KerasModelObject && first.modelKind !== 'subclassed')
    );
  }

  /** What it gives where its inputs have other shapes than those it was made with. */
  reshaped(inputs: readonly KerasShape[], at: PythonPlace): readonly KerasShape[] {
    const records = this.modelKind === 'sequential' ? this.chain().trace.records : this.network().records;
    const graph = { inputs: this.inputFactsOf(), records, outputs: this.outputFactsOf() };
    return reshapedOutputs(this.session, graph, inputs, at);
  }

  override attribute(name: string, at: PythonPlace): PythonValue | undefined {
    const fact = modelFact(this, name, at);
    if (fact !== undefined) return fact;
    switch (name) {
      case 'get_layer':
        return builtin(name, (call) => this.#layerNamed(call));
      case 'add':
        return builtin(name, ({ positional, named }) => {
          this.add(positional.at(0) ?? named.get('layer'));
          return none;
        });
      case 'pop':
        return builtin(name, () => {
          this.changed();
          const last = this.stack.pop();
          return last === undefined ? none : layerValue(last);
        });
      case 'build':
        return builtin(name, (call) => this.build(call));
      case 'name':
      case 'trainable':
      case 'call':
        return name === 'call' ? builtin(name, (call) => this.call(call)) : super.attribute(name, at);
      default:
        if (actions.has(name)) return builtin(name, () => none);
        if (/^(?:fit|predict|evaluate|__call__)$/.test(name)) return builtin(name, (call) => this.#used(name, call));
        return super.attribute(name, at);
    }
  }

  override setAttribute(name: string, value: PythonValue): void {
    super.setAttribute(name, value);
    if (name !== 'trainable' || value.kind !== 'bool') return;
    for (const layer of this.layerObjects()) layer.setAttribute(name, value);
  }

  /** What is taken for granted of the model and of all layers in it. */
  allNotes(depth = 0): readonly Note[] {
    const within = depth > 5 ? [] : this.layerObjects();
    return [
      ...this.notes,
      ...within.flatMap((layer) => (layer instanceof KerasModelObject ? layer.allNotes(depth + 1) : layer.notes)),
    ];
  }

  changed(): void {
    this.#chain = undefined;
    this.#network = undefined;
  }

  /** `model.layers` of Keras. */
  layerObjects(): readonly LayerObject[] {
    if (this.modelKind === 'sequential') {
      if (this.#hasInput()) this.chain();
      return this.stack;
    }
    if (this.modelKind === 'functional')
      return this.network()
        .layers.map(asLayer)
        .filter(({ facts }) => facts.kind === 'layer');
    return this.instance === undefined ? [] : attributeLayers(this.instance.attributes);
  }

  #layerNamed({ positional, named, at }: Call): PythonValue {
    const name = positional.at(0) ?? named.get('name');
    const index = numberOf(named.get('index'));
    const layers = this.layerObjects();
    const found = index !== undefined ? layers.at(index) : layers.find(({ facts }) => facts.name === stringOf(name));
    if (found !== undefined) return layerValue(found);
    if (name?.kind === 'unknown') return name;
    throw new PythonFailure('ValueError', `There is no layer ${stringOf(name) ?? ''}.`, at);
  }

  /** `build(input_shape)`: a shape with the batch in front. */
  build({ positional, named, at }: Call): PythonValue {
    const given = positional.at(0) ?? named.get('input_shape');
    if (given === undefined) return none;
    const first = given.kind === 'list' && given.items.at(0)?.kind === 'tuple' ? given.items[0] : given;
    const shape = shapeOf(first, this.openInput);
    this.useInput(shape, at);
    return none;
  }

  /** Before it is looked at: a model of the program's own that was never called is called with an open input. */
  prepare(): void {
    if (this.facts.name === '') this.facts.name = this.session.nameFor(this.facts.className, this.facts.flavour);
    if (this.modelKind !== 'subclassed' || this.trace !== undefined) return;
    // One that only trains the models that it holds has no input.
    if (this.instance !== undefined && findInClass(this.instance.class, 'call') === undefined) return;
    const at = this.facts.at;
    const given = this.session.openInputShape(at);
    this.useInput(shapeOf(given, this.openInput), at);
  }

  /** Builds a model that has no input of its own. */
  useInput(shape: KerasShape, at: PythonPlace): void {
    if (this.modelKind === 'sequential') {
      if (this.#hasInput()) return;
      this.buildShape = shape;
      this.changed();
    }
    if (this.modelKind !== 'subclassed' || this.trace !== undefined) return;
    const facts: TensorFacts = { shape, dtype: 'float32' };
    const trace: Trace = { inputs: [], records: [], outputs: [] };
    const value = host(new TensorObject(this.session, facts));
    this.session.traced(trace, () => this.call({ positional: [value], named: new Map(), at }));
    this.calls.splice(0);
  }

  #used(name: string, call: Call): PythonValue {
    const [data] = call.positional;
    if (data?.kind === 'host' && data.object instanceof ArrayObject) this.useInput(shapeOfArray(data.object), call.at);
    return name === '__call__' ? this.call(call) : unknown(`What ${name} gives is not known.`, call.at);
  }
}

/** Methods that change nothing that is read. */
const actions = new Set(['summary', 'compile', 'save', 'save_weights', 'load_weights', 'export']);
