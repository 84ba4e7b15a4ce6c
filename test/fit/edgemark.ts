import type { DataType } from '../../src/core/model/dataType';
import { elementCount } from '../../src/core/model/dataType';
import type { Graph, Model, Operator, OptionValue, Tensor } from '../../src/core/model/model';
import { graph, model, operator, options, quantized, tensor } from '../support/build';

/** A layer as the EdgeMark table describes it; shapes without the batch. */
export interface EdgemarkLayer {
  readonly type: string;
  readonly input: readonly number[];
  readonly output: readonly number[];
  readonly filters?: number;
  readonly units?: number;
  readonly kernel?: readonly [number, number];
  readonly pool?: readonly [number, number];
  readonly strides?: readonly [number, number];
  readonly padding?: string;
  readonly bias?: boolean;
  readonly activation?: string;
  readonly inputs?: number;
}

/** How a network was converted: types of activations and weights, and whether its inputs and outputs stay float. */
export interface Conversion {
  readonly activations: 'float32' | 'int8' | 'int16';
  readonly floatEdges: boolean;
}

/** Layers that leave no operator behind: folded into the one before, or without work at run time. */
const folded = new Set(['batch_norm', 'activation', 'dropout', 'spatial_dropout2d']);

/**
 * Builds the graph that a converter makes of the layers; `undefined` when a layer is of a kind that is unrolled into
 * many operators.
 */
export function edgemarkModel(layers: readonly EdgemarkLayer[], conversion: Conversion): Model | undefined {
  const builder = new Builder(conversion);
  builder.input(layers[0].input);
  for (const layer of layers) {
    if (!builder.add(layer)) return undefined;
  }
  return model(builder.finish());
}

class Builder {
  readonly #conversion: Conversion;
  readonly #tensors: Tensor[] = [];
  readonly #operators: Operator[] = [];
  #current = -1;

  constructor(conversion: Conversion) {
    this.#conversion = conversion;
  }

  input(shape: readonly number[]): void {
    const { floatEdges, activations } = this.#conversion;
    this.#current = this.#activation([1, ...shape], floatEdges ? 'float32' : activations);
    if (floatEdges && activations !== 'float32') this.#operate('QUANTIZE', [1, ...shape], []);
  }

  add(layer: EdgemarkLayer): boolean {
    if (folded.has(layer.type)) return true;
    const adders: Readonly<Record<string, (each: EdgemarkLayer) => void>> = {
      conv2d: (each) => this.#convolution('CONV_2D', each),
      conv_2d: (each) => this.#convolution('CONV_2D', each),
      depthwise_conv_2d: (each) => this.#convolution('DEPTHWISE_CONV_2D', each),
      dense: (each) => this.#dense(each),
      fully_connected: (each) => this.#dense(each),
      max_pool2d: (each) => this.#pool('MAX_POOL_2D', each),
      average_pool_2d: (each) => this.#pool('AVERAGE_POOL_2D', each),
      global_average_pool: (each) => this.#mean(each),
      flatten: (each) => this.#reshape(each.output),
      reshape: (each) => this.#reshape(each.output),
      softmax: (each) => this.#softmax(each.output),
      add: (each) => this.#add(each),
    };
    const add = adders[layer.type];
    if (add === undefined) return false;
    add(layer);
    return true;
  }

