import type { OnnxGraph, OnnxNode } from './onnxModel';

type Attributes = OnnxNode['attributes'];

/**
 * Nodes of integers (ONNX's QLinear… and ONNX Runtime's) as the same nodes of real numbers between DequantizeLinear and
 * QuantizeLinear, which are lowered together to the kernels of integers.
 */
export function expanded({ nodes, constants }: Pick<OnnxGraph, 'nodes' | 'constants'>): readonly OnnxNode[] {
  const plain = nodes.some(({ kind }) => integerKinds.has(kind) || plainNames.has(kind))
    ? nodes.flatMap((node) => {
        const name = plainNames.get(node.kind);
        if (name !== undefined) return [{ ...node, kind: name }];
        return integerKinds.get(node.kind)?.(new Parts(node)) ?? [node];
      })
    : nodes;
  return plain.some(({ kind, inputs }) => kind === 'Gather' && isBytes(constants, inputs[0]))
    ? withMeaning(plain, constants)
    : plain;
}

function isBytes(constants: OnnxGraph['constants'], name: string): boolean {
  const type = constants.get(name)?.type;
  return type === 'int8' || type === 'uint8';
}

/** Kinds that only move what they read first. */
const movingKinds: ReadonlySet<string> = new Set([
  ...['Gather', 'Transpose', 'Reshape', 'Flatten', 'Squeeze', 'Unsqueeze', 'Slice', 'Identity'],
]);

/**
 * A table of integers from which rows are picked says what they mean only where they are dequantized, some nodes later:
 * it gets the same meaning where it is read.
 */
function withMeaning(nodes: readonly OnnxNode[], constants: OnnxGraph['constants']): readonly OnnxNode[] {
  const readers = new Map<string, OnnxNode>();
  for (const node of nodes) if (!readers.has(node.inputs[0])) readers.set(node.inputs[0], node);
  return nodes.flatMap((node) => {
    if (node.kind !== 'Gather' || !isBytes(constants, node.inputs[0])) return [node];
    let reader = readers.get(node.outputs[0]);
    for (let steps = 0; reader !== undefined && movingKinds.has(reader.kind) && steps < nodes.length; steps++)
      reader = readers.get(reader.outputs[0]);
    if (reader?.kind !== 'DequantizeLinear') return [node];
    const [[table, ...indices], [, scale, zero]] = [node.inputs, reader.inputs];
    const meaning = zero === undefined ? [scale] : [scale, zero];
    const parts = new Parts(node);
    const real = parts.add('DequantizeLinear', [table, ...meaning], 'table');
    const picked = parts.add('Gather', [real, ...indices], 'rows', node.attributes);
    return parts.quantized(picked, scale, zero ?? '');
  });
}

const microsoft = 'com.microsoft';

/** Kinds of ONNX Runtime that ONNX has had later, or that are the same but for types. */
const plainNames: ReadonlyMap<string, string> = new Map([
  [`${microsoft}.QuantizeLinear`, 'QuantizeLinear'],
  [`${microsoft}.DequantizeLinear`, 'DequantizeLinear'],
  [`${microsoft}.Gelu`, 'Gelu'],
]);

/** A tensor of integers with what they mean: names of the values. */
interface Scaled {
  readonly name: string;
  readonly scale: string;
  readonly zero: string;
}

/** Collects the nodes that stand for one. */
class Parts {
  readonly #nodes: OnnxNode[] = [];

  constructor(readonly node: OnnxNode) {}

  input(at: number): string {
    return this.node.inputs[at] ?? '';
  }

  /** Name, scale and zero point that follow each other among the inputs. */
  scaled(at: number): Scaled {
    return { name: this.input(at), scale: this.input(at + 1), zero: this.input(at + 2) };
  }

  add(kind: string, inputs: readonly string[], suffix: string, attributes: Attributes = new Map()): string {
    const name = `${this.node.outputs[0]}/${suffix}`;
    this.#nodes.push({ name: this.node.name, kind, inputs, outputs: [name], attributes });
    return name;
  }

  real({ name, scale, zero }: Scaled, suffix: string, axis?: number): string {
    return this.add(
      'DequantizeLinear',
      [name, scale, zero],
      suffix,
      new Map(axis === undefined ? [] : [['axis', axis]]),
    );
  }

