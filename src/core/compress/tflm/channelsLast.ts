import type { Graph, Model, Operator, Tensor } from '../../model/model';
import { integerValues } from '../../model/values/stored';
import { redraw } from '../rewrite/redraw';
import { GraphView, type NewOperator } from './graphView';
import { reshaped } from './newOperators';
import { reshaping } from './reshaping';

/** How inputs and outputs lie that the file has with their channels before the places: turned, or as in the file. */
export type EdgeLayout = 'nhwc' | 'file';

/** A tensor on the way to one of the graph, with the axis of that which each of its dimensions is; none for ones. */
interface Followed {
  readonly tensor: number;
  readonly axes: readonly (number | undefined)[];
}

/**
 * A model as compressions begin with it: pictures of an ONNX file have their channels last, as cameras and TFLite do,
 * unless asked otherwise.
 */
export function laidOut(model: Model, layout: EdgeLayout = 'nhwc'): Model {
  return model.format === 'onnx' && layout === 'nhwc' ? withChannelsLast(model) : model;
}

/**
 * The model with the channels last of the inputs and outputs that are turned right behind the edge, or before it: what
 * turns them is gone. Values are the same in another order. Tensors that are turned know the shape that the file has.
 */
function withChannelsLast(model: Model): Model {
  const [graph] = model.graphs;
  if (graph === undefined || model.graphs.length > 1) return model;
  const view = new GraphView(graph);
  const inputs = [...new Set(graph.inputs)].filter((tensor) => turnInput(view, tensor));
  const outputs = [...new Set(graph.outputs)].filter((tensor) => turnOutput(view, tensor));
  return inputs.length + outputs.length === 0 ? model : redraw(model, view.draft);
}

/** Which layout every input and output of pictures and sequences has, as complete sentences. */
export function layoutSentences({ tensors, inputs, outputs }: Graph): readonly string[] {
  const isSeveral = inputs.length > 1 || outputs.length > 1;
  const sentence = (kind: string) => (index: number) => {
    const { name, shape, fileShape } = tensors[index];
    if (shape.length !== 3 && shape.length !== 4) return [];
    const what = isSeveral ? `${kind} "${name}"` : kind;
    return fileShape === undefined
      ? [`${what}: ${shapeText(shape)}, in the order of the file.`]
      : [`${what}: ${shapeText(shape)}, channels last; the file has ${shapeText(fileShape)}, channels first.`];
  };
  return [...inputs.flatMap(sentence('Input')), ...outputs.flatMap(sentence('Output'))];
}

/** A shape for people. */
function shapeText(shape: readonly number[]): string {
  return shape.join('×');
}

/** Channels behind the places: 0, 2, 3, 1 of a picture, 0, 2, 1 of a sequence; `undefined` for anything else. */
function channelsLastOrder(rank: number): readonly number[] | undefined {
  return rank === 3 || rank === 4 ? [0, ...Array.from({ length: rank - 2 }, (_, at) => at + 2), 1] : undefined;
}

/** A tensor of the edge, and how it would lie with its channels last. */
interface Edge {
  readonly tensor: Tensor;
  readonly shape: readonly number[];
  /** Its axes that have more than one place, as they would follow in memory. */
  readonly order: readonly number[];
}

function edgeOf(view: GraphView, index: number): Edge | undefined {
  const tensor = view.tensor(index);
  const order = tensor && channelsLastOrder(tensor.shape.length);
  if (tensor === undefined || order === undefined || tensor.fileShape !== undefined) return undefined;
  const shape = order.map((axis) => tensor.shape[axis]);
  if (same(shape, tensor.shape)) return undefined;
  const isLong = (axis: number): boolean => tensor.shape[axis] > 1;
  return { tensor, shape, order: order.filter(isLong) };
}

function start({ tensor: { index, shape } }: Edge): Followed {
  return { tensor: index, axes: shape.map((size, axis) => (size === 1 ? undefined : axis)) };
}

/** True where the channels are last: turned on the way, or in the very shape. */
function isTurned(
  view: GraphView,
  { order, shape }: Edge,
  { tensor, axes, chain }: Followed & { readonly chain: readonly Operator[] },
): boolean {
  const found = axes.filter((axis) => axis !== undefined);
  if (chain.length === 0 || !same(found, order)) return false;
  return chain.some(({ kind }) => kind === 'TRANSPOSE') || same(view.tensor(tensor)!.shape, shape);
}

/** Nothing that stands at an edge is longer. */
const mostOperators = 8;

