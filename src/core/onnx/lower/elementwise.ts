import type { OptionValue, Quantization } from '../../model/model';
import { encode } from '../../model/values/stored';
import type { Content, LaidValue } from '../draft';
import { shapeOf } from '../layout';
import type { Lowering } from '../lowering';
import { numberOf, refused } from '../nodes';
import type { OnnxNode } from '../onnxModel';
import { requantized, takesAnyScale } from '../quantization';
import { clipRange, isSameQuantization, takeTail, type NodeTail } from '../tail';
import { NodeWriter } from './nodeWriter';
import { commonOf, operandIn } from './operands';
import { batchNormalization } from './weights';

/** An operator of one input and one output of the same shape. */
interface Unary {
  readonly kind: string;
  readonly table?: string;
  readonly values?: (node: OnnxNode) => Readonly<Record<string, OptionValue>>;
  /** What the kernel gives for integers, whatever is behind it. */
  readonly output?: Quantization;
  /** It has no kernel for integers. */
  readonly isFloatOnly?: boolean;
  readonly keepsScale?: boolean;
}

const sigmoidOutput: Quantization = { scales: [1 / 256], zeroPoints: [-128], axis: 0 };
const tanhOutput: Quantization = { scales: [1 / 128], zeroPoints: [0], axis: 0 };
const float = (kind: string, table?: string): Unary => ({ kind, table, isFloatOnly: true });

/** ONNX's names of operators that TFLM has as they are. */
export const unaries: ReadonlyMap<string, Unary> = new Map<string, Unary>([
  ['Relu', { kind: 'RELU' }],
  [
    'LeakyRelu',
    { kind: 'LEAKY_RELU', table: 'LeakyReluOptions', values: (node) => ({ alpha: numberOf(node, 'alpha', 0.01) }) },
  ],
  ['Sigmoid', { kind: 'LOGISTIC', output: sigmoidOutput }],
  ['Tanh', { kind: 'TANH', output: tanhOutput }],
  ['HardSwish', { kind: 'HARD_SWISH', table: 'HardSwishOptions' }],
  ['Exp', float('EXP', 'ExpOptions')],
  ['Log', float('LOG')],
  ['Sqrt', float('SQRT')],
  ['Neg', float('NEG', 'NegOptions')],
  ['Abs', float('ABS', 'AbsOptions')],
  ['Sin', float('SIN')],
  ['Cos', float('COS', 'CosOptions')],
  ['Floor', float('FLOOR')],
  ['Ceil', float('CEIL')],
  ['Round', float('ROUND')],
  ['Not', float('LOGICAL_NOT', 'LogicalNotOptions')],
]);

export function lowerUnary(node: OnnxNode, lowering: Lowering): void {
  const unary = unaries.get(node.kind)!;
  const [name] = node.inputs;
  const tail = takeTail(lowering, node, { reads: [name], isReady: unary.isFloatOnly !== true });
  const input = lowering.read(node, name, tail.isInteger);
  const own = lowering.draft.contentOf(input.tensor);
  const made: Content =
    tail.isInteger && unary.output ? { type: tail.content.type, quantization: unary.output } : tail.content;
  const content = tail.isInteger ? made : { type: own.type };
  finish(lowering, tail, { input, content, operator: { ...unary, values: unary.values?.(node) } });
}

/** Emits an operator of one input, and a QUANTIZE where its kernel's scale is not the one that is wanted. */
function finish(
  lowering: Lowering,
  tail: NodeTail,
  made: {
    readonly input: LaidValue;
    readonly content: Content;
    readonly operator: {
      readonly kind: string;
      readonly table?: string;
      readonly values?: Readonly<Record<string, OptionValue>>;
    };
  },
): void {
  const { input, content, operator } = made;
  const { draft } = lowering;
  const isFinal =
    !tail.isInteger ||
    isSameQuantization(content.quantization, tail.content.quantization) ||
    takesAnyScale(lowering, tail.name);
  const shape = draft.tensor(input.tensor).shape;
  const tensor = draft.add(isFinal ? tail.name : `${tail.name}/own`, shape, content);
  const { kind, table, values } = operator;
  draft.emit({ kind, inputs: [input.tensor], outputs: [tensor], table, values, version: tail.isInteger ? 2 : 1 });
  const last = isFinal ? tensor : requantized(lowering, tensor, { name: tail.name, content: tail.content });
  lowering.set(tail.name, { tensor: last, layout: input.layout }, !tail.isInteger);
}

