import { unknown } from '../../python/evaluate/machine';
import { bool, float, host, none, str } from '../../python/evaluate/plainValues';
import type { Call, PythonValue } from '../../python/evaluate/values';
import type { KerasFlavour } from '../kerasModel';
import { layerKindNamed } from '../layers/layers';
import { applicationNamed } from './applications';
import { cloneLayer, cloneModel } from './cloneModel';
import { categorical, loadedData } from './data';
import { alikeOf, layerFunctions } from './functions';
import { inputLayer, makeInput } from './inputs';
import { LayerObject } from './layerObject';
import { makeLayer } from './makeLayer';
import { KerasModelObject } from './modelObject';
import { makeFunctional, makeSequential } from './models';
import { callOperation, unknownOperation } from './operations';
import type { LibraryPath } from './paths';
import { PlainObject } from './plainObject';
import type { GraphSession } from './graph';
import { paddedSequences } from './scikit';
import { shapeValue, tensorsIn } from './tensorObject';

type KerasPath = Extract<LibraryPath, { of: 'keras' }>;

/** Calls a function or a class of Keras. */
export function callKeras(session: GraphSession, { rest, name, flavour: said }: KerasPath, call: Call): PythonValue {
  const flavour = said ?? session.flavour;
  if (name === 'Input') return makeInput(session, flavour, call);
  if (name === 'Sequential') return makeSequential(session, flavour, call);
  if (name === 'Model' || name === 'Functional') return makeFunctional(session, flavour, call);
  const [area] = rest.split('.');
  switch (area) {
    case 'layers':
    case 'engine':
    case 'legacy':
      return callLayers(session, { rest, name, flavour }, call);
    case 'applications':
      return callApplication(session, { rest, name, flavour }, call);
    case 'datasets':
      return loadedData(session.machine, rest.split('.').at(1) ?? '', call);
    case 'initializers':
    case 'regularizers':
    case 'constraints':
    case 'optimizers':
    case 'losses':
    case 'metrics':
    case 'callbacks':
      return host(new PlainObject(name));
    case 'backend':
      return callBackend(session, name, call);
    case 'models':
      return callModels(session, name, call);
    case 'preprocessing':
      return name === 'pad_sequences'
        ? paddedSequences(session.machine, call)
        : unknown(`What keras.${rest} gives is not known.`, call.at);
    case 'utils':
      return callUtils(session, name, call);
    default:
      return callTensors(session, rest, call);
  }
}

interface Named {
  readonly rest: string;
  readonly name: string;
  readonly flavour: KerasFlavour;
}

function callLayers(session: GraphSession, { rest, name, flavour }: Named, call: Call): PythonValue {
  if (name === 'InputLayer') return host(inputLayer(session, flavour, call));
  const table = layerKindNamed(name);
  if (table !== undefined) return host(makeLayer(session, table, flavour, call));
  const made = layerFunctions.get(name);
  if (made !== undefined) {
    const [inputs, ...positional] = call.positional;
    const layer = makeLayer(session, made, flavour, { ...call, positional });
    return layer.call({ positional: [inputs ?? call.named.get('inputs') ?? none], named: new Map(), at: call.at });
  }
  if (name === 'from_config' || name === 'get' || name === 'deserialize')
    return unknown(`${rest} is not followed.`, call.at);
  return /^[A-Z]/.test(name)
    ? host(unknownLayer(session, { rest, name, flavour }, call))
    : callTensors(session, rest, call);
}

/** A layer of a class that is not in the table: what it gives is not known. */
function unknownLayer(session: GraphSession, { name, flavour }: Named, call: Call): LayerObject {
  return new LayerObject(session, {
    className: name,
    kind: 'layer',
    flavour,
    name: session.nameFor(name, flavour),
    config: new Map(),
    open: [],
    at: call.at,
    calledFrom: session.machine.stack(),
  });
}

