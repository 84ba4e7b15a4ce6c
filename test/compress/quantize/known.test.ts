import assert from 'node:assert/strict';
import { it } from 'node:test';
import { saidOfConstants } from '../../../src/core/compress/quantize/choose';
import { unusedOptions } from '../../../src/core/compress/quantize/converted';
import { quantizeModel } from '../../../src/core/compress/quantize/quantize';
import type { QuantizeOptions, QuantizeTools } from '../../../src/core/compress/quantize/request';
import { defaultQuantizeOptions } from '../../../src/core/compress/quantize/request';
import { resolveTarget } from '../../../src/core/estimate/resolveTarget';
import { writeTflite } from '../../../src/core/formats/tflite/writer';
import type { Model, Tensor } from '../../../src/core/model/model';
import { loadWasmTfjs } from '../../../src/tfjs/wasmTfjs';
import { floats, graph, model, operator, quantized, tensor } from '../../support/build';
import { check } from '../../support/check';

check(
  'options that mean nothing where every range is known',
  (options: Partial<QuantizeOptions>) => unusedOptions({ ...defaultQuantizeOptions, ...options }),
  [
    { name: 'none was asked for', input: {}, expected: [] },
    { name: 'what was to be left out is left out', input: { equalise: 'off', biasCorrection: 'off' }, expected: [] },
    {
      name: 'a method and levelled channels',
      input: { method: 'mse', equalise: 'on' },
      expected: [
        'All ranges were known already and stay as they are, so that nothing came of what was asked for: the method mse, levelled channels.',
      ],
    },
  ],
);

check(
  'what is said of weights and biases',
  (options: Partial<QuantizeOptions>) =>
    saidOfConstants(
      [],
      { method: 'min-max', weightFeedback: true, biasCorrection: false },
      { ...defaultQuantizeOptions, ...options },
    ).split(':')[0],
  [
    {
      name: 'nothing was asked for',
      input: {},
      expected: 'Weights were rounded so that their errors cancel, biases left as they are',
    },
    {
      name: 'the weights alone were asked for',
      input: { weightFeedback: 'on' },
      expected: 'Weights were rounded so that their errors cancel, as asked for, biases left as they are',
    },
  ],
);

const uint8 = (name: string): Tensor => tensor(name, 'uint8', [1, 2], { quantization: quantized(0.5, 128) });

/** x in uint8, then float: h = x W, y = h W. */
const half: Model = model(
  graph(
    [
      uint8('x'),
      tensor('real', 'float32', [1, 2]),
      floats('w', [2, 2], [1, 0.5, -0.5, 1]),
      tensor('h', 'float32', [1, 2]),
      tensor('y', 'float32', [1, 2]),
    ],
    [
      operator('DEQUANTIZE', [0], [1]),
      operator('FULLY_CONNECTED', [1, 2, -1], [3]),
      operator('FULLY_CONNECTED', [3, 2, -1], [4]),
    ],
    { inputs: [0], outputs: [4] },
  ),
);

/** All in uint8: nothing is left to find. */
const whole: Model = model(
  graph([uint8('x'), uint8('y')], [operator('RELU', [0], [1])], { inputs: [0], outputs: [1] }),
);

async function saidOf(source: Model, options: Partial<QuantizeOptions>): Promise<readonly string[]> {
  const stages: number[] = [];
  const tools: QuantizeTools = {
    engine: (await loadWasmTfjs()).engine,
    progress: ({ share }) => void stages.push(share),
  };
  const { proof } = await quantizeModel(
    {
      ...{ path: 'a.tflite', bytes: writeTflite(source), resultPath: 'b.tflite', limits: {} },
      target: resolveTarget({}).target,
      options: { ...defaultQuantizeOptions, ...options },
    },
    tools,
  );
  assert.deepEqual(
    stages,
    [...stages].sort((a, b) => a - b),
  );
  return [...proof.decisions, ...proof.warnings];
}

const invented =
  'No data were given: ranges come from random numbers, and so do the errors, which say little about real inputs. Quantize again with real samples before using the result.';
const unused =
  'All ranges were known already and stay as they are, so that nothing came of what was asked for: the method mse.';
const measuredByChance = 'No data were given: the errors come from random numbers, and say little about real inputs.';

it('calibrates what is float behind an input in uint8, by what was asked for, and goes forward', async () => {
  const said = await saidOf(half, { method: 'mse' });
  assert.ok(said.includes('Ranges were chosen by mse, as asked for.'), said.join('\n'));
  assert.ok(said.includes(invented), said.join('\n'));
});

it('calibrates nothing where all is in uint8, and says what came of nothing', async () => {
  const said = await saidOf(whole, { method: 'mse' });
  assert.ok(said.includes(unused), said.join('\n'));
  assert.ok(said.includes(measuredByChance), said.join('\n'));
  assert.ok(!said.includes(invented));
});
