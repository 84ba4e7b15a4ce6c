import { builtinOperators } from '../../src/core/formats/tflite/schema/builtinOperators';
import { bitsPerElement, type DataType } from '../../src/core/model/dataType';
import type { Graph, Model, Operator, Quantization, Tensor } from '../../src/core/model/model';
import { graph, operator, options, tensor } from '../support/build';
import { hostileNames, hostileNumbers, type Chance } from './chance';

const dataTypes = Object.keys(bitsPerElement) as readonly DataType[];
const hostileScales = [0, 1, -1, NaN, Infinity, 1e-38, 1e38, 0.1];

/** One change of a model's structure, which adds some operators at most. */
type Edit = (model: Model, chance: Chance, mostAdded: number) => Model;

type TensorEdit = (tensor: Tensor, chance: Chance) => Tensor;
type OperatorEdit = (operator: Operator, chance: Chance, graph: Graph) => Operator;

const tensorEdits: readonly TensorEdit[] = [
  (each, chance) => withAxis(each, chance, chance.pick(hostileNumbers)),
  (each, chance) => withAxis(each, chance, 1 + chance.below(9)),
  (each) => ({ ...each, shape: each.shape.slice(1) }),
  (each, chance) => ({ ...each, shape: [...each.shape, chance.pick(hostileNumbers)] }),
  (each) => ({ ...each, shape: [] }),
  (each, chance) => ({ ...each, type: chance.pick(dataTypes) }),
  (each, chance) => ({ ...each, type: chance.pick(['int8', 'int16', 'float32', 'int32'] as const) }),
  (each, chance) => ({ ...each, name: chance.pick(hostileNames) }),
  (each, chance) => ({ ...each, data: new Uint8Array(chance.below(40)) }),
  (each, chance) => ({ ...each, data: each.data?.map((byte) => (chance.is(0.3) ? chance.below(256) : byte)) }),
  (each) => ({ ...each, data: undefined }),
  (each) => ({ ...each, isVariable: !each.isVariable }),
  (each, chance) => ({ ...each, shapeSignature: each.shape.map((size) => (chance.is(0.5) ? -1 : size)) }),
  (each, chance) => ({ ...each, quantization: quantization(each.quantization, chance) }),
];

const operatorEdits: readonly OperatorEdit[] = [
  (each, chance, { tensors }) => ({
    ...each,
    inputs: changed(each.inputs, chance, chance.below(tensors.length + 1) - 1),
  }),
  (each, chance, { tensors }) => ({ ...each, outputs: changed(each.outputs, chance, chance.below(tensors.length)) }),
  (each) => ({ ...each, inputs: [...each.outputs, ...each.inputs.slice(1)] }),
  (each) => ({ ...each, outputs: [...each.inputs.filter((index) => index >= 0)] }),
  (each) => ({ ...each, inputs: [] }),
  (each) => ({ ...each, outputs: [] }),
  (each) => ({ ...each, inputs: each.inputs.slice(0, -1) }),
  (each, chance) => ({ ...each, inputs: Array.from({ length: chance.below(200) }, () => each.inputs[0] ?? -1) }),
  (each, chance) => ({ ...each, kind: chance.pick(builtinOperators) }),
  (each, chance) => ({ ...each, kind: 'CUSTOM', customCode: chance.pick(hostileNames) }),
  (each, chance) => ({ ...each, version: chance.pick(hostileNumbers.filter((number) => number > 0)) }),
  (each, chance) => ({ ...each, intermediates: each.inputs.slice(0, chance.below(3)) }),
  (each) => ({ ...each, options: undefined }),
  (each, chance) => withOption(each, chance, chance.pick(hostileNumbers)),
  (each, chance) => withOption(each, chance, chance.below(4)),
];

const graphEdits: readonly ((graph: Graph, chance: Chance, mostAdded: number) => Graph)[] = [
  (each, chance) => ({ ...each, inputs: changed(each.inputs, chance, chance.below(each.tensors.length)) }),
  (each, chance) => ({ ...each, outputs: changed(each.outputs, chance, chance.below(each.tensors.length)) }),
  (each) => ({ ...each, inputs: [] }),
  (each) => ({ ...each, outputs: [] }),
  (each) => ({ ...each, operators: [...each.operators].reverse() }),
  (each) => ({ ...each, operators: each.operators.slice(1) }),
  (each, chance, most) => ({
    ...each,
    operators: repeated(each.operators, 1 + chance.below(Math.ceil(most / 2))),
  }),
  (each, chance) => ({ ...each, name: chance.pick(hostileNames) }),
  (each, chance, most) => chained(each, 2 + chance.below(most)),
];

/** What readers look for, and what they do not. */
const metadataNames = [...hostileNames, 'OfflineMemoryAllocation', 'TFLITE_METADATA', 'min_runtime_version'];

/** A version, a graph, a count, then offsets: as a plan of the arena, or not. */
function metadataBytes(chance: Chance): Uint8Array {
  const words = Array.from({ length: 3 + chance.below(20) }, () => chance.pick([0, 1, 16, -1, ...hostileNumbers]));
  return new Uint8Array(Int32Array.from([1, 0, words.length - 3, ...words.slice(3)]).buffer).slice(chance.below(4));
}

