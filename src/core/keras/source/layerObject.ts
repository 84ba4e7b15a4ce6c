import { unknown } from '../../python/evaluate/machine';
import { builtin, dict, host, list, none, str, stringOf } from '../../python/evaluate/plainValues';
import type { Call, InstanceValue, PythonPlace, PythonValue } from '../../python/evaluate/values';
import type { KerasLayer, KerasShape, KerasValue } from '../kerasModel';
import { pythonValueOf } from './pythonValues';
import type { CallRecord, Described, GraphLayer, GraphSession, MadeLayer, TensorFacts, Trace } from './graph';
import { TensorObject, shapeValue } from './tensorObject';

/** Sizes of a variable that a layer of the program's own makes. */
interface OwnWeight {
  readonly name: string;
  readonly shape: readonly (number | undefined)[];
  readonly isTrainable: boolean;
}

/** Something that is taken for granted of a layer, as a sentence. */
export interface Note {
  readonly text: string;
  readonly at: PythonPlace;
}

/** A layer that the program has made. */
export class LayerObject implements GraphLayer, Described {
  readonly isCallable = true;
  readonly calls: CallRecord[] = [];
  /** Layers inside a wrapper. */
  wraps: readonly LayerObject[] = [];
  /** Shape that the layer itself was given for its input, without the batch or with it. */
  inputShape?: PythonValue;
  isTrainable = true;
  /** What its `call` method does, of a class of the program's own. */
  trace?: Trace;
  instance?: InstanceValue;
  readonly ownWeights: OwnWeight[] = [];
  readonly notes: Note[] = [];
  /** What a `Lambda` calls. */
  lambda?: PythonValue;
  isBuilt = false;

  constructor(
    readonly session: GraphSession,
    public facts: MadeLayer,
  ) {}

  /** Takes over the configuration of a layer of the class that its own derives from. */
  adopt(plain: LayerObject): void {
    const { config, open } = plain.facts;
    this.facts = { ...this.facts, config, open };
    this.wraps = plain.wraps;
    if (plain.inputShape !== undefined) this.inputShape = plain.inputShape;
  }

  get typeName(): string {
    return this.facts.className;
  }

  isInstance(name: string): boolean {
    if (name === this.facts.className || name === 'Layer' || name === 'Module') return true;
    return this.facts.table?.aliases?.includes(name) ?? false;
  }

  /** As a layer inside another one, without its calls. */
  inner(): KerasLayer {
    const { className, name, kind, config } = this.facts;
    return {
      className,
      name,
      kind,
      config,
      calls: [],
      ...(this.wraps.length > 0 && { wraps: this.wraps.map((each) => each.inner()) }),
    };
  }

  /** As the value of another layer's argument. */
  described(): KerasValue {
    return new Map<string, KerasValue>([
      ['class_name', this.facts.className],
      ['config', new Map([...this.facts.config].map(([name, value]) => [name, value ?? null]))],
    ]);
  }

  attribute(name: string, at: PythonPlace): PythonValue | undefined {
    switch (name) {
      case 'name':
      case '_name':
        return str(this.facts.name);
      case 'trainable':
        return { kind: 'bool', value: this.isTrainable };
      case 'built':
        return { kind: 'bool', value: this.isBuilt || this.calls.length > 0 };
      case 'output':
        return this.#ofFirst((call) => valueOf(call.outputs, this.session));
      case 'input':
        return this.#ofFirst((call) => valueOf(call.inputs, this.session));
      case 'output_shape':
        return this.#ofFirst((call) => shapeValue(call.outputs.at(0)?.shape, at));
      case 'input_shape':
        return this.#ofFirst((call) => shapeValue(call.inputs.at(0)?.shape, at));
      case 'get_config':
        return builtin(name, () => this.#config(at));
      case '__class__':
        return { kind: 'foreign', path: `keras.layers.${this.facts.className}` };
      case 'layer':
        return this.wraps.length > 0 ? host(this.wraps[0]) : undefined;
      case 'weights':
      case 'trainable_weights':
      case 'variables':
        return unknown('Its variables are not followed.', at);
      case 'get_weights':
      case 'count_params':
      case 'compute_output_shape':
        return builtin(name, () => unknown(`What ${name} gives is not followed.`, at));
      case 'adapt':
      case 'build':
      case 'set_weights':
      case 'add_loss':
      case 'add_metric':
      case 'reset_states':
        return builtin(name, () => none);
      case 'add_weight':
      case 'add_variable':
        return builtin(name, (call) => this.addWeight(call));
    }
    if (!this.facts.config.has(name)) return undefined;
    return pythonValueOf(this.facts.config.get(name), at);
  }

  setAttribute(name: string, value: PythonValue): void {
    if (name === 'name' || name === '_name') this.facts.name = stringOf(value) ?? this.facts.name;
    if (name === 'trainable' && value.kind === 'bool') this.isTrainable = value.value;
  }

  call(call: Call): PythonValue {
    return this.session.callLayer(this, call);
  }

  /** Shapes that a call of it would give for other tensors. */
  shapesFor(record: CallRecord, inputs: readonly TensorFacts[], at: PythonPlace): readonly KerasShape[] {
    const tensors = new Map(record.inputs.map((facts, place) => [facts, inputs[place]]));
    return this.session.replayed(record, tensors, at);
  }

  /** A variable of a layer of the program's own: its shape counts, and it is a tensor to what follows. */
  addWeight({ positional, named, at }: Call): PythonValue {
    const [first, second] = positional;
    const isNameFirst = first?.kind === 'string';
    const given = named.get('shape') ?? (isNameFirst ? second : first) ?? list([]);
    const dimensions =
      given.kind === 'number' ? [given] : given.kind === 'list' || given.kind === 'tuple' ? given.items : undefined;
    const trainable = named.get('trainable');
    const shape = dimensions?.map((each) => (each.kind === 'number' ? each.value : undefined)) ?? [undefined];
    const name = stringOf(named.get('name')) ?? (isNameFirst ? stringOf(first) : undefined) ?? 'variable';
    this.ownWeights.push({ name, shape, isTrainable: trainable?.kind !== 'bool' || trainable.value });
    return this.session.variable({ name, shape, at });
  }

  #ofFirst(of: (call: CallRecord) => PythonValue): PythonValue | undefined {
    const call = this.calls.at(0);
    return call && of(call);
  }

  #config(at: PythonPlace): PythonValue {
    const entries = [...this.facts.config].map(([name, value]) => [str(name), pythonValueOf(value, at)] as const);
    return dict([[str('name'), str(this.facts.name)], ...entries]);
  }
}

/** One tensor, or a list of several. */
function valueOf(tensors: CallRecord['inputs'], session: GraphSession): PythonValue {
  const values = tensors.map((tensor) => host(new TensorObject(session, tensor)));
  return values.length === 1 ? values[0] : list(values);
}

/** The object of a call's layer. */
export function asLayer(layer: GraphLayer): LayerObject {
  if (layer instanceof LayerObject) return layer;
  throw new Error(`${layer.typeName} is no layer.`);
}
