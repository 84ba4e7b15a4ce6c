import { isList, isMap, textOf } from '../configValues';
import { ModelError } from '../../model/problem';
import type { KerasConfig, KerasFlavour, KerasLayer, KerasModel, KerasValue } from '../kerasModel';
import { fillConfig } from '../layers/fillConfig';
import { layerKindNamed, operationKindNamed } from '../layers/layers';
import { readGraph } from './readGraph';
import { readSequence } from './readSequence';
import type { DescribedLayer } from './described';
import { unreadable } from './unreadable';

/**
 * The model that a saved configuration describes.
 * @throws ModelError `keras-config` where there is none, `keras-subclassed` where its layers are in a program.
 */
export function readConfiguration(root: KerasValue, flavour: KerasFlavour): KerasModel {
  if (!isMap(root)) throw unreadable('it is no object');
  return readModel(root, flavour);
}

function readModel(described: KerasConfig, flavour: KerasFlavour): KerasModel {
  const config = described.get('config');
  const className = plainClass(textOf(described, 'class_name'));
  // Early versions of Keras 2 write the layers of a sequential model alone.
  if (className === 'Sequential' && isList(config)) {
    return readSequence(new Map([['layers', config]]), { flavour, describe });
  }
  if (!isMap(config)) throw unreadable('it has no configuration');
  const layers = config.get('layers');
  if (!isList(layers)) throw subclassed(className);
  return config.get('output_layers') === undefined
    ? readSequence(config, { flavour, describe })
    : readGraph(config, { flavour, describe });
}

/** Registered names have the package in front: `my_package>Scale`. */
function plainClass(name: string | undefined): string {
  return name?.slice(name.lastIndexOf('>') + 1) ?? '';
}

function describe(value: KerasValue | undefined, flavour: KerasFlavour): DescribedLayer {
  if (!isMap(value)) throw unreadable('a layer of it is no object');
  const className = plainClass(textOf(value, 'class_name'));
  const config = value.get('config');
  const given: KerasConfig = isMap(config) ? config : new Map();
  const isOperation = isOperationIn(value, given);
  const kind = isOperation ? operationKindNamed(className) : layerKindNamed(className);
  const filled = kind === undefined ? given : fillConfig(kind, given, flavour);
  const isModel = kind === undefined && isList(given.get('layers'));
  return {
    className: kind?.className ?? className,
    name: textOf(value, 'name') ?? textOf(given, 'name') ?? className,
    kind: isOperation ? 'op' : 'layer',
    config: filled,
    ...(isModel && { model: readModel(value, flavour) }),
    ...wrapped(className, filled, flavour),
    inboundNodes: value.get('inbound_nodes'),
  };
}

/** The older layout leaves out modules; operations are what has neither a type nor whether it is trained. */
function isOperationIn(value: KerasConfig, config: KerasConfig): boolean {
  const module = textOf(value, 'module');
  if (module !== undefined) return module.startsWith('keras.src.ops');
  const className = plainClass(textOf(value, 'class_name'));
  const isTyped = config.has('dtype') && layerKindNamed(className) !== undefined;
  const isPlain = !config.has('trainable') && !isTyped && !config.has('layers');
  return isPlain && operationKindNamed(className) !== undefined;
}

/** Layers that stand in the configuration of another. */
function wrapped(className: string, config: KerasConfig, flavour: KerasFlavour): Pick<KerasLayer, 'wraps'> {
  const inside = (value: KerasValue | undefined): KerasLayer => ({ ...describe(value, flavour), calls: [] });
  if (className === 'RNN') {
    const cell = config.get('cell');
    if (!isMap(cell)) return {};
    const stacked = isMap(cell.get('config')) ? (cell.get('config') as KerasConfig).get('cells') : undefined;
    return { wraps: (isList(stacked) ? stacked : [cell]).map(inside) };
  }
  if (!isMap(config.get('layer'))) return {};
  const layer = inside(config.get('layer'));
  if (className !== 'Bidirectional') return { wraps: [layer] };
  const backward = config.get('backward_layer');
  const mirrored = isMap(backward) ? inside(backward) : mirrorOf(layer);
  const name = layer.name.replace(/^forward_/, '');
  return {
    wraps: [
      { ...layer, name: `forward_${name}` },
      { ...mirrored, name: `backward_${name}` },
    ],
  };
}

/** The same layer the other way round, as `Bidirectional` makes it. */
function mirrorOf(layer: KerasLayer): KerasLayer {
  const config = new Map(layer.config);
  config.set('go_backwards', config.get('go_backwards') !== true);
  return { ...layer, config };
}

function subclassed(className: string): ModelError {
  return new ModelError(
    'keras-subclassed',
    `The file holds a model of the class "${className}", whose layers stand in a program and not in the file. ` +
      'Open the program beside it, or save a functional model.',
  );
}