/** Clip that nothing has taken: RELU or RELU6 where it is one, else MINIMUM and MAXIMUM. */
export function lowerClip(node: OnnxNode, lowering: Lowering): void {
  const [name] = node.inputs;
  const { least, most } = clipRange(lowering, node);
  const tail = takeTail(lowering, node, { reads: [name] });
  let input = lowering.read(node, name, tail.isInteger);
  const own = lowering.draft.contentOf(input.tensor);
  const activation = least === 0 && most === 6 ? 'RELU6' : least === 0 && most === Infinity ? 'RELU' : undefined;
  if (activation !== undefined) {
    finish(lowering, tail, { input, content: tail.isInteger ? tail.content : own, operator: { kind: activation } });
    return;
  }
  const bounds = [
    { kind: 'MINIMUM', bound: most },
    { kind: 'MAXIMUM', bound: least },
  ].filter(({ bound }) => Number.isFinite(bound));
  for (const { kind, bound } of bounds) {
    input = withNumber(lowering, input, {
      kind,
      table: 'MaximumMinimumOptions',
      number: bound,
      name: `${tail.name}/${kind}`,
    });
  }
  const kept = !tail.isInteger || isSameQuantization(own.quantization, tail.content.quantization);
  const tensor = kept ? input.tensor : requantized(lowering, input.tensor, { name: tail.name, content: tail.content });
  lowering.set(tail.name, { tensor, layout: input.layout }, !tail.isInteger);
}

/** An operation of a value and one number, in the value's own shape and scale. */
function withNumber(
  { draft }: Lowering,
  input: LaidValue,
  {
    kind,
    table,
    number,
    name,
    activation,
  }: {
    readonly kind: string;
    readonly table: string;
    readonly number: number;
    readonly name: string;
    readonly activation?: string;
  },
): LaidValue {
  const content = draft.contentOf(input.tensor);
  const { type, quantization } = content;
  const stored = quantization === undefined ? number : number / quantization.scales[0] + quantization.zeroPoints[0];
  const constant = draft.constant(`${name}/by`, [1], encode(type, [stored])!, content);
  const tensor = draft.add(name, draft.tensor(input.tensor).shape, content);
  const values = table === 'MaximumMinimumOptions' ? {} : { fusedActivationFunction: activation ?? 'NONE' };
  draft.emit({
    kind,
    inputs: [input.tensor, constant],
    outputs: [tensor],
    table,
    values,
    version: quantization ? 2 : 1,
  });
  return { tensor, layout: input.layout };
}

interface Binary {
  readonly kind: string;
  readonly table: string;
  readonly fuses?: boolean;
  readonly isFloatOnly?: boolean;
  readonly keepsScale?: boolean;
  readonly isLogical?: boolean;
  readonly activation?: 'RELU6';
}

const compared = (kind: string, table: string): Binary => ({ kind, table, isFloatOnly: true, isLogical: true });

/** ONNX's names of operators of two inputs. */
export const binaries: ReadonlyMap<string, Binary> = new Map<string, Binary>([
  ['Add', { kind: 'ADD', table: 'AddOptions', fuses: true }],
  ['AddRelu6', { kind: 'ADD', table: 'AddOptions', fuses: true, activation: 'RELU6' }],
  ['Sum', { kind: 'ADD', table: 'AddOptions', fuses: true }],
  ['Sub', { kind: 'SUB', table: 'SubOptions', fuses: true }],
  ['Mul', { kind: 'MUL', table: 'MulOptions', fuses: true }],
  ['Div', { kind: 'DIV', table: 'DivOptions', fuses: true, isFloatOnly: true }],
  ['Max', { kind: 'MAXIMUM', table: 'MaximumMinimumOptions', isFloatOnly: true }],
  ['Min', { kind: 'MINIMUM', table: 'MaximumMinimumOptions', isFloatOnly: true }],
  ['Equal', compared('EQUAL', 'EqualOptions')],
  ['NotEqual', compared('NOT_EQUAL', 'NotEqualOptions')],
  ['Greater', compared('GREATER', 'GreaterOptions')],
  ['GreaterOrEqual', compared('GREATER_EQUAL', 'GreaterEqualOptions')],
  ['Less', compared('LESS', 'LessOptions')],
  ['LessOrEqual', compared('LESS_EQUAL', 'LessEqualOptions')],
  ['And', compared('LOGICAL_AND', 'LogicalAndOptions')],
  ['Or', compared('LOGICAL_OR', 'LogicalOrOptions')],
  ['PRelu', { kind: 'PRELU', table: '' }],
]);

