import { complaints, copyToHeap, instancePool } from './emscripten';
import type { EmscriptenModule, Instance } from './emscripten';
import { OracleError, runOnce } from './oracle';
import type { Oracle, OracleModel } from './oracle';

interface Deletable {
  delete(): void;
}

interface Vector<Item> extends Deletable {
  size(): number;
  get(index: number): Item;
  push_back(item: Item): void;
}

interface Layout extends Deletable {
  dimensions(): Vector<number>;
}

interface TensorType extends Deletable {
  elementType(): object;
  layout(): Layout;
  bytes(): number;
}

interface TensorBuffer extends Deletable {
  lock(mode: object): number;
  unlock(): void;
  packedSize(): number;
}

interface Signature extends Deletable {
  inputNames(): Vector<string>;
}

interface LoadedModel extends Deletable {
  getSignature(signature: number): Signature;
  getInputTensorType(signature: number, input: number): TensorType;
}

interface CompiledModel extends Deletable {
  run(signature: number, inputs: readonly TensorBuffer[]): Promise<TensorBuffer[]>;
}

interface LitertModule extends EmscriptenModule {
  setupLogging(): void;
  loadModel(environment: Deletable, pointer: number, bytes: number): LoadedModel;
  compileModel(environment: Deletable, model: LoadedModel, options: object): Promise<CompiledModel>;
  readonly LiteRtEnvironment: { create(gpu: null): Deletable };
  readonly LiteRtTensorBuffer: {
    createManaged(environment: Deletable, kind: object, type: TensorType, bytes: number): TensorBuffer;
  };
  readonly LiteRtTensorBufferType: { readonly HOST_MEMORY: object };
  readonly LiteRtTensorBufferLockMode: { readonly READ: object; readonly WRITE: object };
  readonly LiteRtLayout: { create(dimensions: Vector<number>): Layout };
  readonly LiteRtRankedTensorType: { create(elementType: object, layout: Layout): TensorType };
  readonly VectorInt32: new () => Vector<number>;
}

/** One loaded model. */
interface Session {
  readonly instance: Instance<LitertModule>;
  readonly environment: Deletable;
  readonly model: LoadedModel;
  readonly compiled: CompiledModel;
  readonly inputCount: number;
}

const options = {
  accelerator: 'wasm',
  environment: null,
  cpuOptions: { numThreads: 1 },
  gpuOptions: {},
  webNNOptions: {},
};

/** The build without relaxed SIMD, which Node 20 does not have. */
const pool = instancePool<LitertModule>('@litertjs/core/wasm/litert_wasm_compat_internal.js');

const environments = new WeakMap<LitertModule, Deletable>();

/**
 * LiteRT as compiled for `@litertjs/core` (wasm with XNNPACK), called below that package's own interface, which knows
 * no int8. It has no variable tensors (LSTM, SVDF); unknown dimensions are taken as 1.
 */
export const litert: Oracle = { open };

/** Runs `bytes` once. @throws OracleError when the runtime cannot. */
export function runModel(bytes: Uint8Array, inputs: readonly Uint8Array[]): Promise<Uint8Array[]> {
  return runOnce(litert, bytes, inputs);
}

async function open(bytes: Uint8Array): Promise<OracleModel> {
  const instance = await pool.take();
  const { module } = instance;
  const pointer = copyToHeap(module, bytes);
  const session = await guarded(instance, async (): Promise<Session> => {
    const environment = environmentOf(module);
    const model = module.loadModel(environment, pointer, bytes.byteLength);
    const compiled = await module.compileModel(environment, model, options);
    return { instance, environment, model, compiled, inputCount: countInputs(model) };
  });
  return {
    run: (inputs) => guarded(instance, () => infer(session, inputs)),
    close() {
      session.compiled.delete();
      session.model.delete();
      module._free(pointer);
      pool.giveBack(instance);
    },
  };
}

/** One environment an instance: making a second one aborts. */
function environmentOf(module: LitertModule): Deletable {
  const known = environments.get(module);
  if (known !== undefined) return known;
  module.setupLogging();
  const environment = module.LiteRtEnvironment.create(null);
  environments.set(module, environment);
  return environment;
}

async function infer(session: Session, inputs: readonly Uint8Array[]): Promise<Uint8Array[]> {
  const { instance, inputCount } = session;
  if (inputCount !== inputs.length) {
    throw new OracleError(`litert: the model takes ${inputCount} inputs, ${inputs.length} were given.`);
  }
  // Signature 0 counts its inputs and outputs as the graph does, whatever the order of the signature's own list.
  const buffers = inputs.map((bytes, index) => inputBuffer(session, index, bytes));
  const results = await session.compiled.run(0, buffers);
  buffers.forEach((buffer) => buffer.delete());
  return results.map((buffer) => read(instance.module, buffer));
}

function inputBuffer(session: Session, index: number, bytes: Uint8Array): TensorBuffer {
  const { module } = session.instance;
  const type = fixedType(module, session.model.getInputTensorType(0, index));
  const size = type.bytes();
  if (size !== bytes.byteLength) {
    throw new OracleError(`litert: input ${index} takes ${size} bytes, ${bytes.byteLength} were given.`);
  }
  const kind = module.LiteRtTensorBufferType.HOST_MEMORY;
  const buffer = module.LiteRtTensorBuffer.createManaged(session.environment, kind, type, size);
  module.HEAPU8.set(bytes, buffer.lock(module.LiteRtTensorBufferLockMode.WRITE));
  buffer.unlock();
  type.delete();
  return buffer;
}

/** The same type with every unknown dimension taken as 1; `type` itself is freed. */
function fixedType(module: LitertModule, type: TensorType): TensorType {
  const layout = type.layout();
  const dimensions = new module.VectorInt32();
  for (const dimension of taken(layout.dimensions())) dimensions.push_back(Math.max(dimension, 1));
  const fixedLayout = module.LiteRtLayout.create(dimensions);
  const fixed = module.LiteRtRankedTensorType.create(type.elementType(), fixedLayout);
  [dimensions, fixedLayout, layout, type].forEach((value) => value.delete());
  return fixed;
}

function read(module: LitertModule, buffer: TensorBuffer): Uint8Array {
  const pointer = buffer.lock(module.LiteRtTensorBufferLockMode.READ);
  const copy = module.HEAPU8.slice(pointer, pointer + buffer.packedSize());
  buffer.unlock();
  buffer.delete();
  return copy;
}

function taken<Item>(vector: Vector<Item>): Item[] {
  const items = Array.from({ length: vector.size() }, (_, index) => vector.get(index));
  vector.delete();
  return items;
}

function countInputs(model: LoadedModel): number {
  const signature = model.getSignature(0);
  const names = taken(signature.inputNames());
  signature.delete();
  return names.length;
}

/** A refusal that is thrown, and one that is only printed, become an OracleError. */
async function guarded<Result>(instance: Instance<LitertModule>, action: () => Promise<Result>): Promise<Result> {
  instance.printed.length = 0;
  try {
    const result = await action();
    const complaint = complaints(instance.printed);
    if (complaint === '') return result;
    throw new OracleError(`litert: ${complaint}`);
  } catch (error) {
    if (error instanceof OracleError) throw error;
    throw new OracleError(`litert: ${String(error)} ${complaints(instance.printed)}`.trim(), { cause: error });
  }
}