  finish(): Graph {
    if (this.#conversion.floatEdges && this.#conversion.activations !== 'float32') {
      this.#operate('DEQUANTIZE', this.#tensors[this.#current].shape, [], { type: 'float32' });
    }
    return graph(this.#tensors, this.#operators, { inputs: [0], outputs: [this.#current] });
  }

  #convolution(kind: 'CONV_2D' | 'DEPTHWISE_CONV_2D', layer: EdgemarkLayer): void {
    const { kernel = [1, 1], strides = [1, 1], padding = 'same' } = layer;
    const channels = layer.output.at(-1)!;
    const depth = layer.input.at(-1)!;
    const weights = kind === 'CONV_2D' ? [channels, ...kernel, depth] : [1, ...kernel, channels];
    const values: Record<string, OptionValue> = {
      padding: padding.toUpperCase(),
      strideH: strides[0],
      strideW: strides[1],
      dilationHFactor: 1,
      dilationWFactor: 1,
      fusedActivationFunction: activationOf(layer),
      ...(kind === 'CONV_2D' ? {} : { depthMultiplier: channels / depth }),
    };
    const table = kind === 'CONV_2D' ? 'Conv2DOptions' : 'DepthwiseConv2DOptions';
    this.#operate(kind, [1, ...layer.output], [this.#weights(weights, channels), this.#bias(channels)], {
      table,
      values,
    });
  }

  #dense(layer: EdgemarkLayer): void {
    const depth = elementCount(layer.input);
    const units = layer.output.at(-1)!;
    const values = { fusedActivationFunction: activationOf(layer), keepNumDims: false };
    const inputs = [this.#weights([units, depth], 1), ...(layer.bias === false ? [-1] : [this.#bias(units)])];
    this.#operate('FULLY_CONNECTED', [1, units], inputs, { table: 'FullyConnectedOptions', values });
    if (layer.activation === 'softmax') this.#softmax([units]);
    if (layer.activation === 'sigmoid') this.#operate('LOGISTIC', [1, units], []);
  }

  #pool(kind: string, layer: EdgemarkLayer): void {
    const [filterHeight, filterWidth] = layer.pool ?? layer.kernel ?? [2, 2];
    const [strideH, strideW] = layer.strides ?? [filterHeight, filterWidth];
    const padding = (layer.padding ?? 'same').toUpperCase();
    const values = { padding, strideH, strideW, filterHeight, filterWidth, fusedActivationFunction: 'NONE' };
    this.#operate(kind, [1, ...layer.output], [], { table: 'Pool2DOptions', values });
  }

  #mean(layer: EdgemarkLayer): void {
    const axes = this.#constant('int32', [2], new Uint8Array(new Int32Array([1, 2]).buffer));
    this.#operate('MEAN', [1, ...layer.output], [axes], { table: 'ReducerOptions', values: { keepDims: false } });
  }

  #reshape(shape: readonly number[]): void {
    const wanted = this.#constant('int32', [shape.length + 1], new Uint8Array(new Int32Array([1, ...shape]).buffer));
    this.#operate('RESHAPE', [1, ...shape], [wanted], { table: 'ReshapeOptions', values: { newShape: [1, ...shape] } });
  }

  #softmax(shape: readonly number[]): void {
    this.#operate('SOFTMAX', [1, ...shape], [], { table: 'SoftmaxOptions', values: { beta: 1 } });
  }

  /**
   * The other input of an ADD has the shape of the running one: which tensor it is makes no difference to its costs.
   */
  #add(layer: EdgemarkLayer): void {
    const other = this.#activation([1, ...layer.output], this.#conversion.activations);
    this.#operate('ADD', [1, ...layer.output], [other], {
      table: 'AddOptions',
      values: { fusedActivationFunction: 'NONE', potScaleInt16: false },
    });
  }

  #operate(
    kind: string,
    shape: readonly number[],
    inputs: readonly number[],
    { type, table, values }: { type?: DataType; table?: string; values?: Readonly<Record<string, OptionValue>> } = {},
  ): void {
    const output = this.#activation(shape, type ?? this.#conversion.activations);
    const more = table === undefined ? {} : { options: options(table, values) };
    this.#operators.push(operator(kind, [this.#current, ...inputs], [output], more));
    this.#current = output;
  }

  #activation(shape: readonly number[], type: DataType): number {
    const quantization = type === 'float32' ? undefined : quantized(0.05, type === 'int8' ? 3 : 0);
    return this.#tensors.push(tensor(`t${this.#tensors.length}`, type, shape, { quantization })) - 1;
  }

  #weights(shape: readonly number[], scales: number): number {
    if (this.#conversion.activations === 'float32') {
      return this.#constant('float32', shape, new Uint8Array(4 * elementCount(shape)));
    }
    const quantization = quantized(scales === 1 ? 0.01 : Array.from({ length: scales }, () => 0.01), 0);
    const data = new Uint8Array(elementCount(shape));
    return this.#tensors.push(tensor(`w${this.#tensors.length}`, 'int8', shape, { data, quantization })) - 1;
  }

  #bias(channels: number): number {
    const types = { float32: 'float32', int8: 'int32', int16: 'int64' } as const;
    const type = types[this.#conversion.activations];
    return this.#constant(type, [channels], new Uint8Array(channels * (type === 'int64' ? 8 : 4)));
  }

  #constant(type: DataType, shape: readonly number[], data: Uint8Array): number {
    return this.#tensors.push(tensor(`c${this.#tensors.length}`, type, shape, { data })) - 1;
  }
}

function activationOf({ activation }: EdgemarkLayer): string {
  const fused: Readonly<Record<string, string>> = { relu: 'RELU', relu6: 'RELU6' };
  return fused[activation ?? ''] ?? 'NONE';
}
