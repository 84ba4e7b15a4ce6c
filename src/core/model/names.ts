import type { Graph, Tensor } from './model';
import { isConstant } from './model';

/** Longest name shown: with the side bars open some 75 columns are visible. */
const longestName = 24;

/**
 * Parts of a path that name the TensorFlow operation and not the layer: operations begin with a capital, Keras layers
 * do not.
 */
const operationPart =
  /^(Relu6?|Elu|Selu|Sigmoid|Tanh|Softmax|BiasAdd|Conv[12]D|MatMul|Mul|Add|AddV2|FusedBatchNorm(V\d)?|Reshape|Mean|MaxPool|AvgPool|ExpandDims|Squeeze|ReadVariableOp|Identity|resource|depthwise|separable_conv2d|batchnorm)(_?\d+)?$/;

/**
 * Layers that a converter folds into the layer before them: such a part names the line only when nothing better does.
 */
const foldedLayer = /^(activation|batch_?norm(alization)?|bn|re_?lu|relu6?|dropout|bias_?add)(_?\d+)*$/i;

/**
 * A short name for each tensor of a graph, unique in it, stable against changes elsewhere: `conv2d_3` for
 * `model/activation_3/Relu;model/batch_norm/FusedBatchNormV3;model/conv2d_3/BiasAdd`. Names that collide get `~2`, `~3`
 * … in file order; activations choose before constants, which are rarely shown by name.
 */
export function shortNames(graph: Graph): readonly string[] {
  const known = named.get(graph);
  if (known !== undefined) return known;
  const names = nameTensors(graph);
  named.set(graph, names);
  return names;
}

/** An estimate, a listing and rules ask for the names of one graph. */
const named = new WeakMap<Graph, readonly string[]>();

function nameTensors(graph: Graph): readonly string[] {
  const seen = new Map<string, number>();
  const names = new Array<string>(graph.tensors.length).fill('');
  const [constants, activations] = [
    graph.tensors.filter(isConstant),
    graph.tensors.filter((tensor) => !isConstant(tensor)),
  ];
  for (const tensor of [...activations, ...constants]) {
    const name = shortName(tensor);
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    names[tensor.index] = count === 1 ? name : `${name}~${count}`;
  }
  return names;
}

function shortName(tensor: Tensor): string {
  const layers = tensor.name
    .split(';')
    .map(layerOf)
    .filter((layer) => layer !== '');
  const best = layers.find((layer) => !foldedLayer.test(layer)) ?? layers.at(0) ?? `t${tensor.index}`;
  return shorten(best.replace(/[\s,()]+/g, '_'));
}

/** The layer in a path such as `model/conv2d_3/BiasAdd/ReadVariableOp`: the last part that is no operation. */
function layerOf(path: string): string {
  const parts = path
    .trim()
    .replace(/:\d+$/, '')
    .split('/')
    .filter((part) => part !== '');
  const named = parts.filter((part) => !operationPart.test(part));
  return named.at(-1) ?? parts.at(-1) ?? '';
}

function shorten(name: string): string {
  if (name.length <= longestName) return name;
  return `${name.slice(0, 11)}…${name.slice(-12)}`;
}