  /** A bias of integers, whose steps are those of the products. */
  bias(at: number, [left, right]: readonly [Scaled, Scaled]): string {
    if (this.input(at) === '') return '';
    const scale = this.add('Mul', [left.scale, right.scale], 'bias_scale');
    return this.add('DequantizeLinear', [this.input(at), scale], 'bias', new Map([['axis', 0]]));
  }

  /** All nodes, with the result as integers again. */
  quantized(real: string, scale: string, zero: string): readonly OnnxNode[] {
    const { name, outputs } = this.node;
    return [
      ...this.#nodes,
      { name, kind: 'QuantizeLinear', inputs: [real, scale, zero], outputs: [outputs[0]], attributes: new Map() },
    ];
  }

  /** Without attributes that the plain node has another meaning for. */
  attributes(...but: readonly string[]): Attributes {
    return new Map([...this.node.attributes].filter(([name]) => !but.includes(name)));
  }
}

type Expansion = (parts: Parts) => readonly OnnxNode[];

/** One input, and the scale of the result behind it. */
function unary(kind: string): Expansion {
  return (parts) => {
    const real = parts.add(
      kind,
      [parts.real(parts.scaled(0), 'x')],
      'real',
      parts.attributes('opset', 'channels_last'),
    );
    return parts.quantized(real, parts.input(3), parts.input(4));
  };
}

function binary(kind: string): Expansion {
  return (parts) => {
    const real = parts.add(kind, [parts.real(parts.scaled(0), 'a'), parts.real(parts.scaled(3), 'b')], 'real');
    return parts.quantized(real, parts.input(6), parts.input(7));
  };
}

function convolution(parts: Parts): readonly OnnxNode[] {
  const [x, w] = [parts.scaled(0), parts.scaled(3)];
  const inputs = [parts.real(x, 'x'), parts.real(w, 'w', 0), parts.bias(8, [x, w])];
  const real = parts.add('Conv', inputs.slice(0, inputs[2] === '' ? 2 : 3), 'real', parts.attributes());
  return parts.quantized(real, parts.input(6), parts.input(7));
}

function product(parts: Parts): readonly OnnxNode[] {
  const real = parts.add('MatMul', [parts.real(parts.scaled(0), 'a'), parts.real(parts.scaled(3), 'b', 1)], 'real');
  return parts.quantized(real, parts.input(6), parts.input(7));
}

function gemm(parts: Parts): readonly OnnxNode[] {
  const [a, b] = [parts.scaled(0), parts.scaled(3)];
  const axis = parts.node.attributes.get('transB') === 1 ? 0 : 1;
  const bias = parts.bias(6, [a, b]);
  const inputs = [parts.real(a, 'a'), parts.real(b, 'b', axis), ...(bias === '' ? [] : [bias])];
  return parts.quantized(parts.add('Gemm', inputs, 'real', parts.attributes()), parts.input(7), parts.input(8));
}

function concat(parts: Parts): readonly OnnxNode[] {
  const count = Math.floor((parts.node.inputs.length - 2) / 3);
  const inputs = Array.from({ length: count }, (_, at) => parts.real(parts.scaled(2 + 3 * at), `part${at}`));
  return parts.quantized(parts.add('Concat', inputs, 'real', parts.attributes()), parts.input(0), parts.input(1));
}

/** Channels last are what TFLite has, and what no kind of ONNX has. */
function channelsFirst(expansion: Expansion): Expansion {
  return (parts) => (parts.node.attributes.get('channels_last') === 1 ? [parts.node] : expansion(parts));
}

const integerKinds: ReadonlyMap<string, Expansion> = new Map<string, Expansion>([
  ['QLinearConv', convolution],
  ['QLinearMatMul', product],
  [`${microsoft}.QLinearConv`, channelsFirst(convolution)],
  [`${microsoft}.QGemm`, gemm],
  [`${microsoft}.QLinearAdd`, binary('Add')],
  [`${microsoft}.QLinearMul`, binary('Mul')],
  [`${microsoft}.QLinearConcat`, concat],
  [`${microsoft}.QLinearSigmoid`, unary('Sigmoid')],
  [`${microsoft}.QLinearLeakyRelu`, unary('LeakyRelu')],
  [`${microsoft}.QLinearSoftmax`, unary('Softmax')],
  [`${microsoft}.QLinearAveragePool`, channelsFirst(unary('AveragePool'))],
  [`${microsoft}.QLinearGlobalAveragePool`, channelsFirst(unary('GlobalAveragePool'))],
  [`${microsoft}.QLinearReduceMean`, unary('ReduceMean')],
]);