function callApplication(session: GraphSession, { rest, name, flavour }: Named, call: Call): PythonValue {
  const build = applicationNamed(name);
  if (build !== undefined) return build(session, flavour, call);
  if (name === 'preprocess_input') return call.positional.at(0) ?? none;
  return unknown(`The layers of ${rest} are not in the table of applications.`, call.at);
}

/** Functions on tensors that stand in `keras.ops`, `keras.activations` and elsewhere. */
function callTensors(session: GraphSession, path: string, call: Call): PythonValue {
  const given = [...call.positional, ...call.named.values()];
  const hasTensors = given.some((value) => tensorsIn(value).length > 0);
  const name = path.slice(path.lastIndexOf('.') + 1);
  if (name === 'shape' && hasTensors) return shapeValue(tensorsIn(given[0]).at(0)?.facts.shape, call.at);
  if (!hasTensors) return unknown(`What keras.${path} gives is not known.`, call.at);
  const alike = alikeOf(name);
  if (alike === undefined) return unknownOperation(session, path, call);
  return callOperation(session, alike.table, {
    call,
    path: alike.path ?? `tf.${path}`,
    ...(alike.names && { names: alike.names }),
  });
}

function callBackend(session: GraphSession, name: string, call: Call): PythonValue {
  switch (name) {
    case 'image_data_format':
      return str('channels_last');
    case 'floatx':
      return str('float32');
    case 'epsilon':
      return float(1e-7);
    case 'backend':
      return str('tensorflow');
    case 'int_shape':
      return shapeValue(tensorsIn(call.positional.at(0) ?? none).at(0)?.facts.shape, call.at);
    case 'clear_session':
      session.forgetNames();
      return none;
    case 'set_image_data_format':
    case 'set_learning_phase':
    case 'set_floatx':
      return none;
    case 'is_keras_tensor':
      return bool(tensorsIn(call.positional.at(0) ?? none).length > 0);
    default:
      return callTensors(session, `backend.${name}`, call);
  }
}

function callModels(session: GraphSession, name: string, call: Call): PythonValue {
  const model = call.positional.at(0) ?? call.named.get('model');
  if (name === 'clone_model') return clonedModel(session, call);
  if (name === 'save_model') return none;
  if (name === 'load_model') return unknown('The model is read from a file when the program runs.', call.at);
  return model?.kind === 'unknown' ? model : unknown(`What keras.models.${name} gives is not known.`, call.at);
}

function clonedModel(session: GraphSession, { positional, named, at }: Call): PythonValue {
  const given = positional.at(0) ?? named.get('model');
  const object = given?.kind === 'instance' ? given.host : given?.kind === 'host' ? given.object : undefined;
  if (!(object instanceof KerasModelObject)) return given ?? none;
  const cloneFunction = named.get('clone_function') ?? positional.at(2);
  const clone = (layer: LayerObject): LayerObject => {
    if (cloneFunction === undefined || cloneFunction.kind === 'none') return cloneLayer(session, layer, at);
    const notes = layer.notes.length;
    const made = session.machine.call(cloneFunction, {
      positional: [layer.instance ?? host(layer)],
      named: new Map(),
      at,
    });
    const copy = made.kind === 'instance' ? made.host : made.kind === 'host' ? made.object : undefined;
    if (copy instanceof LayerObject && copy !== layer) return copy;
    const cloned = cloneLayer(session, layer, at);
    // A wrapper stands for what it wraps, which is the clone's layer then, and not that of the model before.
    cloned.notes.push(...layer.notes.splice(notes));
    return cloned;
  };
  return host(cloneModel(session, object, { at, clone }));
}

function callUtils(session: GraphSession, name: string, call: Call): PythonValue {
  if (name === 'to_categorical') return categorical(session.machine, call);
  if (name === 'pad_sequences') return paddedSequences(session.machine, call);
  if (name === 'clear_session') {
    session.forgetNames();
    return none;
  }
  if (/^(?:plot_model|set_random_seed|register_keras_serializable|get_custom_objects|model_to_dot)$/.test(name)) {
    return none;
  }
  return unknown(`What keras.utils.${name} gives is not known.`, call.at);
}
