import { elementCount } from '../model/dataType';
import { decode, encode } from '../model/values/stored';
import { hasPorts, listOf, numberOf, textOf, textsOf } from './nodes';
import type { AttributeValue, OnnxModel, OnnxNode, OnnxTensor } from './onnxModel';

/** Where ONNX keeps what scikit-learn and others export. */
export const learnedDomain = 'ai.onnx.ml';

/** Collects the nodes that stand for one. */
class Writer {
  readonly nodes: OnnxNode[] = [];

  constructor(
    readonly node: OnnxNode,
    readonly model: LearnedModel,
  ) {}

  /** The result of a node; the output of the whole where it is named so. */
  add(
    kind: string,
    inputs: readonly string[],
    { attributes = {}, output }: { readonly attributes?: Attributes; readonly output?: string } = {},
  ): string {
    const { name, outputs } = this.node;
    const made = output ?? `${outputs.find((each) => each !== '') ?? name}/${kind}${this.nodes.length}`;
    this.nodes.push({ name, kind, inputs, outputs: [made], attributes: new Map(Object.entries(attributes)) });
    return made;
  }

  numbers(values: ArrayLike<number>, shape: readonly number[] = [values.length]): string {
    return this.#constant('float32', values, shape);
  }

  integers(values: readonly number[]): string {
    return this.#constant('int64', values, [values.length]);
  }

  #constant(type: 'float32' | 'int64', values: ArrayLike<number>, shape: readonly number[]): string {
    const value: OnnxTensor = { name: '', type, shape, data: encode(type, values)! };
    return this.add('Constant', [], { attributes: { value } });
  }
}

type Attributes = Readonly<Record<string, AttributeValue>>;

/** What is known of the whole file while its nodes are said in others. */
interface LearnedModel extends Pick<OnnxModel, 'constants'> {
  readonly makers: ReadonlyMap<string, OnnxNode>;
}

/** The nodes of ONNX that compute the same; `undefined` where there are none. */
type Saying = (writer: Writer) => readonly OnnxNode[] | undefined;

/** In steps of numbers, one for each feature or one for all. */
function scaler(writer: Writer): readonly OnnxNode[] {
  const { node } = writer;
  const [offset, scale] = [listOf(node, 'offset') ?? [0], listOf(node, 'scale') ?? [1]];
  const moved = offset.every((value) => value === 0)
    ? node.inputs[0]
    : writer.add('Sub', [node.inputs[0], writer.numbers(offset)]);
  writer.add('Mul', [moved, writer.numbers(scale)], { output: node.outputs[0] });
  return writer.nodes;
}

/** Each row by its norm; a row of zeros stays. Behind a softmax, whose sums are one, there is nothing to do. */
function normalizer(writer: Writer): readonly OnnxNode[] | undefined {
  const { node, model } = writer;
  const [[name], norm] = [node.inputs, textOf(node, 'norm', 'MAX')];
  const kind = new Map([
    ['MAX', 'ReduceMax'],
    ['L1', 'ReduceL1'],
    ['L2', 'ReduceL2'],
  ]).get(norm);
  if (kind === undefined) return undefined;
  const maker = model.makers.get(name);
  const isShare =
    maker?.kind === `${learnedDomain}.LinearClassifier` && textOf(maker, 'post_transform', '') === 'SOFTMAX';
  if (isShare && norm === 'L1') writer.add('Identity', [name], { output: node.outputs[0] });
  else {
    const length = writer.add(kind, [name], { attributes: { axes: [-1], keepdims: 1 } });
    const held = norm === 'MAX' ? length : writer.add('Max', [length, writer.numbers([1e-30])]);
    writer.add('Div', [name, held], { output: node.outputs[0] });
  }
  return writer.nodes;
}

/** Rows of weights, one for each number that is given, and what is added to these. */
function affine(writer: Writer, rows: readonly number[], added: readonly number[], output?: string): string {
  const matrix = writer.numbers(rows, [added.length, rows.length / added.length]);
  return writer.add('Gemm', [writer.node.inputs[0], matrix, writer.numbers(added)], {
    attributes: { transB: 1 },
    ...(output !== undefined && { output }),
  });
}

function regressor(writer: Writer): readonly OnnxNode[] | undefined {
  const { node } = writer;
  const [rows, targets] = [listOf(node, 'coefficients') ?? [], numberOf(node, 'targets', 1)];
  const added = listOf(node, 'intercepts') ?? Array<number>(Math.min(targets, rows.length)).fill(0);
  const isFine = textOf(node, 'post_transform', 'NONE') === 'NONE' && added.length === targets && fits(rows, added);
  if (!isFine) return undefined;
  affine(writer, rows, added, node.outputs[0]);
  return writer.nodes;
}

function fits(rows: readonly number[], added: readonly number[]): boolean {
  return rows.length > 0 && added.length > 0 && rows.length % added.length === 0;
}

/** Scores of classes, and the label of the largest. */
function classifier(writer: Writer): readonly OnnxNode[] | undefined {
  const { node } = writer;
  const [given, own] = [listOf(node, 'coefficients') ?? [], listOf(node, 'intercepts') ?? []];
  const change = textOf(node, 'post_transform', 'NONE');
  const labels = listOf(node, 'classlabels_ints');
  const count = labels?.length ?? textsOf(node, 'classlabels_strings')?.length ?? 0;
  // One row is the second of two classes, whose score is that of the first with the other sign.
  const isOne = own.length === 1 && count === 2 && change === 'LOGISTIC';
  const [rows, added] = isOne
    ? [
        [...given.map((value) => -value), ...given],
        [-own[0], own[0]],
      ]
    : [given, own];
  const kind = new Map([
    ['NONE', 'Identity'],
    ['LOGISTIC', 'Sigmoid'],
    ['SOFTMAX', 'Softmax'],
  ]).get(change);
  if (kind === undefined || added.length !== count || !fits(rows, added)) return undefined;
  const scores = affine(writer, rows, added);
  const [label = '', shares = ''] = node.outputs;
  if (label !== '' && labels !== undefined) {
    const place = writer.add('ArgMax', [scores], { attributes: { axis: 1, keepdims: 0 } });
    named(writer, { place, labels, output: label });
  }
  if (shares !== '') {
    writer.add(kind, [scores], { attributes: kind === 'Softmax' ? { axis: 1 } : {}, output: shares });
  }
  return writer.nodes;
}

