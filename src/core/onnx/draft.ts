import { elementCount, type DataType } from '../model/dataType';
import { spendSteps } from '../model/budget';
import type { Origin } from '../model/origin';
import type { Operator, OptionValue, Quantization, Tensor } from '../model/model';
import { ModelError } from '../model/problem';
import { encode } from '../model/values/stored';
import { dimensionsOf, newLayout, runsBetween, sameAtoms, sizeOf, type Atom, type Axis, type Layout } from './layout';

/** A value of the graph: the tensor that holds it, and how it lies there. */
export interface LaidValue {
  readonly tensor: number;
  readonly layout: Layout;
}

/** What a tensor holds apart from its shape. */
export interface Content {
  readonly type: DataType;
  readonly quantization?: Quantization;
}

/** An operator to be added. */
interface NewOperator {
  readonly kind: string;
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  readonly table?: string;
  readonly values?: Readonly<Record<string, OptionValue>>;
  readonly version?: number;
}

/** The graph that is being made. Values are moved in memory only here, and each only once to the same order. */
export class LayoutDraft {
  readonly tensors: Tensor[] = [];
  readonly operators: Operator[] = [];
  /** Which node each operator came from. */
  readonly origins: (Origin | undefined)[] = [];
  /** The node that is being lowered. */
  origin: Origin | undefined;
  readonly #placed = new Map<string, number>();
  /** What each reshaped tensor was before. */
  readonly #shapedFrom = new Map<number, number>();
  readonly #atomIds = new Map<Atom, number>();
  readonly #names = new Map<string, number>();

  tensor(index: number): Tensor {
    return this.tensors[index];
  }

  contentOf(index: number): Content {
    const { type, quantization } = this.tensors[index];
    return { type, quantization };
  }

  add(name: string, shape: readonly number[], content: Content, more: Partial<Tensor> = {}): number {
    const elements = elementCount(shape);
    const isShape = shape.every((size) => Number.isInteger(size) && size >= 0) && elements <= mostElements;
    if (!isShape) throw noTensor(name, shape);
    const index = this.tensors.length;
    this.tensors.push({ index, name: this.#freeName(name), shape, isVariable: false, ...content, ...more });
    return index;
  }

  /** A constant; `data` as TFLite has it. */
  constant(name: string, shape: readonly number[], data: Uint8Array, content: Content): number {
    return this.add(name, shape, content, { data });
  }

  numbers(name: string, values: ArrayLike<number>, shape: readonly number[] = [values.length]): number {
    return this.constant(name, shape, encode('float32', values)!, { type: 'float32' });
  }

  integers(name: string, values: readonly number[], shape: readonly number[] = [values.length]): number {
    return this.constant(name, shape, encode('int32', values)!, { type: 'int32' });
  }

  emit({ kind, inputs, outputs, table, values = {}, version = 1 }: NewOperator): void {
    spendSteps(inputs.length + outputs.length);
    this.origins.push(this.origin);
    const options = table === undefined ? undefined : { table, values };
    this.operators.push({ index: this.operators.length, kind, version, inputs, outputs, intermediates: [], options });
  }

  /** A tensor that holds a value in dimensions of these atoms: the value's own where it lies so. */
  placed({ tensor, layout }: LaidValue, dimensions: readonly Axis[]): number {
    const shape = dimensions.map(sizeOf);
    const order = dimensions.flat();
    const key = `${tensor} ${shape.join('x')} ${order.map((atom) => this.#idOf(atom)).join(' ')}`;
    const known = this.#placed.get(key);
    if (known !== undefined) return known;
    const index = sameAtoms(order, layout.order)
      ? this.reshaped(tensor, shape)
      : this.#moved(tensor, layout.order, dimensions);
    this.#placed.set(key, index);
    return index;
  }

  /** The same bytes in another shape. */
  reshaped(given: number, shape: readonly number[]): number {
    // A shape in between is none that anything needs.
    const tensor = this.#shapedFrom.get(given) ?? given;
    for (const same of [given, tensor]) {
      const own = this.tensors[same].shape;
      if (own.length === shape.length && shape.every((size, axis) => size === own[axis])) return same;
    }
    const source = this.tensors[tensor];
    const output = this.add(`${source.name}/${shape.join('x')}`, shape, this.contentOf(tensor));
    const list = this.integers(`${source.name}/shape`, shape);
    this.emit({
      ...{ kind: 'RESHAPE', inputs: [tensor, list], outputs: [output] },
      ...{ table: 'ReshapeOptions', values: { newShape: [...shape] } },
    });
    this.#shapedFrom.set(output, tensor);
    return output;
  }

  /** A tensor of this name for a value of this layout, in its own axes where each lies as a whole. */
  result(name: string, layout: Layout, dimensions: readonly Axis[], content: Content): LaidValue {
    return { tensor: this.add(name, dimensions.map(sizeOf), content), layout };
  }

  #moved(tensor: number, from: readonly Atom[], dimensions: readonly Axis[]): number {
    const own = dimensionsOf(from, this.tensors[tensor].shape);
    const direct = own && permutationOf(own, dimensions);
    if (direct !== undefined) return this.#transpose(tensor, direct);
    const runs = runsBetween(from, dimensions.flat());
    const sources = [...runs].sort((a, b) => from.indexOf(a[0]) - from.indexOf(b[0]));
    // Where each dimension is one run or none, the result has its shape at once.
    const isWhole = dimensions.every((axis) => axis.length === 0 || runs.some((run) => sameAtoms(run, axis)));
    const targets = isWhole ? dimensions : runs;
    const ones = targets.filter(({ length }) => length === 0);
    const sorted = [...ones, ...sources];
    const whole = this.reshaped(tensor, sorted.map(sizeOf));
    const turned = this.#transpose(whole, permutationOf(sorted, targets) ?? []);
    return this.reshaped(turned, dimensions.map(sizeOf));
  }

  #transpose(tensor: number, permutation: readonly number[]): number {
    const { name, shape, type, quantization } = this.tensors[tensor];
    // TFLM's kernel moves no others. Places and truths are whole numbers that floats hold.
    if (quantization === undefined && (type === 'bool' || type === 'int32')) {
      const moved = this.#transpose(this.cast(tensor, 'float32'), permutation);
      return this.cast(moved, type);
    }
    const output = this.add(
      `${name}/transposed`,
      permutation.map((axis) => shape[axis]),
      this.contentOf(tensor),
    );
    const list = this.integers(`${name}/permutation`, permutation);
    this.emit({ kind: 'TRANSPOSE', inputs: [tensor, list], outputs: [output], table: 'TransposeOptions' });
    return output;
  }

