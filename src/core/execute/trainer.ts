import type { Model } from '../model/model';

/** Trains the weights of float graphs by gradients: a port, as `FloatEngine`. */
export interface Trainer {
  /** For people: `TensorFlow.js wasm`. */
  readonly name: string;
  /**
   * Trains `job.student` until it does what `job.teacher` does. @throws HumanError that names the operator which has no
   * gradient.
   */
  distill(job: DistillJob): Promise<DistillResult>;
  /**
   * For each sample and each element of graph inputs `by` (positions): the gradient of the sum of `outputs[i]` x
   * `weights[i]`. `inputs` and answer lie samples one after another, row-major.
   */
  gradients(job: GradientJob): Promise<readonly Float32Array[]>;
}

/** Two graphs with the same inputs, the second one to be trained. */
export interface DistillJob {
  readonly teacher: Model;
  readonly student: Model;
  /** Constants of the student's graph 0 that are trained, by tensor index. */
  readonly trained: readonly number[];
  /** Tensors that should come to hold the same. */
  readonly pairs: readonly DistillPair[];
  readonly training: TrainingSamples;
  /** Decides which weights are the best; never trained on. */
  readonly validation: TrainingSamples;
  readonly options: DistillOptions;
  /** Called after each pass over the samples; `loss` is that of the validation. */
  readonly report?: (epoch: number, loss: number) => void;
  /** Once aborted, the best weights so far are the result. */
  readonly signal?: AbortSignal;
}

export interface DistillPair {
  readonly teacherTensor: number;
  readonly studentTensor: number;
  /** Channels of the teacher's tensor (along its last axis) that the student's has; absent: all. */
  readonly channels?: readonly number[];
  /** Share in the loss. */
  readonly weight: number;
  /**
   * `scores`: numbers whose largest names the class, before a softmax: their distribution counts as well. `values`: the
   * numbers alone.
   */
  readonly kind: 'scores' | 'values';
}

export interface TrainingSamples {
  readonly count: number;
  /** `inputs[i]` holds graph input i of all samples one after another. */
  readonly inputs: readonly Float32Array[];
  /** The right class of each sample, for pairs of kind `scores`; absent: the teacher alone says. */
  readonly labels?: readonly number[];
}

interface DistillOptions {
  readonly epochs: number;
  readonly batchSize: number;
  /** Of a step, as a share of the root mean square of a tensor's values. */
  readonly learningRate: number;
  readonly patience: number;
  readonly seed: number;
}

export interface DistillResult {
  /** The trained constants with the smallest loss on the validation samples. */
  readonly weights: ReadonlyMap<number, Float32Array>;
  readonly epochs: number;
  readonly lossBefore: number;
  readonly lossAfter: number;
  readonly wasCancelled: boolean;
}

export interface GradientJob {
  readonly model: Model;
  readonly inputs: readonly Float32Array[];
  readonly samples: number;
  /** Positions of graph inputs. */
  readonly by: readonly number[];
  /** Graph tensors, and the weight of each of their elements (samples one after another). */
  readonly outputs: readonly { readonly tensor: number; readonly weights: Float32Array }[];
  readonly signal?: AbortSignal;
}
