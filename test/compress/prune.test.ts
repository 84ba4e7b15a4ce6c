import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { imageOf, imagePixels, loadDigits } from '../../examples/digits/data';
import type { Progress } from '../../src/core/compress/offer';
import { cleanModel } from '../../src/core/compress/prune/cleanModel';
import { pruneModel } from '../../src/core/compress/prune/pruneModel';
import { pruneOffers } from '../../src/core/compress/prune/offers';
import { defaultPruneOptions } from '../../src/core/compress/prune/request';
import type { PruneOptions } from '../../src/core/compress/prune/request';
import { totalsOf } from '../../src/core/compress/totals';
import { resolveTarget } from '../../src/core/estimate/resolveTarget';
import { prepare } from '../../src/core/execute/prepare';
import { seededInputs } from '../../src/core/execute/seededInputs';
import { tfjsTrainer } from '../../src/core/execute/tfjs/trainer';
import { readTflite } from '../../src/core/formats/tflite/reader';
import { writeTflite } from '../../src/core/formats/tflite/writer';
import type { Model } from '../../src/core/model/model';
import { heldValues } from '../../src/core/model/values/real';
import type { Samples, SplitSamples } from '../../src/core/samples/samples';
import { loadWasmTfjs } from '../../src/tfjs/wasmTfjs';
import { floats, graph, model, operator, tensor } from '../support/build';
import { check } from '../support/check';
import { sharedModelBytes, skipWithoutSharedModels } from '../support/models';
import { tfjsTflite } from '../support/oracles/tfjsTflite';

const { target } = resolveTarget({ board: 'arduino_nano33ble_sense_rev2' });
const digits = fileURLToPath(new URL('../../examples/digits/digits_float.tflite', import.meta.url));

/** x[1,2] -> `a` of 4 channels with filters of these sizes -> out[1,2]. */
function dense(filters: readonly number[], more: Partial<Parameters<typeof graph>[2]> = {}): Model {
  return model(
    graph(
      [
        tensor('x', 'float32', [1, 2]),
        floats(
          'wa',
          [4, 2],
          filters.flatMap((size) => [size, 0]),
        ),
        tensor('a', 'float32', [1, 4]),
        floats('wb', [2, 4], [1, 1, 1, 1, 1, 1, 1, 1]),
        tensor('out', 'float32', [1, 2]),
      ],
      [operator('FULLY_CONNECTED', [0, 1, -1], [2]), operator('FULLY_CONNECTED', [2, 3, -1], [4])],
      { inputs: [0], outputs: [4], ...more },
    ),
  );
}

interface Case {
  readonly source: Model;
  readonly options: Partial<PruneOptions>;
}

/** Values of the first filters that are left. */
async function filtersLeft({ source, options }: Case): Promise<readonly number[]> {
  const result = await pruneModel(
    {
      ...{ path: 'a.tflite', bytes: writeTflite(source), resultPath: 'b.tflite', target, limits: {} },
      options: { ...defaultPruneOptions, clean: false, importance: 'l2', ...options },
    },
    {},
  );
  const { tensors } = readTflite(result.bytes).model.graphs[0];
  const values = new Float32Array(tensors[1].data!.slice().buffer);
  return [...values].filter((_, index) => index % 2 === 0);
}

