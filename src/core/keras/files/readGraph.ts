import { spendSteps } from '../../model/budget';
import { dimensionsIn, isList, isMap, textOf } from '../configValues';
import type {
  KerasArgument,
  KerasCall,
  KerasConfig,
  KerasInput,
  KerasLayer,
  KerasModel,
  KerasShape,
  KerasTensor,
  KerasValue,
} from '../kerasModel';
import { outputShapes } from '../outputShapes';
import { readNodes, type FileArgument, type FileCall, type FileHistory } from './readNodes';
import { asOperation, type UsedLayer } from './tensorFlowOperation';
import { withCalls, type DescribedLayer, type DescribedModel } from './described';
import { unreadable } from './unreadable';

/** A functional model: layers, and for each use what it is called with. */
export function readGraph(config: KerasConfig, { flavour, describe }: DescribedModel): KerasModel {
  const listed = config.get('layers');
  const used = (isList(listed) ? listed : []).map((value): UsedLayer => {
    const layer = describe(value, flavour);
    return asOperation({ layer, calls: readNodes(layer.inboundNodes) }, flavour);
  });
  const described = used.map(({ layer }) => layer);
  const places = new Map(described.map(({ name }, index) => [name, index]));
  const nodes = used.map(({ calls }) => calls);
  const calls = new Map(
    described.map(({ name, className }, index) => [name, className === 'InputLayer' ? 1 : nodes[index].length]),
  );
  const first = firstCalls(
    [...nodes.flat().flatMap(({ tensors }) => tensors), ...histories(config.get('output_layers'))],
    calls,
  );
  const resolve = ({ layer, call, output }: FileHistory): KerasTensor => {
    const [place, own] = [places.get(layer), call - (first.get(layer) ?? 0)];
    if (place === undefined || own < 0 || own >= (calls.get(layer) ?? 0)) {
      throw unreadable(`the layer "${layer}" is called for and is not there`);
    }
    return { layer: place, call: own, output };
  };
  const saved = savedShapes(nodes, resolve);
  const layers = calledLayers({ described, nodes, saved, resolve, flavour });
  const inputs = histories(config.get('input_layers')).map((history): KerasInput => {
    const place = places.get(history.layer);
    if (place === undefined) throw unreadable(`its input "${history.layer}" is not there`);
    const { config: own, name } = described[place];
    return {
      name,
      layer: place,
      shape: dimensionsIn(own.get('batch_shape')),
      dtype: textOf(own, 'dtype') ?? 'float32',
    };
  });
  const outputs = histories(config.get('output_layers')).map(resolve);
  return { name: textOf(config, 'name') ?? 'functional', flavour, kind: 'functional', layers, inputs, outputs };
}

/** One `[name, call, output]` or a list of them; named inputs and outputs in the order of their names' places. */
function histories(value: KerasValue | undefined): readonly FileHistory[] {
  const all = isMap(value)
    ? [...value.values()]
    : isList(value)
      ? typeof value[0] === 'string'
        ? [value]
        : value
      : [];
  return all.flatMap((each) => namedIn(each, 0));
}

/** Lists in lists are how a layer gives several states. */
function namedIn(value: KerasValue | undefined, depth: number): readonly FileHistory[] {
  const history = isList(value) ? asFileHistory(value) : undefined;
  if (history !== undefined) return [history];
  if (!isList(value) || depth > 3) throw unreadable('its inputs or outputs name no layer');
  return value.flatMap((each) => namedIn(each, depth + 1));
}

function asFileHistory([layer, call, output]: readonly (KerasValue | undefined)[]): FileHistory | undefined {
  if (typeof layer !== 'string' || typeof call !== 'number' || typeof output !== 'number') return undefined;
  return { layer, call, output };
}

/** Shapes that the file notes beside the arguments, for what layers that are not known give. */
function savedShapes(
  nodes: readonly (readonly FileCall[])[],
  resolve: Uncalled['resolve'],
): ReadonlyMap<string, KerasShape> {
  const all = nodes.flat().flatMap(({ tensors }) => tensors);
  return new Map(all.map((tensor) => [tensorKey(resolve(tensor)), tensor.shape]));
}

/**
 * What the file's numbers of a layer's calls begin with, where that is not 0: calls outside of this model are counted
 * in some files and are not in them.
 */
function firstCalls(all: readonly FileHistory[], calls: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  const last = new Map<string, number>();
  for (const { layer, call } of all) last.set(layer, Math.max(call, last.get(layer) ?? 0));
  return new Map([...last].map(([layer, call]) => [layer, Math.max(0, call + 1 - (calls.get(layer) ?? 0))]));
}

function tensorKey(tensor: KerasTensor): string {
  return 'input' in tensor ? `${tensor.input}` : `${tensor.layer} ${tensor.call} ${tensor.output}`;
}

interface Uncalled {
  readonly described: readonly DescribedLayer[];
  readonly nodes: readonly (readonly FileCall[])[];
  readonly saved: ReadonlyMap<string, KerasShape>;
  readonly resolve: (history: FileHistory) => KerasTensor;
  readonly flavour: KerasModel['flavour'];
}

/** Works out the calls' shapes, each as soon as those of its arguments are known. */
function calledLayers({ described, nodes, saved, resolve, flavour }: Uncalled): readonly KerasLayer[] {
  const known = new Map<string, KerasShape>();
  const calls = described.map((): (KerasCall | undefined)[] => []);
  let pending = described.flatMap(({ className }, layer) => {
    const made =
      className === 'InputLayer' && nodes[layer].length === 0
        ? [{ tensors: [], positional: [], named: new Map<string, FileArgument>() }]
        : nodes[layer];
    return made.map((node, call) => ({ layer, call, node }));
  });
  while (pending.length > 0) {
    const later: typeof pending = [];
    for (const each of pending) {
      const tensors = each.node.tensors.map(resolve);
      spendSteps(1 + tensors.length);
      if (!tensors.every((tensor) => known.has(tensorKey(tensor)))) {
        later.push(each);
        continue;
      }
      const layer = described[each.layer];
      const inputs = tensors.map((tensor) => known.get(tensorKey(tensor)));
      const positional = each.node.positional.map((argument) => resolved(argument, resolve));
      const named = new Map([...each.node.named].map(([name, argument]) => [name, resolved(argument, resolve)]));
      const worked = outputShapes(layer, { inputs, flavour, positional, named });
      const keyOf = (output: number): string => tensorKey({ layer: each.layer, call: each.call, output });
      const outputs = worked.map((shape, output) => shape ?? saved.get(keyOf(output)));
      outputs.forEach((shape, output) => known.set(keyOf(output), shape));
      calls[each.layer][each.call] = { inputs: tensors, positional, named, outputs };
    }
    if (later.length === pending.length)
      throw unreadable('layers of it wait for one another, or for one that is not there');
    pending = later;
  }
  return described.map((layer, index) =>
    withCalls(
      layer,
      calls[index].filter((call) => call !== undefined),
    ),
  );
}

function resolved(argument: FileArgument, resolve: (history: FileHistory) => KerasTensor): KerasArgument {
  if (argument === undefined || argument === null || typeof argument !== 'object') return argument;
  if ('history' in argument) return { tensor: resolve(argument.history) };
  if ('arguments' in argument) return { list: argument.arguments.map((each) => resolved(each, resolve)) };
  return argument;
}
