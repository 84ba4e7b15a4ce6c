import type { PreparedOperator, KernelMemory, KernelTable } from '../memory/kernelMemory';
import { operatorName, type Graph, type Model, type Operator, type Tensor } from '../../model/model';
import type { Target } from '../target';
import type { StructureSizes } from '../memory/layout';
import type { Tail } from './tail';
import type { ScratchRequest } from './lifetimes';
import { Resources } from './resources';
import type { RuntimeVersion } from './versions';

/** What the operators took of the arena while they were parsed, initialized and prepared. */
export interface PreparedModel {
  readonly scratch: readonly ScratchRequest[];
  /**
   * Largest size of the arena that one operator needed at the end of its Prepare: requests, temporary structures and
   * the tail side by side. The allocator does not notice when the tail grows into the temporary structures, so that a
   * smaller arena may seem to do while a kernel reads what it has just overwritten.
   */
  readonly peakBytes: number;
  readonly resources: Resources;
  /** The first operator about which nothing is known: what it takes is missing. */
  readonly unknown?: UnknownOperator;
}

interface UnknownOperator {
  readonly graph: number;
  readonly operator: number;
  readonly reason: string;
}

interface Entry {
  readonly call: PreparedOperator;
  readonly kernel: KernelMemory | undefined;
}

/**
 * Parses, initializes and prepares every operator, in that order for all of them, as the interpreter does.
 * Source: tensorflow/tflite-micro 90b983c2, tensorflow/lite/micro/{micro_interpreter,micro_interpreter_graph}.cc.
 */
export class OperatorSetup {
  readonly #version: RuntimeVersion['version'];
  readonly #sizes: StructureSizes;
  readonly #tail: Tail;
  readonly #entries: readonly Entry[];
  #unknown: UnknownOperator | undefined;

  constructor(model: Model, target: Target, version: RuntimeVersion, memory: { sizes: StructureSizes; tail: Tail }) {
    this.#version = version.version;
    this.#sizes = memory.sizes;
    this.#tail = memory.tail;
    this.#entries = entriesOf(model, target, version.kernels, memory.sizes);
  }

  run(): PreparedModel {
    for (const { call } of this.#entries) this.#parse(call.operator);
    for (const entry of this.#entries) this.#initialize(entry);
    return this.#prepareAll();
  }

  #parse(operator: Operator): void {
    const block = Object.hasOwn(this.#version.parameterBlocks, operator.kind)
      ? this.#version.parameterBlocks[operator.kind]
      : undefined;
    if (block !== undefined) this.#tail.allocate('operator parameters', this.#sizes.of(block));
  }

  #initialize({ call, kernel }: Entry): void {
    if (kernel === undefined) {
      this.#missing(call, 'its kernel is not known');
      return;
    }
    if (kernel.state !== undefined) this.#tail.allocateBuffer('operator state', call.bytesOf(kernel.state));
    const buffers = kernel.initBuffers === undefined ? [] : kernel.initBuffers(call);
    if (buffers === undefined) {
      this.#missing(call, 'its options cannot be read');
      return;
    }
    for (const bytes of buffers) this.#tail.allocateBuffer('operator state', bytes);
  }

  #prepareAll(): PreparedModel {
    const scratch: ScratchRequest[] = [];
    const resources = new Resources();
    let peakBytes = this.#requestBytes(0) + this.#tail.usedBytes;
    for (const { call, kernel } of this.#entries) {
      const requestBytes = this.#requestBytes(scratch.length);
      for (const bytes of this.#prepare(call, kernel, resources)) {
        scratch.push({ graph: call.graph.index, operator: call.operator.index, bytes });
      }
      const temporary = this.#temporaryBytes(kernel?.temporaries(call) ?? []);
      peakBytes = Math.max(peakBytes, requestBytes + temporary + this.#tail.usedBytes);
    }
    return { scratch, peakBytes, resources, ...(this.#unknown === undefined ? {} : { unknown: this.#unknown }) };
  }

  /** Makes the persistent allocations of one operator's Prepare; its scratch requests. */
  #prepare(call: PreparedOperator, kernel: KernelMemory | undefined, resources: Resources): readonly number[] {
    const variable = resources.prepare(call.operator, call.graph);
    if (variable !== undefined) this.#tail.allocateBuffer('operator buffers', variable);
    const requests = kernel?.prepare === undefined ? {} : kernel.prepare(call);
    if (requests === undefined)
      this.#missing(
        call,
        'a tensor that it needs is missing, of another rank than it takes, or a constant of unknown value',
      );
    for (const bytes of requests?.persistent ?? []) this.#tail.allocateBuffer('operator buffers', bytes);
    return requests?.scratch ?? [];
  }

  /**
   * The list of scratch requests lies at the start of the arena, with room for those that the next operator may make.
   */
  #requestBytes(requests: number): number {
    return this.#sizes.of('ScratchBufferRequest').bytes * (requests + this.#version.scratchRequestsPerOperator);
  }

  #temporaryBytes(tensors: readonly (Tensor | undefined)[]): number {
    return tensors.reduce(
      (sum, tensor) => sum + (tensor === undefined ? 0 : tensorStructureBytes(tensor, this.#sizes)),
      0,
    );
  }

  #missing(call: PreparedOperator, why: string): void {
    this.#unknown ??= {
      graph: call.graph.index,
      operator: call.operator.index,
      reason:
        `What ${operatorName(call.operator)} (operator ${call.operator.index} of graph ${call.graph.index}) takes of the arena is not known: ` +
        `${why}. The figures are a lower bound; measure arena_used_bytes() on the device.`,
    };
  }
}

/**
 * Bytes of a full tensor structure, as kernels and applications see it; with its quantization when it has scales and
 * zero points.
 */
function tensorStructureBytes(tensor: Tensor, sizes: StructureSizes): number {
  return sizes.of('TfLiteTensor').bytes + quantizationBytes(tensor, sizes).reduce((sum, bytes) => sum + bytes, 0);
}

/** The quantization's structure, and its zero points behind their count; none for a tensor without either. */
export function quantizationBytes(tensor: Tensor, sizes: StructureSizes): readonly number[] {
  const scales = tensor.quantization?.scales.length ?? 0;
  const zeroPoints = tensor.quantization?.zeroPoints.length ?? 0;
  return scales > 0 && zeroPoints > 0 ? [sizes.of('TfLiteAffineQuantization').bytes, 4 + 4 * scales] : [];
}

function entriesOf(model: Model, target: Target, kernels: KernelTable, sizes: StructureSizes): readonly Entry[] {
  const bytesOf = (structure: string): number => sizes.of(structure).bytes;
  const entry = (operator: Operator, graph: Graph): Entry => ({
    call: { operator, graph, isa: target.core.kernelIsa, bytesOf },
    kernel: kernels.get(operatorName(operator)),
  });
  return model.graphs.flatMap((graph) => graph.operators.map((operator) => entry(operator, graph)));
}
