import type { FloatEngine, FloatProgram, RunOptions } from '../../core/execute/floatEngine';
import type { Model } from '../../core/model/model';
import type { NodeProcess } from './nodeProcess';
import { ProcessEnded } from './nodeProcess';

/**
 * A float engine in a process of its own. Where that process ends, the same is computed once more by `otherwise`, and
 * everything after it; what is said of it then is a whole sentence. Models with memory are computed by `otherwise` from
 * the start: half a stream cannot be moved.
 */
export class NodeEngine implements FloatEngine {
  readonly #process: NodeProcess;
  readonly #otherwise: FloatEngine;
  #hasEnded = false;
  #remark: string | undefined;

  constructor(process: NodeProcess, otherwise: FloatEngine) {
    this.#process = process;
    this.#otherwise = otherwise;
  }

  get name(): string {
    return this.#hasEnded ? this.#otherwise.name : this.#process.name;
  }

  get remarks(): readonly string[] {
    return this.#remark === undefined ? [] : [this.#remark];
  }

  async load(model: Model): Promise<FloatProgram> {
    const hasMemory = model.graphs[0].tensors.some(({ isVariable }) => isVariable);
    const number = hasMemory ? undefined : await this.inProcess((process) => process.load(model));
    if (number === undefined) return this.#otherwise.load(model);
    return new NodeProgram(this, model, number);
  }

  /** What the process answers; `undefined` once it has ended. */
  async inProcess<T>(ask: (process: NodeProcess) => Promise<T>): Promise<T | undefined> {
    if (this.#hasEnded) return undefined;
    try {
      return await ask(this.#process);
    } catch (error) {
      if (!(error instanceof ProcessEnded)) throw error;
      this.#hasEnded = true;
      // Ended by a cancellation it did not fail; the best so far may still have to be computed.
      if (!this.#process.isDisposed)
        this.#remark = `${this.#process.name} failed (${error.message}), so that float values were computed by ${this.#otherwise.name}.`;
      return undefined;
    }
  }

  loadOtherwise(model: Model): Promise<FloatProgram> {
    return this.#otherwise.load(model);
  }

  forget(program: number): void {
    this.#process.forget(program);
  }
}

class NodeProgram implements FloatProgram {
  readonly #engine: NodeEngine;
  readonly #model: Model;
  readonly #number: number;
  #instead: Promise<FloatProgram> | undefined;

  constructor(engine: NodeEngine, model: Model, number: number) {
    this.#engine = engine;
    this.#model = model;
    this.#number = number;
  }

  async run(
    inputs: readonly Float32Array[],
    samples: number,
    observed: readonly number[],
    options: RunOptions = {},
  ): Promise<ReadonlyMap<number, Float32Array>> {
    const values = await this.#engine.inProcess((process) =>
      process.run(this.#number, { inputs, samples, observed }, options),
    );
    if (values !== undefined) return values;
    this.#instead ??= this.#engine.loadOtherwise(this.#model);
    return (await this.#instead).run(inputs, samples, observed, options);
  }

  dispose(): void {
    this.#engine.forget(this.#number);
    void this.#instead?.then((program) => program.dispose());
  }
}
