import type { Model } from '../model/model';

/**
 * Executes float graphs in batches: a port, since TensorFlow.js runs on several backends and a test needs none of them.
 */
export interface FloatEngine {
  /** For people: `TensorFlow.js wasm`. */
  readonly name: string;
  /** What a person should know of how it came to run, as complete sentences. */
  readonly remarks?: readonly string[];
  /** Makes graph 0 of a float model ready. Throws a `HumanError` that names the operator which cannot be executed. */
  load(model: Model): Promise<FloatProgram>;
}

export interface FloatProgram {
  /**
   * Runs `samples` inferences. `inputs[i]` holds those of graph input i one after another, each row-major. Answers with
   * the values of the `observed` tensors (indices in graph 0), samples one after another: of a variable tensor what it
   * holds after each sample, of the cell state of an LSTM that of the largest magnitude within it. Memory is bounded:
   * batches are of the program's own choosing.
   */
  run(
    inputs: readonly Float32Array[],
    samples: number,
    observed: readonly number[],
    options?: RunOptions,
  ): Promise<ReadonlyMap<number, Float32Array>>;
  dispose(): void;
}

export interface RunOptions {
  readonly signal?: AbortSignal;
  /**
   * Variable tensors begin with what the last run left in them, as in a stream that comes in pieces; else with zeros.
   */
  readonly continues?: boolean;
}
