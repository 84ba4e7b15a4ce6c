import { elementCount, type DataType } from '../model/dataType';
import type { Quantization, Tensor } from '../model/model';
import { decode, encode } from '../model/values/stored';
import { LayoutDraft, plainValue, type Content, type LaidValue } from './draft';
import type { Computed } from './folding';
import { axisOrderOf, newLayout, ownDimensions, type Dimensions } from './layout';
import { isGraph, refused } from './nodes';
import type { OnnxGraph, OnnxModel, OnnxNode, OnnxTensor } from './onnxModel';

/** A constant of the file, or one that was computed ahead; with `quantization` its integers stand for real numbers. */
export type Known =
  (OnnxTensor & { readonly quantization?: Quantization }) | (Computed & { readonly quantization?: undefined });

/** A value while it is followed: integers of a quantized tensor are real numbers once they are dequantized. */
interface Followed {
  readonly value: LaidValue;
  readonly isReal: boolean;
}

/** Zeros that a Pad puts before and behind the axes of what its convolution reads. */
export interface Padding {
  readonly before: readonly number[];
  readonly after: readonly number[];
}

/** What is cut out of a tensor. */
interface Part {
  readonly begin: readonly number[];
  readonly end: readonly number[];
  readonly dropped?: number;
  readonly name: string;
}

/** Options of a STRIDED_SLICE that says everything by its lists. */
export const stridedValues = {
  ...{ beginMask: 0, endMask: 0, ellipsisMask: 0, newAxisMask: 0, shrinkAxisMask: 0, offset: false },
};

/** Values that a small file may have computed ahead, and how many times its own a large one. */
const [leastClaim, claimShare] = [2 ** 22, 16];

/** Kinds that say what numbers mean, and leave them where they are. */
export const scalingKinds: ReadonlySet<string> = new Set(['QuantizeLinear', 'DequantizeLinear']);

/** What is known while the nodes of a file are lowered one after the other. */
export class Lowering {
  readonly draft = new LayoutDraft();
  readonly opset: number;
  /** Zeros before a convolution that takes them itself, by the name of what it reads. */
  readonly paddings = new Map<string, Padding>();
  /** Nodes that others have taken with them. */
  readonly done = new Set<OnnxNode>();
  readonly #known = new Map<string, Known>();
  readonly #values = new Map<string, Followed>();
  readonly #readers = new Map<string, OnnxNode[]>();
  readonly #dequantized = new Map<string, string>();
  readonly #outputs: ReadonlySet<string>;
  #claimable = leastClaim;
  readonly #reals = new Map<number, LaidValue>();

  /** `step` computes a node ahead or lowers it: for nodes that are said in others. */
  constructor(
    { opset, constants, nodes, outputs }: OnnxModel,
    readonly step: (node: OnnxNode) => void = () => undefined,
  ) {
    this.opset = opset;
    this.#outputs = new Set(outputs);
    this.enter({ constants, nodes });
  }

  /** What a graph holds is known from here on, as that of the file or of a branch that is taken. */
  enter({ constants, nodes }: Pick<OnnxGraph, 'constants' | 'nodes'>): void {
    for (const [name, constant] of constants) {
      this.#known.set(name, constant);
      this.#claimable += claimShare * elementCount(constant.shape);
    }
    for (const node of nodes) {
      for (const name of readsOf(node)) this.#addReader(name, node);
      if (node.kind === 'DequantizeLinear') this.#dequantized.set(node.outputs[0], node.inputs[0]);
    }
  }

  /** Counts values that are computed ahead. @throws ModelError where they are many more than those of the file. */
  claim(node: OnnxNode, count: number): void {
    this.#claimable -= count;
    if (this.#claimable < 0) throw refused(node, 'the constants that it is made of are many times those of the file.');
  }

  /** An input that is left out has no name, and an output that is left out neither. */
  #addReader(name: string, node: OnnxNode): void {
    const list = this.#readers.get(name);
    if (name === '') return;
    if (list === undefined) this.#readers.set(name, [node]);
    else list.push(node);
  }

  /** The one node that reads a value which is no output of the graph. */
  onlyReader(name: string): OnnxNode | undefined {
    const readers = this.#readers.get(name) ?? [];
    return readers.length === 1 && !this.#outputs.has(name) ? readers[0] : undefined;
  }

