import type * as Core from '@tensorflow/tfjs-core';
import { elementCount } from '../../model/dataType';
import type { Graph, Model } from '../../model/model';
import { mulberry32, shuffledIndices } from '../mulberry32';
import { Adam } from '../adam';
import type { DistillJob, DistillResult, GradientJob, Trainer, TrainingSamples } from '../trainer';
import type { Tf, TfTensor } from './call';
import { distillLoss } from './distillLoss';
import { constantTensors, forward, tfTypeOf } from './forward';
import { planForward } from './forwardPlan';
import type { ForwardPlan } from './forwardPlan';

/**
 * A trainer on a copy of TensorFlow.js whose backend is ready. Gradient kernels that the wasm backend lacks are
 * registered on first use.
 */
export function tfjsTrainer(tf: Tf, name: string): Trainer {
  const ready = async (): Promise<void> => {
    const { registerGradientKernels } = await import('./gradientKernels');
    registerGradientKernels(tf.getBackend());
  };
  return {
    name,
    async distill(job) {
      await ready();
      const distillation = new Distillation(tf, job);
      try {
        return await distillation.run();
      } finally {
        distillation.dispose();
      }
    },
    async gradients(job) {
      await ready();
      return gradientsOf(tf, job);
    },
  };
}

/** A graph with its constants as tensors. */
interface LoadedNetwork {
  readonly plan: ForwardPlan;
  readonly weights: Map<number, TfTensor>;
}

function load(tf: Tf, model: Model, wanted: readonly number[]): LoadedNetwork {
  const plan = planForward(model.graphs[0], wanted);
  return { plan, weights: constantTensors(tf, plan) };
}

/**
 * Scale of a tensor whose values are (nearly) zero, so that it can leave zero at all: biases often are, and count for
 * sums of about one, weights for products with hundreds of inputs.
 */
const [leastScale, leastBiasScale] = [1e-4, 1e-2];

/**
 * A loss so many times the best one is no noise: the steps were too large. Of the smallest losses, whose twice is noise
 * still, it is that of this one.
 */
const lostItsWay = 2;
const leastLoss = 1e-3;

/** By what the learning rate is divided then. */
const rateStep = 4;

/** Share of all steps over which the learning rate rises: Adam's first steps rest on few gradients. */
const warmUp = 0.05;

class Distillation {
  readonly #tf: Tf;
  readonly #job: DistillJob;
  readonly #teacher: LoadedNetwork;
  readonly #student: LoadedNetwork;
  readonly #variables = new Map<number, Core.Variable>();
  readonly #optimizers = new Map<number, Adam>();
  #rate: number;
  readonly #random: () => number;