/** The label at a place; TFLM picks from floats alone. */
function named(
  writer: Writer,
  { place, labels, output }: { readonly place: string; readonly labels: readonly number[]; readonly output: string },
): void {
  const isPlace = labels.every((label, at) => label === at);
  const found = isPlace ? place : writer.add('Gather', [writer.numbers(labels), place], { attributes: { axis: 0 } });
  writer.add('Cast', [found], { attributes: { to: int64 }, output });
}

/** Numbers of types in ONNX. */
const [float32, int64] = [1, 7];

function extractor(writer: Writer): readonly OnnxNode[] | undefined {
  const { node, model } = writer;
  const [name, places] = node.inputs;
  const table = model.constants.get(name);
  if (table === undefined) {
    const list = writer.add('Reshape', [places, writer.integers([-1])]);
    writer.add('Gather', [name, list], { attributes: { axis: -1 }, output: node.outputs[0] });
    return writer.nodes;
  }
  const labels = decode(table.type, table.data, elementCount(table.shape));
  if (labels === undefined) return undefined;
  const place = writer.add('Reshape', [places, writer.integers([1, -1])]);
  named(writer, { place, labels: [...labels], output: node.outputs[0] });
  return writer.nodes;
}

function binarizer(writer: Writer): readonly OnnxNode[] {
  const { node } = writer;
  const above = writer.add('Greater', [node.inputs[0], writer.numbers([numberOf(node, 'threshold', 0)], [])]);
  writer.add('Cast', [above], { attributes: { to: float32 }, output: node.outputs[0] });
  return writer.nodes;
}

function imputer(writer: Writer): readonly OnnxNode[] | undefined {
  const { node } = writer;
  const [values, replaced] = [listOf(node, 'imputed_value_floats'), numberOf(node, 'replaced_value_float', NaN)];
  if (values === undefined) return undefined;
  const [name] = node.inputs;
  const isGone = Number.isNaN(replaced)
    ? writer.add('IsNaN', [name])
    : writer.add('Equal', [name, writer.numbers([replaced], [])]);
  writer.add('Where', [isGone, writer.numbers(values), name], { output: node.outputs[0] });
  return writer.nodes;
}

/** The same inputs and output by another name. */
function handed(writer: Writer, kind: string, attributes: Attributes = {}): readonly OnnxNode[] {
  writer.add(kind, writer.node.inputs, { attributes, output: writer.node.outputs[0] });
  return writer.nodes;
}

const sayings: ReadonlyMap<string, Saying> = new Map<string, Saying>(
  (
    [
      ['Scaler', scaler],
      ['Normalizer', normalizer],
      ['LinearRegressor', regressor],
      ['LinearClassifier', classifier],
      ['ArrayFeatureExtractor', extractor],
      ['Binarizer', binarizer],
      ['Imputer', imputer],
      // Names of classes are for who reads the outputs; the numbers are the same.
      ['ZipMap', (writer) => handed(writer, 'Identity')],
      ['FeatureVectorizer', (writer) => handed(writer, 'Concat', { axis: 1 })],
    ] as readonly (readonly [string, Saying])[]
  ).map(([kind, saying]) => [`${learnedDomain}.${kind}`, saying]),
);

/** Kinds that hand on what they read: texts, where that is what comes in. */
const handingOn: ReadonlySet<string> = new Set([
  ...['Identity', 'Reshape', 'Squeeze', 'Unsqueeze', 'Cast', 'Flatten', `${learnedDomain}.ArrayFeatureExtractor`],
]);

interface Said {
  readonly nodes: readonly OnnxNode[];
  readonly outputs: readonly string[];
  /** Outputs that are texts, which TFLite Micro has none of. */
  readonly leftOut: readonly string[];
}

/** What other tools than those of networks export, said in nodes of ONNX itself; outputs of texts are left out. */
export function saidPlainly({ nodes, constants, outputs, texts }: OnnxModel): Said {
  const isOther = texts.size > 0 || nodes.some(({ kind }) => kind.startsWith(learnedDomain));
  if (!isOther) return { nodes, outputs, leftOut: [] };
  const isText = new Set(texts);
  const makers = new Map(nodes.flatMap((node) => node.outputs.map((output) => [output, node] as const)));
  const plain = nodes.flatMap((node) => {
    if (handingOn.has(node.kind) && isText.has(node.inputs[0])) {
      isText.add(node.outputs[0]);
      return [];
    }
    if (textsOf(node, 'classlabels_strings') !== undefined && !node.kind.endsWith('ZipMap'))
      isText.add(node.outputs[0]);
    const saying = hasPorts(node) ? sayings.get(node.kind) : undefined;
    return saying?.(new Writer(node, { constants, makers })) ?? [node];
  });
  const leftOut = outputs.filter((name) => isText.has(name));
  return { nodes: plain, outputs: outputs.filter((name) => !isText.has(name)), leftOut };
}
