import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { imagePixels, loadDigits } from '../../../examples/digits/data';
import type { Digits } from '../../../examples/digits/data';
import { quantizeModel } from '../../../src/core/compress/quantize/quantize';
import type { QuantizeOptions, QuantizeResult } from '../../../src/core/compress/quantize/request';
import { defaultQuantizeOptions } from '../../../src/core/compress/quantize/request';
import { resolveTarget } from '../../../src/core/estimate/resolveTarget';
import { prepare } from '../../../src/core/execute/prepare';
import { readTflite } from '../../../src/core/formats/tflite/reader';
import type { Samples } from '../../../src/core/samples/samples';
import type { FloatEngine } from '../../../src/core/execute/floatEngine';
import { loadWasmTfjs } from '../../../src/tfjs/wasmTfjs';
import { litert } from '../../support/oracles/litert';
import { runOnce } from '../../support/oracles/oracle';
import { tfjsTflite } from '../../support/oracles/tfjsTflite';

const path = fileURLToPath(new URL('../../../examples/digits/digits_float.tflite', import.meta.url));
const bytes = new Uint8Array(readFileSync(path));

let engine: FloatEngine;
before(async () => {
  ({ engine } = await loadWasmTfjs());
});

/** Every `step`-th digit. */
function samplesOf({ count, images, labels }: Digits, step: number): Samples {
  const taken = Array.from({ length: Math.ceil(count / step) }, (_, place) => place * step);
  const values = new Float32Array(taken.length * imagePixels);
  taken.forEach((index, place) =>
    values.set(images.subarray(index * imagePixels, (index + 1) * imagePixels), place * imagePixels),
  );
  return {
    source: 'digits',
    isSynthetic: false,
    count: taken.length,
    inputs: [values],
    labels: taken.map((index) => labels[index]),
    remarks: [],
  };
}

async function quantize(
  options: Partial<QuantizeOptions>,
  samples: { calibration: Samples; test: Samples } | undefined,
  signal?: AbortSignal,
): Promise<QuantizeResult> {
  const { target } = resolveTarget({ board: 'arduino_nano33ble_sense_rev2' });
  const request = { path, bytes, resultPath: 'digits.int8.tflite', target, limits: {}, samples };
  return quantizeModel({ ...request, options: { ...defaultQuantizeOptions, ...options } }, { engine, signal });
}

it('int8 answers the 2,000 held-out digits within 0.3 points of float', async () => {
  const { training, heldOut } = loadDigits();
  const { proof } = await quantize({}, { calibration: samplesOf(training, 80), test: samplesOf(heldOut, 1) });
  const { before: float, after: int8 } = proof.fidelity!.accuracy!;
  assert.equal(proof.data.testSamples, 2000);
  assert.ok(Math.abs(float - int8) <= 0.003, `${float} became ${int8}`);
  assert.ok(proof.after.arena!.minimumBytes < proof.before!.arena!.minimumBytes / 2);
  assert.deepStrictEqual(proof.warnings, []);
});

it('the result runs in two independent runtimes as in our evaluator, within a step or two of other roundings', async () => {
  const { training, heldOut } = loadDigits();
  const { bytes: result } = await quantize(
    { method: 'min-max' },
    {
      calibration: samplesOf(training, 200),
      test: samplesOf(heldOut, 100),
    },
  );
  const { model } = readTflite(result);
  const input = new Uint8Array(imagePixels).map((_, index) => (index * 37) % 256);
  const own = prepare(model, { rounding: 'single' }).invoke([input])[0].bytes.slice();
  for (const oracle of [tfjsTflite, litert]) {
    const [output] = await runOnce(oracle, result, [input]);
    const most = Math.max(
      ...new Int8Array(output.slice().buffer).map((value, index) => Math.abs(value - new Int8Array(own.buffer)[index])),
    );
    assert.ok(most <= 2, `${most} steps apart`);
  }
});

it('without data the result warns', async () => {
  const { proof } = await quantize(
    { method: 'min-max', biasCorrection: 'off', weightFeedback: 'off', equalise: 'off' },
    undefined,
  );
  assert.equal(proof.data.isSynthetic, true);
  assert.match(proof.warnings[0], /^No data were given: ranges come from random numbers/);
});

it('samples of another size, and what is no number, are refused in a sentence', async () => {
  const good = samplesOf(loadDigits().heldOut, 500);
  const short = { ...good, inputs: [good.inputs[0].slice(1)] };
  await assert.rejects(quantize({}, { calibration: short, test: good }), {
    message: `digits: 4 samples have 3135 values, but the input "image" of shape [1,28,28,1] takes 3136. Give samples of the input's shape.`,
  });
  const broken = { ...good, inputs: [good.inputs[0].map((value, index) => (index === 800 ? NaN : value))] };
  await assert.rejects(quantize({}, { calibration: good, test: broken }), {
    message: 'digits: Sample 2 has the value NaN for the input "image". Leave it out or repair it.',
  });
});

it('stops when told to', async () => {
  const good = samplesOf(loadDigits().heldOut, 500);
  await assert.rejects(quantize({}, { calibration: good, test: good }, AbortSignal.abort()), { name: 'AbortError' });
});