/** An operation of two values, broadcast as numpy does. */
export function lowerBinary(node: OnnxNode, lowering: Lowering): void {
  const binary = binaries.get(node.kind)!;
  if (node.kind === 'Div' && divideByConstant(node, lowering)) return;
  if (node.inputs.length !== 2) {
    oneByOne(node, lowering);
    return;
  }
  const reads = node.inputs.filter((name) => lowering.isValue(name));
  const constants = node.inputs.filter((name) => !lowering.isValue(name)).map((name) => lowering.known(name));
  const isReady =
    binary.isFloatOnly !== true &&
    reads.length > 0 &&
    constants.every((known) => known?.quantization?.scales.length === 1);
  const tail = takeTail(lowering, node, { reads, fuses: binary.fuses, isReady });
  const { shape, dimensions, content: from } = commonOf(node, lowering, { isInteger: tail.isInteger, reads });
  const inputs = node.inputs.map((name) =>
    operandIn(node, lowering, { name, isInteger: tail.isInteger, shape, dimensions }),
  );
  const content: Content = tail.isInteger ? tail.content : { type: binary.isLogical === true ? 'bool' : from.type };
  const output = lowering.made(tail.name, shape, dimensions, content);
  const values = binary.fuses === true ? { fusedActivationFunction: binary.activation ?? tail.activation } : {};
  const table = binary.table === '' ? undefined : binary.table;
  lowering.draft.emit({
    kind: binary.kind,
    inputs,
    outputs: [output.tensor],
    table,
    values,
    version: tail.isInteger ? 2 : 1,
  });
  lowering.set(tail.name, output, !tail.isInteger);
}

/** Sums, largest and smallest of any number of values, two at a time. */
function oneByOne(node: OnnxNode, lowering: Lowering): void {
  if (!['Sum', 'Max', 'Min'].includes(node.kind))
    throw refused(node, `it has ${node.inputs.length} inputs; two are taken.`);
  const writer = new NodeWriter(node, lowering);
  const [first, ...others] = node.inputs;
  const last = others.pop();
  if (last === undefined) writer.give(first);
  else {
    const before = others.reduce((left, right) => writer.emit(node.kind, [left, right]), first);
    writer.emit(node.kind, [before, last], {}, node.outputs[0]);
  }
}

/** A quotient by a constant is a product: true where it was made one. */
function divideByConstant(node: OnnxNode, lowering: Lowering): boolean {
  const [name, by] = node.inputs;
  const divisor = lowering.numbers(by);
  if (!lowering.isValue(name) || divisor === undefined || lowering.isValue(by) || !divisor.type.startsWith('float'))
    return false;
  if (divisor.values.includes(0)) return false;
  const factor = `${node.outputs[0]}/factor`;
  lowering.know(factor, { ...divisor, type: 'float32', values: divisor.values.map((value) => 1 / value) });
  lowerBinary({ ...node, kind: 'Mul', inputs: [name, factor] }, lowering);
  return true;
}

/** BatchNormalization that nothing has taken: MUL and ADD by a number for each channel. */
export function lowerBatchNormalization(node: OnnxNode, lowering: Lowering): void {
  const [name] = node.inputs;
  const input = lowering.real(node, name);
  const shape = shapeOf(input.layout);
  const channels = shape[1] ?? 1;
  const { factor, offset } = batchNormalization(lowering, node, channels);
  const inner = shape.map((size, axis) => (axis === 1 ? size : 1));
  const scaled: OnnxNode = {
    ...node,
    kind: 'Mul',
    inputs: [name, `${node.name}/factor`],
    outputs: [`${node.name}/scaled`],
  };
  lowering.know(`${node.name}/factor`, { type: 'float32', shape: inner, values: factor });
  lowering.know(`${node.name}/offset`, { type: 'float32', shape: inner, values: offset });
  lowerBinary(scaled, lowering);
  lowerBinary({ ...node, kind: 'Add', inputs: [scaled.outputs[0], `${node.name}/offset`] }, lowering);
}