  /** The same numbers in another type: truths are what is not zero, which TFLM's kernel for casts does not tell. */
  cast(tensor: number, to: DataType, name?: string): number {
    const { name: own, shape, type } = this.tensors[tensor];
    const output = this.add(name ?? `${own}/${to}`, shape, { type: to });
    if (to === 'bool') {
      const zero = this.constant(`${own}/zero`, [1], encode(type, [0])!, { type });
      this.emit({ kind: 'NOT_EQUAL', inputs: [tensor, zero], outputs: [output], table: 'NotEqualOptions' });
    } else {
      const values = { inDataType: type.toUpperCase(), outDataType: to.toUpperCase() };
      this.emit({ kind: 'CAST', inputs: [tensor], outputs: [output], table: 'CastOptions', values });
    }
    return output;
  }

  #idOf(atom: Atom): number {
    const known = this.#atomIds.get(atom);
    if (known !== undefined) return known;
    this.#atomIds.set(atom, this.#atomIds.size);
    return this.#atomIds.size - 1;
  }

  /** A name once more is told apart by a number. */
  #freeName(name: string): string {
    const count = this.#names.get(name) ?? 0;
    this.#names.set(name, count + 1);
    return count === 0 ? name : `${name};${count}`;
  }
}

/** A value beyond this is no tensor of a microcontroller, whatever lists are made for its axes. */
const mostElements = 2 ** 28;

function noTensor(name: string, shape: readonly number[]): ModelError {
  return new ModelError(
    'onnx-shape',
    `The value "${name}" has a shape that no model has: [${shape.map((size) => (Number.isFinite(size) ? size : '?')).join(', ')}]. Export the model with the sizes that are meant.`,
  );
}

/** Which dimension of the first each of the second is; those of one in their order. */
function permutationOf(from: readonly Axis[], to: readonly Axis[]): readonly number[] | undefined {
  if (from.length !== to.length) return undefined;
  const ones = from.flatMap((axis, index) => (axis.length === 0 ? [index] : []));
  const permutation = to.map((wanted) =>
    wanted.length === 0 ? (ones.shift() ?? -1) : from.findIndex((axis) => sameAtoms(axis, wanted)),
  );
  return permutation.includes(-1) ? undefined : permutation;
}

/** A value as ONNX has it, in a tensor of its shape. */
export function plainValue(tensor: number, shape: readonly number[]): LaidValue {
  return { tensor, layout: newLayout(shape) };
}
