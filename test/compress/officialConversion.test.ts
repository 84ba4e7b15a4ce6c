import { subjectOf } from '../../src/core/analysis/subject';
import { mergedOptions, kindOf } from '../../src/core/compress/kinds';
import type { OfficialConversion } from '../../src/core/compress/proof';
import { runCompression } from '../../src/core/compress/runCompression';
import { addForeignFormats } from '../../src/core/formats/foreignFormats';
import { readModel } from '../../src/core/formats/formats';
import { loadCompressionTools } from '../../src/tfjs/compressionTools';
import { check } from '../support/check';
import { webModel } from '../support/webModel';

addForeignFormats();

/** What the proof of a conversion of that model says of the official converter; figures that are smaller are named. */
async function proved(kind: string): Promise<unknown> {
  const { json, weights } = webModel();
  const source = {
    path: 'web/model.json',
    bytes: new TextEncoder().encode(json),
    siblings: { read: (name: string) => (name === 'weights.bin' ? weights : undefined) },
  };
  const subject = subjectOf({ ...source, target: { board: 'nano33ble' }, read: readModel(source) });
  const { proof } = await runCompression(
    { subject, bytes: source.bytes, resultPath: 'r.tflite', request: { kind, options: mergedOptions(kindOf(kind)) } },
    { readSamples: () => Promise.resolve(undefined), loadTools: (needs) => loadCompressionTools(needs, {}) },
  );
  return proof.official && told(proof.official);
}

function told({ official, result, layers, troubles, refused }: OfficialConversion): unknown {
  const keys = ['ramBytes', 'flashBytes', 'cycles'] as const;
  return {
    operators: [official?.operators, result.operators],
    less: keys.filter((key) => (result[key] ?? Infinity) < (official?.[key] ?? 0)),
    layers: layers.map(({ name, official: theirs, ours }) => `${name}: ${theirs.join(' ')} -> ${ours.join(' ')}`),
    troubles,
    refused,
  };
}

// A dense layer on more than two dimensions: its shape is computed where the batch is open.
const dense = 'SHAPE GATHER REDUCE_PROD CONCATENATION GATHER REDUCE_PROD PACK RESHAPE FULLY_CONNECTED RESHAPE ADD';
const expected = {
  operators: [13, 3],
  // What the official file takes in time is not known: TFLM refuses one of its operators.
  less: ['ramBytes', 'flashBytes'],
  layers: [`dense: ${dense} -> FULLY_CONNECTED`],
  troubles: [
    'The layer "dense" (Dense) becomes eleven operators with REDUCE_PROD, which TensorFlow Lite Micro refuses, while the batch is open.',
  ],
  refused: undefined,
};

check('what the official converter would have made, in a proof', proved, [
  { name: 'of float', input: 'rewrite', expected },
  { name: 'of int8', input: 'quantize', expected },
]);
