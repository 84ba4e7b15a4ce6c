import { elementCount } from '../../model/dataType';
import type { Graph, Model, Tensor } from '../../model/model';
import { HumanError } from '../../model/problem';
import type { FloatEngine, FloatProgram, RunOptions } from '../floatEngine';
import type { Tf, TfTensor } from './call';
import { constantTensors, forward, tfTypeOf } from './forward';
import type { ForwardPlan } from './forwardPlan';
import { planForward } from './forwardPlan';

/** Bytes of activations that one batch may take: intermediate tensors live until the batch is done. */
const batchBytes = 32 * 2 ** 20;

const mostSamplesAtOnce = 64;

/** A float engine on a copy of TensorFlow.js whose backend is ready. `name` is for people: `TensorFlow.js wasm`. */
export function tfjsEngine(tf: Tf, name: string): FloatEngine {
  return {
    name,
    async load(model: Model): Promise<FloatProgram> {
      await tf.ready();
      const [graph] = model.graphs;
      // Planned once for the outputs, so that what cannot be executed is said now.
      planForward(graph, graph.outputs);
      return new TfjsProgram(tf, graph);
    },
  };
}

class TfjsProgram implements FloatProgram {
  readonly #tf: Tf;
  readonly #graph: Graph;
  /** Variable tensors as the last run left them. */
  #states: ReadonlyMap<number, TfTensor> = new Map();
  #isDisposed = false;

  constructor(tf: Tf, graph: Graph) {
    this.#tf = tf;
    this.#graph = graph;
  }

  async run(
    inputs: readonly Float32Array[],
    samples: number,
    observed: readonly number[],
    { signal, continues = false }: RunOptions = {},
  ): Promise<ReadonlyMap<number, Float32Array>> {
    if (this.#isDisposed) throw new Error('The program has been disposed.');
    checkInputs(this.#graph, inputs, samples);
    const plan = planForward(this.#graph, observed);
    const weights = this.#firstValues(plan, continues);
    const results = new Map(
      observed.map((index) => [index, new Float32Array(samples * elementCount(this.#graph.tensors[index].shape))]),
    );
    const most = samplesAtOnce(plan);
    try {
      for (let first = 0; first < samples; first += most) {
        signal?.throwIfAborted();
        this.#runBatch(plan, weights, { inputs, results, first, count: Math.min(most, samples - first) });
        // Lets messages in, an order to stop among them.
        await this.#tf.nextFrame();
      }
    } finally {
      this.#states = new Map(plan.variables.map((index) => [index, weights.get(index)!]));
      this.#tf.dispose(plan.constants.map((index) => weights.get(index)!));
    }
    return results;
  }

  /** Constants, and variables as zeros or as they were left. */
  #firstValues(plan: ForwardPlan, continues: boolean): Map<number, TfTensor> {
    const weights = constantTensors(this.#tf, plan);
    for (const [index, state] of this.#states) {
      const zeros = continues ? weights.get(index) : undefined;
      if (zeros !== undefined) weights.set(index, state);
      (zeros ?? state).dispose();
    }
    this.#states = new Map();
    return weights;
  }

  #runBatch(plan: ForwardPlan, weights: Map<number, TfTensor>, batch: Batch): void {
    const tf = this.#tf;
    const states = tf.tidy(() => {
      const values = forward(tf, plan, weights, batchInputs(tf, plan, batch));
      for (const [index, target] of batch.results) {
        const value = values.get(index)!;
        const elements = elementCount(plan.graph.tensors[index].shape);
        if (value.size !== batch.count * elements) throw otherSize(plan.graph.tensors[index], value.size / batch.count);
        target.set(value.dataSync(), batch.first * elements);
      }
      return plan.variables.map((index) => values.get(index)!);
    });
    plan.variables.forEach((index, place) => {
      const before = weights.get(index)!;
      if (before === states[place]) return;
      before.dispose();
      weights.set(index, states[place]);
    });
  }

  dispose(): void {
    this.#tf.dispose([...this.#states.values()]);
    this.#states = new Map();
    this.#isDisposed = true;
  }
}

function otherSize({ name, shape }: Tensor, elements: number): HumanError {
  return new HumanError(
    'float-shape',
    `"${name}" is [${shape.join(',')}] in the file, but its operator makes ${elements} values. Convert the model again with the shapes that are meant.`,
  );
}

interface Batch {
  readonly inputs: readonly Float32Array[];
  readonly results: ReadonlyMap<number, Float32Array>;
  /** First sample and number of samples. */
  readonly first: number;
  readonly count: number;
}

function batchInputs(tf: Tf, { graph }: ForwardPlan, { inputs, first, count }: Batch): TfTensor[] {
  return graph.inputs.map((index, position) => {
    const tensor = graph.tensors[index];
    const elements = elementCount(tensor.shape);
    const values = inputs[position].subarray(first * elements, (first + count) * elements);
    const shape = count === 1 ? [...tensor.shape] : [count, ...tensor.shape.slice(1)];
    // A copy: the wasm backend may hold on to what it is given.
    return tf.tensor(values.slice(), shape, tfTypeOf(tensor));
  });
}

function samplesAtOnce({ graph, steps, isBatchable }: ForwardPlan): number {
  if (!isBatchable) return 1;
  const outputs = steps.flatMap(({ operator }) => operator.outputs);
  const elements = [...graph.inputs, ...outputs].reduce(
    (sum, index) => sum + elementCount(graph.tensors[index].shape),
    0,
  );
  return Math.max(1, Math.min(mostSamplesAtOnce, Math.floor(batchBytes / (4 * elements))));
}

function checkInputs(graph: Graph, inputs: readonly Float32Array[], samples: number): void {
  graph.inputs.forEach((index, position) => {
    const wanted = samples * elementCount(graph.tensors[index].shape);
    const given = inputs[position]?.length ?? 0;
    if (given === wanted) return;
    throw new HumanError(
      'input-size',
      `The input "${graph.tensors[index].name}" takes ${wanted} numbers for ${samples} samples, ${given} were given.`,
    );
  });
}