  constructor(tf: Tf, job: DistillJob) {
    this.#tf = tf;
    this.#job = job;
    this.#teacher = load(
      tf,
      job.teacher,
      job.pairs.map(({ teacherTensor }) => teacherTensor),
    );
    this.#student = load(
      tf,
      job.student,
      job.pairs.map(({ studentTensor }) => studentTensor),
    );
    for (const index of job.trained) {
      const constant = this.#student.weights.get(index);
      if (constant === undefined) continue;
      const variable = tf.variable(constant);
      constant.dispose();
      this.#variables.set(index, variable);
      this.#student.weights.set(index, variable);
    }
    this.#rate = job.options.learningRate;
    this.#resetOptimizers();
    this.#random = mulberry32(job.options.seed);
  }

  async run(): Promise<DistillResult> {
    const { options, report, signal } = this.#job;
    const lossBefore = await this.#validationLoss();
    let best = { loss: lossBefore, weights: this.#snapshot(), epoch: 0 };
    let epoch = 0;
    while (epoch < options.epochs && epoch - best.epoch < options.patience) {
      const isWhole = await this.#trainOnce(epoch);
      if (!isWhole) break;
      epoch += 1;
      const loss = await this.#validationLoss();
      report?.(epoch, loss);
      if (loss < best.loss) best = { loss, weights: this.#snapshot(), epoch };
      else if (!(loss < Math.max(best.loss, leastLoss) * lostItsWay)) this.#fallBack(best.weights);
    }
    const wasCancelled = signal?.aborted ?? false;
    return { weights: best.weights, epochs: epoch, lossBefore, lossAfter: best.loss, wasCancelled };
  }

  /** Back to the best weights, in smaller steps. */
  #fallBack(weights: ReadonlyMap<number, Float32Array>): void {
    for (const [index, values] of weights) this.#assign(index, values);
    this.#rate /= rateStep;
    this.#resetOptimizers();
  }

  #resetOptimizers(): void {
    for (const [index, { size, shape }] of this.#variables) {
      const isVector = shape.length < 2;
      this.#optimizers.set(index, new Adam(size, isVector ? leastBiasScale : leastScale));
    }
  }

  #assign(index: number, values: Float32Array): void {
    const variable = this.#variables.get(index)!;
    this.#tf.tidy(() => variable.assign(this.#tf.tensor(values.slice(), variable.shape)));
  }

  /** One pass over the samples in an order of its own; false where it was aborted. */
  async #trainOnce(epoch: number): Promise<boolean> {
    const { options, training, signal } = this.#job;
    const order = shuffledIndices(training.count, this.#random);
    const steps = Math.ceil(training.count / options.batchSize);
    for (let step = 0; step < steps; step++) {
      if (signal?.aborted) return false;
      const done = (epoch + step / steps) / options.epochs;
      const rate =
        (this.#rate * Math.min(1, (done + 1 / steps / options.epochs) / warmUp) * (1 + Math.cos(Math.PI * done))) / 2;
      this.#step([...order.subarray(step * options.batchSize, (step + 1) * options.batchSize)], rate);
      // Lets messages in, an order to stop among them.
      await this.#tf.nextFrame();
    }
    return true;
  }

  #step(chosen: readonly number[], rate: number): void {
    const tf = this.#tf;
    tf.tidy(() => {
      const variables = [...this.#variables.values()];
      const { grads } = tf.variableGrads(() => this.#loss(this.#job.training, chosen), variables);
      for (const [index, variable] of this.#variables) {
        const gradient = grads[variable.name]?.dataSync() as Float32Array | undefined;
        if (gradient === undefined) continue;
        const values = Float32Array.from(variable.dataSync());
        this.#optimizers.get(index)!.step(values, gradient, rate);
        this.#assign(index, values);
      }
    });
  }

  #loss(samples: TrainingSamples, chosen: readonly number[]): Core.Scalar {
    const tf = this.#tf;
    const inputs = inputTensors(tf, this.#student.plan.graph, { inputs: samples.inputs, chosen });
    const taught = tf.tidy(() =>
      wantedOutputs(forward(tf, this.#teacher.plan, this.#teacher.weights, inputs), this.#teacher.plan),
    );
    const learned = forward(tf, this.#student.plan, this.#student.weights, inputs);
    const labels = samples.labels === undefined ? undefined : chosen.map((index) => samples.labels![index]);
    const losses = this.#job.pairs.map((pair) => {
      const teacher = taught[this.#teacher.plan.wanted.indexOf(pair.teacherTensor)];
      return distillLoss(tf, pair, { teacher, student: learned.get(pair.studentTensor)!, labels });
    });
    return losses.reduce((sum, loss) => tf.add(sum, loss));
  }

  async #validationLoss(): Promise<number> {
    const { validation, options } = this.#job;
    let sum = 0;
    for (let first = 0; first < validation.count; first += options.batchSize) {
      const end = Math.min(validation.count, first + options.batchSize);
      const chosen = Array.from({ length: end - first }, (_, index) => first + index);
      const loss = this.#tf.tidy(() => this.#loss(validation, chosen).dataSync()[0]);
      sum += loss * chosen.length;
      await this.#tf.nextFrame();
    }
    return sum / Math.max(1, validation.count);
  }

  #snapshot(): ReadonlyMap<number, Float32Array> {
    return new Map([...this.#variables].map(([index, variable]) => [index, Float32Array.from(variable.dataSync())]));
  }

  dispose(): void {
    this.#tf.dispose([...this.#teacher.weights.values(), ...this.#student.weights.values()]);
  }
}

function wantedOutputs(values: ReadonlyMap<number, TfTensor>, plan: ForwardPlan): TfTensor[] {
  return plan.wanted.map((index) => values.get(index)!);
}

interface Chosen {
  readonly inputs: readonly Float32Array[];
  readonly chosen: readonly number[];
}

function inputTensors(tf: Tf, graph: Graph, { inputs, chosen }: Chosen): TfTensor[] {
  return graph.inputs.map((index, position) => {
    const tensor = graph.tensors[index];
    const elements = elementCount(tensor.shape);
    const values = new Float32Array(chosen.length * elements);
    chosen.forEach((sample, place) =>
      values.set(inputs[position].subarray(sample * elements, (sample + 1) * elements), place * elements),
    );
    return tf.tensor(values, [chosen.length, ...tensor.shape.slice(1)], tfTypeOf(tensor));
  });
}

/** Samples whose gradients are computed at once. */
const gradientBatch = 8;

async function gradientsOf(tf: Tf, job: GradientJob): Promise<readonly Float32Array[]> {
  const [graph] = job.model.graphs;
  const { plan, weights } = load(
    tf,
    job.model,
    job.outputs.map(({ tensor }) => tensor),
  );
  const sizes = job.by.map((position) => elementCount(graph.tensors[graph.inputs[position]].shape));
  const results = sizes.map((size) => new Float32Array(size * job.samples));
  try {
    for (let first = 0; first < job.samples; first += gradientBatch) {
      job.signal?.throwIfAborted();
      const count = Math.min(gradientBatch, job.samples - first);
      let gradients: readonly Float32Array[] = [];
      tf.tidy(() => {
        gradients = batchGradients(tf, { plan, weights }, job, { first, count });
      });
      gradients.forEach((values, place) => results[place].set(values, first * sizes[place]));
      await tf.nextFrame();
    }
  } finally {
    tf.dispose([...weights.values()]);
  }
  return results;
}

function batchGradients(
  tf: Tf,
  { plan, weights }: LoadedNetwork,
  job: GradientJob,
  { first, count }: { readonly first: number; readonly count: number },
): readonly Float32Array[] {
  const chosen = Array.from({ length: count }, (_, index) => first + index);
  const inputs = inputTensors(tf, plan.graph, { inputs: job.inputs, chosen });
  const gradient = tf.grads((...varied: TfTensor[]) => {
    const all = inputs.map((input, position) => varied[job.by.indexOf(position)] ?? input);
    const values = forward(tf, plan, weights, all);
    const sums = job.outputs.map(({ tensor, weights: factors }) => {
      const value = values.get(tensor)!;
      const size = factors.length / job.samples;
      const slice = tf.tensor(factors.slice(first * size, (first + count) * size), value.shape);
      return tf.sum(tf.mul(value, slice));
    });
    return sums.reduce((sum, each) => tf.add(sum, each));
  });
  return gradient(job.by.map((position) => inputs[position])).map((values) => Float32Array.from(values.dataSync()));
}