const edits: readonly (readonly [string, number, Edit])[] = [
  ['tensor', 8, (each, chance) => onGraph(each, chance, (graph) => onTensor(graph, chance))],
  ['operator', 6, (each, chance) => onGraph(each, chance, (graph) => onOperator(graph, chance))],
  ['graph', 3, (each, chance, most) => onGraph(each, chance, (graph) => chance.pick(graphEdits)(graph, chance, most))],
  ['nested', 1, (each, chance, most) => nested(each, chance, most)],
  [
    'more graphs',
    1,
    (each, chance, most) => ({ ...each, graphs: repeated(each.graphs, 1 + chance.below(Math.ceil(most / 6))) }),
  ],
  [
    'metadata',
    1,
    (each, chance) => ({ ...each, metadata: [{ name: chance.pick(metadataNames), data: metadataBytes(chance) }] }),
  ],
];
const weighted = edits.flatMap((edit) => Array.from({ length: edit[1] }, () => edit));

/** One change by chance, renumbered so that the writer takes it. */
export function edited(
  model: Model,
  chance: Chance,
  mostAdded: number,
): { readonly model: Model; readonly what: string } {
  const [what, , edit] = chance.pick(weighted);
  return { model: renumbered(edit(model, chance, mostAdded)), what };
}

function renumbered(model: Model): Model {
  return {
    ...model,
    graphs: model.graphs.map((each, index) => ({
      ...each,
      index,
      tensors: each.tensors.map((entry, position) => ({ ...entry, index: position })),
      operators: each.operators.map((entry, position) => ({ ...entry, index: position })),
    })),
  };
}

function onGraph(model: Model, chance: Chance, edit: (graph: Graph) => Graph): Model {
  const at = chance.below(model.graphs.length);
  return { ...model, graphs: model.graphs.map((each, index) => (index === at ? edit(each) : each)) };
}

function onTensor(graph: Graph, chance: Chance): Graph {
  const at = chance.below(graph.tensors.length);
  const edit = chance.pick(tensorEdits);
  return { ...graph, tensors: graph.tensors.map((each, index) => (index === at ? edit(each, chance) : each)) };
}

function onOperator(graph: Graph, chance: Chance): Graph {
  const at = chance.below(graph.operators.length);
  const edit = chance.pick(operatorEdits);
  return {
    ...graph,
    operators: graph.operators.map((each, index) => (index === at ? edit(each, chance, graph) : each)),
  };
}

function withAxis(each: Tensor, chance: Chance, size: number): Tensor {
  const axis = chance.below(each.shape.length);
  return { ...each, shape: each.shape.map((length, index) => (index === axis ? size : length)) };
}

function changed(list: readonly number[], chance: Chance, value: number): readonly number[] {
  const at = chance.below(list.length + 1);
  return at === list.length ? [...list, value] : list.map((each, index) => (index === at ? value : each));
}

function quantization(before: Quantization | undefined, chance: Chance): Quantization | undefined {
  if (chance.is(0.1)) return undefined;
  const count = chance.pick([0, 1, 1, before?.scales.length ?? 1, 3, 500]);
  const scale = chance.pick(hostileScales);
  return {
    scales: Array.from({ length: count }, () => scale),
    zeroPoints: Array.from({ length: chance.is(0.8) ? count : chance.below(3) }, () => chance.pick(hostileNumbers)),
    axis: chance.is(0.5) ? chance.below(4) : chance.pick(hostileNumbers),
  };
}

function withOption(each: Operator, chance: Chance, value: number): Operator {
  if (each.options === undefined) return each;
  const names = Object.keys(each.options.values).filter((name) => typeof each.options?.values[name] === 'number');
  const name = chance.pick(names);
  return { ...each, options: { ...each.options, values: { ...each.options.values, [name]: value } } };
}

/** Many of the same, as long as they are still few bytes. */
function repeated<Each>(list: readonly Each[], times: number): readonly Each[] {
  return Array.from({ length: times }, () => list)
    .flat()
    .slice(0, 600);
}

/** A long chain of operators behind the last output. */
function chained(each: Graph, count: number): Graph {
  const last = each.tensors[each.outputs[0] ?? 0];
  const first = each.tensors.length;
  const added = Array.from({ length: count }, (_none, index) => ({ ...last, name: `c${index}`, data: undefined }));
  const links = added.map((_none, index) =>
    operator('ABS', [index === 0 ? last.index : first + index - 1], [first + index]),
  );
  return {
    ...each,
    tensors: [...each.tensors, ...added],
    operators: [...each.operators, ...links],
    outputs: [first + count - 1],
  };
}

/** Branches or loops that call the next graph twice: twice as many runs with each. */
function nested(each: Model, chance: Chance, mostAdded: number): Model {
  const [first, depth, isLoop] = [each.graphs.length, 2 + chance.below(Math.ceil(mostAdded / 3)), chance.is(0.4)];
  const calls = (to: number): Operator =>
    isLoop
      ? operator('WHILE', [0], [1], {
          options: options('WhileOptions', { condSubgraphIndex: to, bodySubgraphIndex: to }),
        })
      : operator('IF', [0, 0], [1], {
          options: options('IfOptions', { thenSubgraphIndex: to, elseSubgraphIndex: to }),
        });
  const levels = Array.from({ length: depth }, (_none, level) =>
    graph(
      [tensor('in', 'bool', [1]), tensor('out', 'bool', [1])],
      level + 1 < depth ? [calls(first + level + 1)] : [operator('LOGICAL_NOT', [0], [1])],
      { inputs: [0], outputs: [1], name: `level ${level}` },
    ),
  );
  const [main, ...others] = each.graphs;
  const extra = [tensor('which', 'bool', [1]), tensor('nested', 'bool', [1])];
  const at = main.tensors.length;
  const call = { ...calls(first), inputs: isLoop ? [at] : [at, at], outputs: [at + 1] };
  const called = { ...main, tensors: [...main.tensors, ...extra], operators: [...main.operators, call] };
  return { ...each, graphs: [{ ...called, inputs: [...main.inputs, at] }, ...others, ...levels] };
}