  isOutput(name: string): boolean {
    return this.#outputs.has(name);
  }

  readersOf(name: string): readonly OnnxNode[] {
    return this.#readers.get(name) ?? [];
  }

  /** Who reads a value, or the same behind QuantizeLinear and DequantizeLinear; nobody where it is an output. */
  readersThrough(name: string): readonly OnnxNode[] {
    const found: OnnxNode[] = [];
    const waiting = [name];
    for (const each of waiting) {
      if (this.isOutput(each)) return [];
      for (const reader of this.readersOf(each)) {
        if (scalingKinds.has(reader.kind) && reader.inputs[0] === each) waiting.push(...reader.outputs);
        else found.push(reader);
      }
    }
    return found;
  }

  /** The integers that a DequantizeLinear reads which was not come to yet. */
  quantizedOf(name: string): string {
    return this.isValue(name) ? name : (this.#dequantized.get(name) ?? name);
  }

  know(name: string, constant: Known): void {
    this.#known.set(name, constant);
  }

  known(name: string | undefined): Known | undefined {
    return name === undefined ? undefined : this.#known.get(name);
  }

  /** The numbers of a constant, quantized ones as the real numbers that they stand for. */
  numbers(name: string | undefined): Computed | undefined {
    const known = this.known(name);
    return known && realNumbers(known);
  }

  /** Whole numbers of a small constant: sizes, axes, indices. */
  list(name: string | undefined): readonly number[] | undefined {
    const found = this.numbers(name);
    return found && [...found.values];
  }

  set(name: string, value: LaidValue, isReal = true): void {
    this.#values.set(name, { value, isReal });
  }

  /** How a value is followed; a constant that is read as a value becomes a tensor. */
  followed(node: OnnxNode, name: string): Followed {
    const found = this.#values.get(name);
    if (found !== undefined) return found;
    const quantized = this.#quantized(name);
    if (quantized !== undefined) return quantized;
    const numbers = this.numbers(name);
    if (numbers === undefined) throw refused(node, `nothing before it computes "${name}".`);
    const type = numbers.type === 'int64' ? 'int32' : numbers.type === 'float64' ? 'float32' : numbers.type;
    const data = encode(type, numbers.values);
    if (data === undefined) throw refused(node, `"${name}" holds no numbers.`);
    const tensor = this.draft.constant(name, numbers.shape, data, { type });
    const made = { value: plainValue(tensor, numbers.shape), isReal: true };
    this.#values.set(name, made);
    return made;
  }

  /** A constant of integers that stand for real numbers, as a tensor of them: a fourth of what floats take. */
  #quantized(name: string): Followed | undefined {
    const known = this.#known.get(name);
    if (known?.quantization?.scales.length !== 1 || !('data' in known) || known.type !== 'int8') return undefined;
    const { type, shape, data, quantization } = known;
    const tensor = this.draft.constant(name, shape, data, { type, quantization });
    const made = { value: plainValue(tensor, shape), isReal: true };
    this.#values.set(name, made);
    return made;
  }

  isValue(name: string): boolean {
    return this.#values.has(name);
  }

  /** A value that is computed, as numbers that are not quantized. */
  real(node: OnnxNode, name: string): LaidValue {
    const { value, isReal } = this.followed(node, name);
    const { type, quantization } = this.draft.contentOf(value.tensor);
    if (quantization === undefined) return value;
    if (!isReal) throw refused(node, `it reads the integers of "${name}" without DequantizeLinear.`);
    const known = this.#reals.get(value.tensor);
    if (known !== undefined) return { tensor: known.tensor, layout: value.layout };
    const source = this.draft.tensor(value.tensor);
    const constant = this.#realConstant(source);
    if (constant !== undefined) return { tensor: constant, layout: value.layout };
    const tensor = this.draft.add(`${source.name}/real`, source.shape, { type: 'float32' });
    const version = type === 'int16' ? 3 : 2;
    this.draft.emit({
      kind: 'DEQUANTIZE',
      version,
      inputs: [value.tensor],
      outputs: [tensor],
      table: 'DequantizeOptions',
    });
    const made = { tensor, layout: value.layout };
    this.#reals.set(value.tensor, made);
    return made;
  }

