import assert from 'node:assert/strict';
import { it } from 'node:test';
import { subjectOf } from '../../src/core/analysis/subject';
import { reportOf } from '../../src/core/compress/costs';
import type { CompressionKind } from '../../src/core/compress/kind';
import { compressionKinds, kindOf, mergedOptions } from '../../src/core/compress/kinds';
import { pruning } from '../../src/core/compress/kinds/prune';
import { quantization } from '../../src/core/compress/kinds/quantize';
import { offerActions } from '../../src/core/compress/offerActions';
import { offersFor } from '../../src/core/compress/offers';
import { totalsOf } from '../../src/core/compress/totals';
import { readTflite } from '../../src/core/formats/tflite/reader';
import { writeTflite } from '../../src/core/formats/tflite/writer';
import { goOnUnasked, spendSteps } from '../../src/core/model/budget';
import { CancelledError } from '../../src/protocol/rpc';
import type { LabelsChoice } from '../../src/protocol/jobs';
import { withSuffix } from '../../src/host/compress/resultFile';
import { compress } from '../../src/worker/jobs/compress';
import { fidelity } from '../../webview/proof/fidelity';
import { floats, graph, model, operator, options, tensor } from '../support/build';
import { check } from '../support/check';
import { noBesideHost } from '../support/noFilesBeside';

const only = operator('FULLY_CONNECTED', [0, 1, -1], [2], { options: options('FullyConnectedOptions') });
const source = model(
  graph([tensor('x', 'float32', [1, 2]), floats('w', [2, 2], [1, 2, 3, 4]), tensor('y', 'float32', [1, 2])], [only], {
    inputs: [0],
    outputs: [2],
  }),
);

interface LabelOptions {
  readonly text: string;
}

/** A kind that no other file knows: it gives the model a description, without samples and without loss. */
const labelling: CompressionKind<LabelOptions> = {
  id: 'label',
  defaults: { text: 'none' },
  settings: [],
  expected: 'Label',
  graceMs: 1,
  needs: () => [],
  title: ({ text }) => `Label "${text}"`,
  suffix: () => 'labelled',
  words: () => ({ learned: 'labelled', unmeasured: 'No number was touched.' }),
  alternatives: () => [],
  changed: (chosen) => chosen,
  load: () =>
    Promise.resolve({
      offers: (subject) => {
        const after = totalsOf(reportOf(subject.model, subject));
        return [{ offer: { possible: true, id: 'label', title: 'Label it', after }, options: { text: 'mine' } }];
      },
      check: () => undefined,
      run: ({ options: { text }, samples, resultPath, bytes: before, ...place }, { engine }) => {
        assert.equal(samples ?? engine, undefined);
        const read = readTflite(before).model;
        const bytes = writeTflite({ ...read, description: text });
        const after = reportOf(readTflite(bytes).model, { ...place, path: resultPath });
        const proof = {
          kind: 'label',
          ...{ source: { path: place.path, bytes: before.length, macs: 4 }, after, decisions: [], warnings: [] },
          result: { path: resultPath, bytes: bytes.length, macs: 4 },
          data: { source: 'none', isSynthetic: true, calibrationSamples: 0, testSamples: 0 },
        };
        return Promise.resolve({ bytes, proof });
      },
    }),
};

const kinds = [...compressionKinds, labelling];

it('offers, runs, names and shows a kind that is in the table and nowhere else', async () => {
  const request = { path: 'a.tflite', target: {} };
  const bytes = writeTflite(source);
  const offers = await offersFor(subjectOf({ ...request, bytes }), kinds);
  const action = offerActions(offers, 'model', kinds).find(({ title }) => title === 'Label it');
  assert.deepEqual(action?.command, { id: 'applyOffer', work: { kind: 'label', options: { text: 'mine' } } });
  assert.equal(offerActions(undefined, 'model', kinds).at(-1)?.title, 'Label (estimating)');

  const kind = kindOf('label', kinds);
  const how = { kind: 'label', options: mergedOptions(kind, { text: 'mine' }) };
  const resultPath = withSuffix('a.tflite', { suffix: kind.suffix(how.options) }, 1);
  const unread = (): Promise<never> => Promise.reject(new Error('No samples are needed.'));
  const { bytes: written, proof } = await compress(
    { type: 'compress', model: bytes, request, resultPath, how, mostSamples: 1 },
    {
      ...{ signal: new AbortController().signal, progress: () => undefined },
      files: { list: unread, read: unread },
      beside: noBesideHost,
    },
    kinds,
  );
  assert.equal(readTflite(written).model.description, 'mine');
  assert.deepEqual([proof.kind, proof.result.path], ['label', 'a.labelled.tflite']);
  assert.equal(kind.title(how.options), 'Label "mine"');
  assert.match(JSON.stringify(fidelity(proof, kind.words(how.options))), /No number was touched\./);
});

/** The kind of above, which computes on when it is cancelled. */
const counting = (hasBest: boolean, stop: AbortController): typeof labelling => ({
  ...labelling,
  load: async () => {
    const work = await labelling.load();
    return {
      ...work,
      run: (input, tools) => {
        stop.abort();
        if (hasBest) goOnUnasked();
        for (let step = 0; step < 2 ** 21; step += 1024) spendSteps(1024);
        return work.run(input, tools);
      },
    };
  },
});

