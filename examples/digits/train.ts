import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { registerGradientKernels } from '../../src/core/execute/tfjs/gradientKernels';
import { writeTflite } from '../../src/core/formats/tflite/writer';
import { tfjsTflite } from '../../test/support/oracles/tfjsTflite';
import { countCorrect } from './accuracy';
import { loadDigits } from './data';
import type { Digits } from './data';
import { exportModel } from './export';
import { foldedLayers } from './fold';
import { buildNetwork, countMacs } from './network';
import { trainNetwork } from './training';
import type { TrainingPlan } from './training';

/**
 * Trains the sample network and writes `digits_float.tflite` with `digits_float.json` beside it: `npm run
 * examples:train`, some ten minutes. The same machine gives the same file again; another may round differently and so
 * end with other weights.
 */
const plan: TrainingPlan = { seed: 1, epochs: 15, batchSize: 32, learningRate: 0.005 };

async function main(): Promise<void> {
  await tf.setBackend('wasm');
  registerGradientKernels('wasm');
  const { training, heldOut } = loadDigits();
  const network = buildNetwork(plan.seed);
  const started = performance.now();
  await trainNetwork(network, training, plan, ({ epoch, meanLoss }) => {
    const msASample = (performance.now() - started) / (epoch * training.count);
    console.log(
      `Epoch ${epoch} of ${plan.epochs}: mean loss ${meanLoss.toFixed(4)}, ${msASample.toFixed(1)} ms a sample.`,
    );
  });
  const layers = foldedLayers(network);
  const parameters = [...layers.values()].reduce((sum, { kernel, bias }) => sum + kernel.length + bias.length, 0);
  const bytes = writeTflite(exportModel(layers));
  const correct = await countOnOracle(bytes, heldOut);
  const record = {
    model: 'digits_float.tflite',
    accuracy: correct / heldOut.count,
    correct,
    digits: heldOut.count,
    measuredWith: '@tensorflow/tfjs-tflite, the 2,000 held-out digits of data.ts',
    trainingDigits: training.count,
    ...plan,
    macs: countMacs(),
    parameters,
    bytes: bytes.byteLength,
  };
  writeFileSync(beside('digits_float.tflite'), bytes);
  writeFileSync(beside('digits_float.json'), `${JSON.stringify(record, null, 2)}\n`);
  console.log(`${correct} of ${heldOut.count} held-out digits are right; ${bytes.byteLength} bytes.`);
}

async function countOnOracle(bytes: Uint8Array, digits: Digits): Promise<number> {
  const model = await tfjsTflite.open(bytes);
  try {
    return await countCorrect(model, digits);
  } finally {
    model.close();
  }
}

function beside(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url));
}

void main();
