import type { PythonMachine } from '../../python/evaluate/machine';
import { unknown, type PythonLibrary } from '../../python/evaluate/machine';
import { standardMembers } from '../../python/libraries/standard';
import { builtin, none, str, stringOf } from '../../python/evaluate/plainValues';
import type { Call, InstanceValue, PythonPlace, PythonValue } from '../../python/evaluate/values';
import type { KerasFlavour } from '../kerasModel';
import { layerKindNamed } from '../layers/layers';
import { callLayer } from './callLayer';
import { layerFunctions, operationFunctions } from './functions';
import { inputLayer } from './inputs';
import { callKeras } from './kerasCalls';
import { LayerObject } from './layerObject';
import { makeLayer } from './makeLayer';
import { KerasModelObject } from './modelObject';
import { endsOf, fillSequential, newModel, setEnds } from './models';
import { installed, libraryPath } from './paths';
import { scikitMembers } from './scikit';
import { Session } from './session';
import { callTensorFlow } from './tensorFlow';
import { callTfmot } from './tfmot';
import { callTuner } from './tuner';

/** What Keras, TensorFlow and the packages around them are to the program that is read. */
export class KerasLibrary implements PythonLibrary {
  readonly session: Session;
  readonly #members: ReadonlyMap<string, PythonValue>;

  constructor(
    readonly machine: PythonMachine,
    flavour: KerasFlavour,
  ) {
    this.session = new Session(machine, flavour);
    this.#members = new Map([...standardMembers(machine), ...scikitMembers(machine)]);
  }

  get madeCount(): number {
    return this.session.madeCount;
  }

  hasModule(path: string): boolean {
    return installed.has(path.split('.')[0]);
  }

  member(path: string): PythonValue | undefined {
    const own = this.#members.get(path);
    if (own !== undefined) return own;
    const { of, rest, name } = libraryPath(path);
    if (name === '__version__') return str(of === 'keras' ? '3.15.1' : '2.21.0');
    if (of === 'keras' && isKerasName(rest, name)) return { kind: 'foreign', path };
    return undefined;
  }

  call(path: string, call: Call): PythonValue {
    const where = libraryPath(path);
    this.machine.step(10);
    switch (where.of) {
      case 'keras':
        return callKeras(this.session, where, call);
      case 'tensorflow':
        return callTensorFlow(this.session, where, call);
      case 'tfmot':
        return callTfmot(where, call);
      case 'other':
        return callTuner(this.session, path, call) ?? unknown(`What ${path} gives is not known.`, call.at);
    }
  }

  created(instance: InstanceValue, base: string, at: PythonPlace): void {
    const where = libraryPath(base);
    const { of, rest, name } = where;
    const said = where.of === 'keras' ? where.flavour : undefined;
    if (of !== 'keras' && !(of === 'tensorflow' && /^(?:Module|keras)/.test(rest))) return;
    const flavour = said ?? this.session.flavour;
    const className = instance.class.name;
    if (/^(?:Model|Functional|Sequential)$/.test(name)) {
      const kind = name === 'Sequential' ? 'sequential' : 'subclassed';
      const model = newModel(this.session, kind, { className, flavour, name: '', at });
      model.instance = instance;
      instance.host = model;
      return;
    }
    if (!/layers|engine|base_layer/.test(rest) && name !== 'Layer') return;
    const table = name === 'Layer' ? undefined : layerKindNamed(name);
    const layer = new LayerObject(this.session, {
      className,
      kind: 'layer',
      flavour,
      name: '',
      ...(table && { table }),
      config: new Map(),
      open: [],
      at,
      calledFrom: this.session.machine.stack(),
    });
    layer.instance = instance;
    instance.host = layer;
  }

  inherited(instance: InstanceValue, _base: string, name: string): PythonValue | undefined {
    const object = instance.host;
    if (!(object instanceof LayerObject)) return name === '__init__' ? builtin(name, () => none) : undefined;
    if (name === '__init__') return builtin(name, (call) => this.#initialised(object, call));
    if (name === '__call__') return builtin(name, (call) => callLayer(this.session, object, call));
    if (name === 'build' || name === 'call') {
      return object instanceof KerasModelObject && name === 'build'
        ? object.attribute(name, object.facts.at)
        : undefined;
    }
    return object.attribute(name, object.facts.at);
  }

  /** `super().__init__(…)` of a class that derives from one of Keras. */
  #initialised(object: LayerObject, call: Call): PythonValue {
    const name = stringOf(call.named.get('name'));
    object.facts.name = name ?? this.session.nameFor(object.facts.className, object.facts.flavour);
    if (object instanceof KerasModelObject) {
      if (object.modelKind === 'sequential') fillSequential(this.session, object, call);
      const ends = object.modelKind === 'subclassed' ? endsOf(call) : undefined;
      if (ends !== undefined) {
        object.modelKind = 'functional';
        setEnds(object, ends);
      }
      return none;
    }
    const table = object.facts.table;
    if (table === undefined) return none;
    const plain =
      table.className === 'InputLayer'
        ? inputLayer(this.session, object.facts.flavour, call)
        : makeLayer(this.session, table, object.facts.flavour, {
            ...call,
            named: new Map([...call.named, ['name', str(object.facts.name)]]),
          });
    object.adopt(plain);
    return none;
  }

  attributeSet(instance: InstanceValue, name: string, value: PythonValue): void {
    if (instance.host instanceof LayerObject) instance.host.setAttribute(name, value);
  }
}

/** Names that Keras has, as far as they are followed: what a star import gives. */
function isKerasName(rest: string, name: string): boolean {
  if (/^layers(?:\.|$)/.test(rest)) {
    return layerKindNamed(name) !== undefined || layerFunctions.has(name) || /^(?:Input|Layer|InputLayer)$/.test(name);
  }
  if (/^models(?:\.|$)/.test(rest)) return /^(?:Sequential|Model|load_model|clone_model|model_from_json)$/.test(name);
  if (/^ops\./.test(rest)) return operationFunctions.has(name);
  if (/^utils\./.test(rest)) return name === 'to_categorical';
  return /^(?:Input|Sequential|Model)$/.test(rest);
}