check('channels by ratio, layer and importance', filtersLeft, [
  {
    name: 'half of every layer, the smallest first',
    input: { source: dense([3, 1, 4, 2]), options: { ratio: 0.5 } },
    expected: [3, 4],
  },
  {
    name: 'a quarter of one layer, by name',
    input: { source: dense([3, 1, 4, 2]), options: { layers: [{ name: 'a', ratio: 0.25 }] } },
    expected: [3, 4, 2],
  },
  {
    name: 'the filter that others can stand in for: distances 9+8+1, 9+1+8, 8+1+7, 1+8+7',
    input: { source: dense([10, 1, 2, 9]), options: { ratio: 0.25, importance: 'geometric-median' } },
    expected: [10, 1, 2],
  },
  {
    name: 'one channel always stays',
    input: { source: dense([3, 1, 4, 2]), options: { ratio: 0.99 } },
    expected: [4],
  },
  {
    name: 'a share of the multiply-accumulates: 16 in all, 4 a channel',
    input: { source: dense([3, 1, 4, 2]), options: { goal: { macsShare: 0.5 } } },
    expected: [3, 4],
  },
  {
    name: 'no ratio, no layer, no limit',
    input: { source: dense([3, 1, 4, 2]), options: {} },
    fails: 'Nothing says how much to prune: give a ratio, layers, a board to fit or a limit.',
  },
  {
    name: 'a layer that is not there',
    input: { source: dense([3, 1, 4, 2]), options: { layers: [{ name: 'b', ratio: 0.25 }] } },
    fails: 'There is no layer with weights called "b". Did you mean "a"?',
  },
  {
    name: 'a layer that cannot lose any',
    input: { source: dense([3, 1, 4, 2]), options: { layers: [{ name: 'out', ratio: 0.25 }] } },
    fails: '"out" cannot be pruned. Its channels are outputs of the model. Choose another layer.',
  },
  {
    name: 'a ratio above one',
    input: { source: dense([3, 1, 4, 2]), options: { ratio: 25 } },
    fails: 'A ratio of 25 is not between 0 and 1. Write for instance 0.25 to remove a quarter of the channels.',
  },
  {
    name: 'a model whose layers are all outputs',
    input: { source: dense([3, 1, 4, 2], { outputs: [4, 2] }), options: { ratio: 0.5 } },
    fails:
      'No layer of this model can lose channels. "a": Its channels are outputs of the model. "out": Its channels are outputs of the model.',
  },
  {
    name: 'an importance that needs samples',
    input: { source: dense([3, 1, 4, 2]), options: { ratio: 0.5, importance: 'taylor' } },
    fails:
      'The importance "taylor" needs samples (--data) and TensorFlow.js. Choose "l2", which looks at the weights alone.',
  },
]);

/** A pruning with a quantization behind it that is never reached. */
async function quantizedToo(source: Model): Promise<unknown> {
  const request = { path: 'a.tflite', bytes: writeTflite(source), resultPath: 'b.tflite', target, limits: {} };
  const tools = { quantize: () => Promise.reject(new Error('It was searched and pruned for nothing.')) };
  return await pruneModel({ ...request, options: { ...defaultPruneOptions, ratio: 0.5, quantize: true } }, tools);
}

check('what cannot be quantized is not pruned for it', quantizedToo, [
  {
    name: 'an input that nothing writes',
    input: dense([3, 1, 4, 2], { inputs: [] }),
    fails:
      'Operator 0 (FULLY_CONNECTED) reads "x", which nothing writes, so that its outputs hang on what lies in memory, and the model cannot be changed here. Convert it again.',
  },
]);

it('writes nothing where everything makes a difference', async () => {
  const bytes = writeTflite(dense([3, 1, 4, 2]));
  await assert.rejects(cleanModel({ path: 'a.tflite', bytes, resultPath: 'b.tflite', target, limits: {} }, {}), {
    message: 'Everything in this model makes a difference to its outputs: there is nothing to remove for free.',
  });
});

/** Random samples of the digits network's shape, two parts. */
function noise(count: number): SplitSamples {
  const [values] = seededInputs([{ name: 'image', type: 'float32', shape: [count, 28, 28, 1] }], 5);
  const samples: Samples = {
    ...{ source: 'noise', isSynthetic: true, count, inputs: [new Float32Array(values.buffer)], remarks: [] },
  };
  return { calibration: samples, test: samples };
}

/** Every so manieth of the training digits, as pictures alone. */
function someDigits(count: number): SplitSamples {
  const { training } = loadDigits();
  const images = new Float32Array(count * imagePixels);
  for (let index = 0; index < count; index++) {
    images.set(imageOf(training, Math.floor((index * training.count) / count)), index * imagePixels);
  }
  const samples: Samples = { source: 'digits', isSynthetic: false, count, inputs: [images], remarks: [] };
  return { calibration: samples, test: samples };
}

it('forecasts exactly what the written file costs, trained or not, and every layer that is offered', async () => {
  const bytes = new Uint8Array(readFileSync(digits));
  const offers = pruneOffers({ model: readTflite(bytes).model, path: 'digits.tflite', target, limits: {} });
  const { tf, engine } = await loadWasmTfjs();
  const repairOptions = { epochs: 1, batchSize: 8 };
  for (const id of ['prune', 'prune:pointwise3']) {
    const { offer, options } = offers.find((each) => each.offer.id === id)!;
    assert.ok(offer.possible && options !== undefined);
    const request = { path: 'a', bytes, resultPath: 'b', target, limits: {}, samples: noise(10) };
    const result = await pruneModel(
      { ...request, options: { ...defaultPruneOptions, ...options, repairOptions } },
      { engine, trainer: tfjsTrainer(tf, 'wasm') },
    );
    assert.deepStrictEqual(totalsOf(result.proof.after), offer.after);
  }
});

