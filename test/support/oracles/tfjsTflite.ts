import { complaints, copyToHeap, instancePool } from './emscripten';
import type { EmscriptenModule, Instance } from './emscripten';
import { OracleError, runOnce } from './oracle';
import type { Oracle, OracleModel } from './oracle';

interface Deletable {
  delete(): void;
}

interface TensorInfo extends Deletable {
  readonly name: string;
  /** A view into the heap, valid until the heap grows. */
  data(): Readonly<{ buffer: ArrayBuffer; byteOffset: number; byteLength: number }>;
}

interface TensorInfos extends Deletable {
  size(): number;
  get(index: number): TensorInfo;
}

interface Runner extends Deletable {
  GetInputs(): TensorInfos;
  GetOutputs(): TensorInfos;
  Infer(): boolean;
}

interface RunnerOrError extends Deletable {
  ok(): boolean;
  errorMessage(): string;
  value(): Runner;
}

interface TfjsTfliteModule extends EmscriptenModule {
  readonly TFLiteWebModelRunner: {
    CreateFromBufferAndOptions(pointer: number, bytes: number, options: object): RunnerOrError;
  };
}

const pool = instancePool<TfjsTfliteModule>('@tensorflow/tfjs-tflite/wasm/tflite_web_api_cc_simd.js');

/** TensorFlow Lite as compiled for `@tensorflow/tfjs-tflite` (wasm with XNNPACK), without the rest of that package. */
export const tfjsTflite: Oracle = { open };

/** Runs `bytes` once. @throws OracleError when the runtime cannot. */
export function runModel(bytes: Uint8Array, inputs: readonly Uint8Array[]): Promise<Uint8Array[]> {
  return runOnce(tfjsTflite, bytes, inputs);
}

/**
 * Each open model has an instance of its own, which comes back only after a clean end: one that traps harms no other.
 */
async function open(bytes: Uint8Array): Promise<OracleModel> {
  const instance = await pool.take();
  const pointer = copyToHeap(instance.module, bytes);
  const created = guarded(instance, () =>
    instance.module.TFLiteWebModelRunner.CreateFromBufferAndOptions(pointer, bytes.byteLength, {
      numThreads: 1,
      enableProfiling: false,
      maxProfilingBufferEntries: 1,
    }),
  );
  if (!created.ok())
    throw new OracleError(`tfjs-tflite: ${created.errorMessage()} ${complaints(instance.printed)}`.trim());
  const runner = created.value();
  return {
    run: (inputs) => Promise.resolve().then(() => infer(instance, runner, inputs)),
    close: () =>
      guarded(instance, () => {
        runner.delete();
        created.delete();
        instance.module._free(pointer);
        pool.giveBack(instance);
      }),
  };
}

function infer(instance: Instance<TfjsTfliteModule>, runner: Runner, inputs: readonly Uint8Array[]): Uint8Array[] {
  instance.printed.length = 0;
  return guarded(instance, () => {
    write(runner.GetInputs(), inputs);
    if (!runner.Infer()) throw new OracleError(`tfjs-tflite: ${complaints(instance.printed)}`);
    return read(runner.GetOutputs());
  });
}

function write(infos: TensorInfos, inputs: readonly Uint8Array[]): void {
  const values = list(infos);
  if (values.length !== inputs.length) {
    throw new OracleError(`tfjs-tflite: the model takes ${values.length} inputs, ${inputs.length} were given.`);
  }
  values.forEach((info, index) => {
    const target = bytesOf(info);
    const source = inputs[index];
    if (target.byteLength !== source.byteLength) {
      throw new OracleError(
        `tfjs-tflite: input ${index} takes ${target.byteLength} bytes, ${source.byteLength} were given.`,
      );
    }
    target.set(source);
    info.delete();
  });
}

function read(infos: TensorInfos): Uint8Array[] {
  return list(infos).map((info) => {
    const copy = bytesOf(info).slice();
    info.delete();
    return copy;
  });
}

function list(infos: TensorInfos): TensorInfo[] {
  const values = Array.from({ length: infos.size() }, (_, index) => infos.get(index));
  infos.delete();
  return values;
}

function bytesOf(info: TensorInfo): Uint8Array {
  const view = info.data();
  return new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
}

/** A trap of the wasm becomes an OracleError with what the runtime printed. */
function guarded<Result>(instance: Instance<TfjsTfliteModule>, action: () => Result): Result {
  try {
    return action();
  } catch (error) {
    if (error instanceof OracleError) throw error;
    throw new OracleError(`tfjs-tflite: ${String(error)} ${complaints(instance.printed)}`.trim(), { cause: error });
  }
}
