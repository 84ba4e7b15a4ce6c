import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { mulberry32, shuffledIndices } from '../../src/core/execute/mulberry32';
import { writeVaried } from './augment';
import { digitCount, imageOf, imagePixels, imageSize } from './data';
import type { Digits } from './data';

export interface TrainingPlan {
  readonly seed: number;
  readonly epochs: number;
  readonly batchSize: number;
  /** Learning rate of the first step; it falls to nothing along half a cosine. */
  readonly learningRate: number;
}

/** What one epoch came to. */
export interface EpochResult {
  readonly epoch: number;
  readonly meanLoss: number;
}

/**
 * Trains `network` in place on varied copies of `digits`, calling `report` after each epoch. Order and variation follow
 * from the seed of `plan` alone; nothing is drawn elsewhere.
 */
export async function trainNetwork(
  network: LayersModel,
  digits: Digits,
  plan: TrainingPlan,
  report: (result: EpochResult) => void,
): Promise<void> {
  const random = mulberry32(plan.seed);
  const optimizer = tf.train.adam(plan.learningRate);
  network.compile({ optimizer, loss: 'categoricalCrossentropy' });
  const stepsAnEpoch = Math.floor(digits.count / plan.batchSize);
  const steps = stepsAnEpoch * plan.epochs;
  for (let epoch = 0; epoch < plan.epochs; epoch++) {
    const order = shuffledIndices(digits.count, random);
    let lossSum = 0;
    for (let step = 0; step < stepsAnEpoch; step++) {
      const done = (epoch * stepsAnEpoch + step) / steps;
      setLearningRate(optimizer, (plan.learningRate * (1 + Math.cos(Math.PI * done))) / 2);
      const chosen = order.subarray(step * plan.batchSize, (step + 1) * plan.batchSize);
      const [images, labels] = batch(digits, chosen, random);
      lossSum += (await network.trainOnBatch(images, labels)) as number;
      tf.dispose([images, labels]);
    }
    report({ epoch: epoch + 1, meanLoss: lossSum / stepsAnEpoch });
  }
  optimizer.dispose();
}

function batch(digits: Digits, chosen: Uint32Array, random: () => number): [tf.Tensor4D, tf.Tensor2D] {
  const pixels = new Float32Array(chosen.length * imagePixels);
  const labels = new Float32Array(chosen.length * digitCount);
  chosen.forEach((index, place) => {
    writeVaried(imageOf(digits, index), random, pixels.subarray(place * imagePixels, (place + 1) * imagePixels));
    labels[place * digitCount + digits.labels[index]] = 1;
  });
  return [
    tf.tensor4d(pixels, [chosen.length, imageSize, imageSize, 1]),
    tf.tensor2d(labels, [chosen.length, digitCount]),
  ];
}

/** TensorFlow.js reads the rate at every step but has no public way to change it. */
function setLearningRate(optimizer: tf.AdamOptimizer, learningRate: number): void {
  (optimizer as unknown as { learningRate: number }).learningRate = learningRate;
}