it('learns from the original: the loss on digits set aside falls, and the same seed gives the same file', async () => {
  const bytes = new Uint8Array(readFileSync(digits));
  const { tf, engine } = await loadWasmTfjs();
  const losses: number[] = [];
  const once = async (): Promise<Uint8Array> => {
    const options: PruneOptions = {
      ...defaultPruneOptions,
      ratio: 0.25,
      importance: 'l2',
      repairOptions: { epochs: 3 },
    };
    const progress = ({ curve }: { readonly curve?: { readonly y: number } }): void => {
      if (curve !== undefined) losses.push(curve.y);
    };
    const request = { path: 'a', bytes, resultPath: 'b', target, limits: {}, samples: someDigits(120), options };
    return (await pruneModel(request, { engine, trainer: tfjsTrainer(tf, 'wasm'), progress })).bytes;
  };
  const [first, second] = [await once(), await once()];
  assert.deepStrictEqual(second, first);
  assert.ok(losses[2] < 0.95 * losses[0], `losses ${losses.join()}`);
});

it('keeps the best so far when it is cancelled while it learns, and rejects before', async () => {
  const bytes = new Uint8Array(readFileSync(digits));
  const { tf, engine } = await loadWasmTfjs();
  const options: PruneOptions = {
    ...defaultPruneOptions,
    ratio: 0.25,
    importance: 'l2',
    repairOptions: { epochs: 50 },
  };
  const request = { path: 'a', bytes, resultPath: 'b', target, limits: {}, samples: noise(20), options };
  const stop = new AbortController();
  const tools = { engine, trainer: tfjsTrainer(tf, 'wasm'), signal: stop.signal };
  const progress = ({ curve }: Progress): void => {
    if (curve !== undefined) stop.abort();
  };
  const result = await pruneModel(request, { ...tools, progress });
  assert.deepStrictEqual(result.proof.warnings, ['The fine-tuning was cancelled: these are its best weights so far.']);
  assert.equal(result.proof.after.layers.length, 13);
  await assert.rejects(pruneModel(request, tools), { name: 'AbortError' });
});

it('says what blocks a limit that cannot be met, and gives the nearest point', async () => {
  const bytes = new Uint8Array(readFileSync(digits));
  const options: PruneOptions = { ...defaultPruneOptions, importance: 'l2', goal: { ramBytes: 1000 } };
  const request = { path: 'a', bytes, resultPath: 'b', target, limits: {}, options };
  const { curve } = await pruneModel(request, {});
  assert.match(
    curve.unreachable ?? '',
    /^RAM of 1000 B is not reached: the nearest point takes .* KB, .* too much\. There \w+ "/,
  );
  assert.ok(curve.points.at(-1)!.totals.macs < curve.points[0].totals.macs / 10);
});

/**
 * The largest difference between an independent runtime and our own execution of a pruned model: over the largest
 * magnitude, or in steps.
 */
async function difference(name: string): Promise<{ readonly type: string; readonly most: number }> {
  const options: PruneOptions = { ...defaultPruneOptions, ratio: 0.3, importance: 'l2' };
  const request = { path: 'a', bytes: sharedModelBytes(name), resultPath: 'b', target, limits: {}, options };
  const { bytes } = await pruneModel(request, {});
  const { model: pruned } = readTflite(bytes);
  const [{ tensors, inputs }] = pruned.graphs;
  const values = seededInputs(
    inputs.map((index) => tensors[index]),
    7,
  );
  // The other runtime rounds once.
  const [own] = prepare(pruned, { rounding: 'single' }).invoke(values);
  const oracle = await tfjsTflite.open(bytes);
  const [theirs] = await oracle.run(values);
  oracle.close();
  assert.equal(own.bytes.length, theirs.length);
  const [ours, other] = [own.bytes, theirs].map((bytes) => heldValues({ ...own, bytes }));
  const most = Math.max(...Array.from(ours, (value, index) => Math.abs(value - other[index])));
  return { type: own.type, most: own.type === 'float32' ? most / Math.max(...Array.from(ours, Math.abs)) : most };
}

for (const [name, type, bound] of [
  ['tinymaix_mnist_valid_f', 'float32', 2e-6],
  ['mlperf_pretrainedResnet', 'float32', 1e-6],
  ['mltk_fingerprint_signature_generator', 'int8', 0],
] as const) {
  it(`${name}: a pruned file runs elsewhere and gives what our own execution gives`, async (context) => {
    if (skipWithoutSharedModels(context)) return;
    const found = await difference(name);
    assert.equal(found.type, type);
    assert.ok(found.most <= bound, `differs by ${found.most}`);
  });
}

it('has the model that these tests prune', () => assert.ok(existsSync(digits)));