function turnInput(view: GraphView, index: number): boolean {
  const edge = edgeOf(view, index);
  if (edge === undefined || view.isOutput(index)) return false;
  const chain: Operator[] = [];
  let at = start(edge);
  while (!isTurned(view, edge, { ...at, chain })) {
    const next = view.onlyReader(at.tensor);
    const axes = next?.inputs[0] === at.tensor ? axesBehind(view, next, at.axes) : undefined;
    if (next === undefined || axes === undefined || chain.length === mostOperators) return false;
    chain.push(next);
    at = { tensor: next.outputs[0], axes };
  }
  if (view.isOutput(at.tensor)) return false;
  const { tensor, shape } = edge;
  view.set(index, { ...tensor, shape, shapeSignature: undefined, fileShape: tensor.shape });
  const { to, kept } = conversions(view, index, { chain, shape });
  const [end, reshapes] = shaped(view, to, view.tensor(at.tensor)!.shape);
  view.replace({ removed: chain, inserted: [...kept, ...reshapes], redirect: [at.tensor, end] });
  return true;
}

function turnOutput(view: GraphView, index: number): boolean {
  const edge = edgeOf(view, index);
  if (edge === undefined || view.readers(index).length > 0) return false;
  const chain: Operator[] = [];
  let at = start(edge);
  while (!isTurned(view, edge, { ...at, chain })) {
    const maker = view.producer(at.tensor);
    const axes = maker && axesBefore(view, maker, at.axes);
    const isAlone = chain.length === 0 || view.onlyReader(at.tensor) !== undefined;
    if (maker === undefined || axes === undefined || !isAlone || chain.length === mostOperators) return false;
    chain.unshift(maker);
    at = { tensor: maker.inputs[0], axes };
  }
  const isFree = view.producer(at.tensor) !== undefined && !view.isOutput(at.tensor);
  if (!isFree) return false;
  const { tensor, shape } = edge;
  const [begin, reshapes] = shaped(view, at.tensor, shape);
  const { to, kept } = conversions(view, begin, { chain, shape });
  view.replace({ removed: chain, inserted: [...reshapes, ...kept] });
  const given = view.tensor(to)!;
  // What is given out as it was computed has its own name.
  const name = to === at.tensor ? given.name : tensor.name;
  view.set(to, { ...given, name, fileShape: tensor.shape });
  view.draft.outputs = view.draft.outputs.map((each) => (each === index ? to : each));
  return true;
}

type Axes = Followed['axes'];

/** Which axis each dimension of an operator's result is; `undefined` where it does more than turn or convert. */
function axesBehind(view: GraphView, operator: Operator, axes: Axes): Axes | undefined {
  if (operator.kind === 'TRANSPOSE') return permutationOf(view, operator)?.map((from) => axes[from]);
  return axesThrough(view, operator, { axes, from: operator.inputs[0], to: operator.outputs[0] });
}

/** The same from an operator's result to what it reads. */
function axesBefore(view: GraphView, operator: Operator, axes: Axes): Axes | undefined {
  if (operator.kind !== 'TRANSPOSE')
    return axesThrough(view, operator, { axes, from: operator.outputs[0], to: operator.inputs[0] });
  const permutation = permutationOf(view, operator);
  return permutation?.map((_, dimension) => axes[permutation.indexOf(dimension)]);
}

function permutationOf(view: GraphView, { inputs }: Operator): readonly number[] | undefined {
  const list = view.tensor(inputs[1]);
  return list?.data && integerValues(list);
}

/** Through a conversion, or a reshape that only puts ones elsewhere. */
function axesThrough(
  view: GraphView,
  { kind }: Operator,
  { axes, from, to }: { readonly axes: Axes; readonly from: number; readonly to: number },
): Axes | undefined {
  if (converts.has(kind)) return axes;
  const [before, after] = [from, to].map((index) => view.tensor(index)!.shape);
  const isLong = (size: number): boolean => size !== 1;
  if (!reshaping.has(kind) || !same(before.filter(isLong), after.filter(isLong))) return undefined;
  const waiting = axes.filter((axis) => axis !== undefined);
  return after.map((size) => (isLong(size) ? waiting.shift() : undefined));
}

const converts: ReadonlySet<string> = new Set(['QUANTIZE', 'DEQUANTIZE']);

function same(left: readonly number[], right: readonly number[]): boolean {
  return left.length === right.length && left.every((each, index) => each === right[index]);
}

/** What stays of a chain from `from` on: conversions between floats and integers, in a shape. */
function conversions(
  view: GraphView,
  from: number,
  { chain, shape }: { readonly chain: readonly Operator[]; readonly shape: readonly number[] },
): { readonly to: number; readonly kept: readonly NewOperator[] } {
  let to = from;
  const kept = chain.flatMap((operator): readonly NewOperator[] => {
    if (!converts.has(operator.kind)) return [];
    const made = view.tensor(operator.outputs[0])!;
    const output = view.addLike(made, made.name, shape);
    const next = { ...operator, inputs: [to], outputs: [output] };
    to = output;
    return [next];
  });
  return { to, kept };
}

/** A tensor of the same values in a shape, with what makes it where it is another. */
function shaped(view: GraphView, from: number, shape: readonly number[]): readonly [number, readonly NewOperator[]] {
  if (same(view.tensor(from)!.shape, shape)) return [from, []];
  const [to, operator] = reshaped(view, from, shape);
  return [to, [operator]];
}