  #realConstant({ name, type, shape, data, quantization }: Tensor): number | undefined {
    if (data === undefined) return undefined;
    return this.draft.numbers(`${name}/real`, realNumbers({ name, type, shape, data, quantization }).values, shape);
  }

  /** True for a value of integers that stand for real numbers. */
  isQuantized(name: string): boolean {
    const found = this.#values.get(name);
    return found?.isReal === true && this.draft.contentOf(found.value.tensor).quantization !== undefined;
  }

  /** True for a value of integers that are read as such: nothing has said what they mean since they were made. */
  isRaw(name: string): boolean {
    const found = this.#values.get(name);
    return found?.isReal === false && this.draft.contentOf(found.value.tensor).quantization !== undefined;
  }

  read(node: OnnxNode, name: string, isInteger: boolean): LaidValue {
    return isInteger ? this.followed(node, name).value : this.real(node, name);
  }

  /**
   * Which axes each dimension of a value's tensor holds, so that others can be laid out as it is; where the tensor says
   * it in no such way, in the order of memory. Axes of size one go where there is room.
   */
  dimensionsOf({ tensor, layout }: LaidValue): Dimensions {
    const own = ownDimensions(layout, this.draft.tensor(tensor).shape);
    return own ?? axisOrderOf(layout).map((axis) => [axis]);
  }

  /** The tensor of a value in these dimensions. */
  placed(value: LaidValue, dimensions: Dimensions): number {
    return this.draft.placed(
      value,
      dimensions.map((axes) => axes.flatMap((axis) => value.layout.axes[axis])),
    );
  }

  /** The part of a tensor between two places; `dropped` is a dimension of one place that the result has not. */
  sliced(from: number, { begin, end, dropped, name }: Part): number {
    const shape = begin.map((start, at) => end[at] - start).filter((_, at) => at !== dropped);
    const tensor = this.draft.add(name, shape, this.draft.contentOf(from));
    const steps = begin.map(() => 1);
    const lists = [begin, end, steps].map((list, at) =>
      this.draft.integers(`${name}/${['begin', 'end', 'step'][at]}`, list),
    );
    this.draft.emit({
      ...{ kind: 'STRIDED_SLICE', inputs: [from, ...lists], outputs: [tensor], table: 'StridedSliceOptions' },
      values: { ...stridedValues, shrinkAxisMask: dropped === undefined ? 0 : 2 ** dropped },
    });
    return tensor;
  }

  /** A new value of a shape, in a tensor of these dimensions. */
  made(name: string, shape: readonly number[], dimensions: Dimensions, content: Content): LaidValue {
    const layout = newLayout(shape, dimensions.flat());
    return this.draft.result(
      name,
      layout,
      dimensions.map((axes) => axes.flatMap((axis) => layout.axes[axis])),
      content,
    );
  }
}

/** Names that a node reads itself, or in a graph of it. */
function readsOf({ inputs, attributes }: OnnxNode): readonly string[] {
  const inner = [...attributes.values()].flatMap((value) =>
    isGraph(value) ? [...value.graph.nodes.flatMap(readsOf), ...value.graph.outputs] : [],
  );
  return [...inputs, ...inner];
}

/** The numbers of a constant. */
export function realNumbers(known: Known): Computed {
  if ('values' in known) return known;
  const { type, shape, data, quantization } = known;
  const count = elementCount(shape);
  const stored = decode(type, data, count) ?? new Float64Array(count);
  if (quantization === undefined) return { type, shape, values: stored };
  const { scales, zeroPoints, axis } = quantization;
  const inner = elementCount(shape.slice(axis + 1));
  const values = stored.map((value, index) => {
    const channel = scales.length === 1 ? 0 : Math.floor(index / inner) % scales.length;
    return (value - zeroPoints[channel]) * scales[channel];
  });
  return { type: 'float32', shape, values };
}

/** The type of tensors for values of a type of ONNX. */
export function heldAs(type: DataType): DataType {
  if (type === 'int64') return 'int32';
  return type === 'float64' || type === 'float16' ? 'float32' : type;
}