check(
  'a compression that is cancelled in the middle of a computation',
  async (hasBest: boolean) => {
    const stop = new AbortController();
    const unread = (): Promise<never> => Promise.reject(new Error('No samples are needed.'));
    const { proof } = await compress(
      {
        ...{ type: 'compress', model: writeTflite(source), request: { path: 'a.tflite', target: {} } },
        ...{ resultPath: 'b.tflite', how: { kind: 'label', options: { text: 'x' } }, mostSamples: 1 },
      },
      {
        ...{ signal: stop.signal, progress: () => undefined, beside: noBesideHost },
        files: { list: unread, read: unread },
      },
      [counting(hasBest, stop)],
    );
    return proof.kind;
  },
  [
    { name: 'stops there', input: false, fails: new CancelledError().message },
    { name: 'or ends with what it has', input: true, expected: 'label' },
  ],
);

const twoClasses = model(
  graph(
    [tensor('x', 'float32', [1, 3]), floats('w', [2, 3], [1, 2, 3, 4, 5, 6]), tensor('y', 'float32', [1, 2])],
    [only],
    { inputs: [0], outputs: [2] },
  ),
);

/** The kind of above, after which class 1 is answered half as often. */
const losing: CompressionKind<LabelOptions> = {
  ...labelling,
  load: async () => {
    const work = await labelling.load();
    return {
      ...work,
      run: async (input, tools) => {
        const { bytes, proof } = await work.run(input, tools);
        const classes = [{ index: 1, samples: 4, after: 0.5 }];
        return { bytes, proof: { ...proof, fidelity: { sqnrDb: 20, meanSquareError: 1, classes } } };
      },
    };
  },
};

check(
  'the page of a proof calls classes by the names that milliwatt.json gives',
  async (labels: LabelsChoice | undefined) => {
    const listed = (): Promise<never> => Promise.reject(new Error('Nothing is listed.'));
    const { proof } = await compress(
      {
        ...{ type: 'compress', model: writeTflite(twoClasses), request: { path: 'a.tflite', target: {} }, labels },
        ...{ resultPath: 'b.tflite', how: { kind: 'label', options: { text: 'x' } }, mostSamples: 1 },
      },
      {
        ...{ signal: new AbortController().signal, progress: () => undefined },
        files: { list: listed, read: () => Promise.resolve(new TextEncoder().encode('ant\nbird\n')) },
        beside: noBesideHost,
      },
      [losing],
    );
    const page = JSON.stringify(fidelity(proof, labelling.words({ text: 'x' })));
    return /[a-z0-9 ]+: 50\.0 % answered alike, of 4 samples/.exec(page)?.[0];
  },
  [
    { name: 'none', input: undefined, expected: 'class 1: 50.0 % answered alike, of 4 samples' },
    {
      name: 'names',
      input: { kind: 'names', source: 'milliwatt.json', names: ['eins', 'zwei'] },
      expected: 'zwei: 50.0 % answered alike, of 4 samples',
    },
    {
      name: 'a file',
      input: { kind: 'files', address: 'animals.txt', name: 'animals.txt' },
      expected: 'bird: 50.0 % answered alike, of 4 samples',
    },
    {
      name: 'names of another model, before anything is done',
      input: { kind: 'names', source: 'milliwatt.json', names: ['eins'] },
      fails:
        'milliwatt.json has 1 lines, but the model tells 2 classes apart. Give one label a line, in the order of the classes.',
    },
  ],
);

check(
  'options of a quantization in layers',
  (layers: readonly Parameters<typeof mergedOptions>[1][]) => {
    const { method, activations, io } = mergedOptions(quantization, ...layers);
    return [method, activations, io];
  },
  [
    { name: 'none: its own', input: [], expected: ['auto', 'int8', 'int8'] },
    {
      name: 'an offer over the settings: what it leaves open they decide',
      input: [
        { method: 'mse', activations: 'int16', io: 'float' },
        { activations: 'int8', io: 'int8' },
      ],
      expected: ['mse', 'int8', 'int8'],
    },
    {
      name: 'what is not set decides nothing',
      input: [{ method: 'mse' }, { method: undefined, io: 'float' }],
      expected: ['mse', 'int8', 'float'],
    },
  ],
);

check(
  'options of another try',
  ([id, change]: readonly [string, { readonly option: string; readonly value?: unknown }]) => {
    const kind = kindOf(id);
    const before = mergedOptions(kind, id === 'prune' ? { ratio: 0.25 } : { keepFloat: ['a'] });
    return Object.entries(kind.changed(before, change)).filter(
      ([key, value]) => JSON.stringify(value) !== JSON.stringify((before as Record<string, unknown>)[key]),
    );
  },
  [
    {
      name: 'of a quantization: one more layer stays float',
      input: ['quantize', { option: 'keepFloat', layer: 'b' } as { option: string }],
      expected: [['keepFloat', ['a', 'b']]],
    },
    {
      name: 'of a pruning: another point of the trade-off instead of a ratio',
      input: ['prune', { option: 'macsShare', value: 0.3 }],
      expected: [
        ['ratio', undefined],
        ['goal', { macsShare: 0.3 }],
      ],
    },
  ],
);

check('how far to prune', (chosen: object) => pruning.questions?.goal?.isOpen(mergedOptions(pruning, chosen)), [
  { name: 'is asked where nothing says so', input: {}, expected: true },
  { name: 'not with a ratio', input: { ratio: 0.5 }, expected: false },
  { name: 'not with layers', input: { layers: [{ name: 'a', ratio: 0.5 }] }, expected: false },
  { name: 'not with a goal', input: { goal: { ramBytes: 1 } }, expected: false },
]);

check('kind of compression', (id: string) => kindOf(id).id, [
  { name: 'that is there', input: 'clean', expected: 'clean' },
  {
    name: 'that is not',
    input: 'toString',
    fails:
      'There is no compression called "toString". There are "quantize", "rewrite", "makeItFit", "fit", "clean", "prune".',
  },
]);
