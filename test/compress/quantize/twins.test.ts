import { describe } from 'node:test';
import { estimate } from '../../../src/core/estimate/estimate';
import { readTflite } from '../../../src/core/formats/tflite/reader';
import type { Model } from '../../../src/core/model/model';
import { measure } from '../../../src/core/compress/quantize/measure/measure';
import { bytesOf } from '../../../src/core/compress/quantize/repair/repair';
import { loadWasmTfjs } from '../../../src/tfjs/wasmTfjs';
import { check } from '../../support/check';
import { sharedModelsMissing } from '../../support/models';
import {
  fidelityFrom,
  comparedTarget,
  comparisonOf,
  measureFile,
  quantizeSubject,
  subjects,
  withConstantsOfTwin,
  withScalesOfTwin,
} from '../../support/twins';
import { realValues } from '../../../src/core/model/values/real';
import { judgedSqnrDb } from '../../../src/core/compress/judge/fidelity';

/** The bound that was set for a quantization beside its twin: at least the twin's signal-to-noise ratio less 0.3 dB. */
const allowedDb = 0.3;

/** What our quantization of an MLPerf Tiny model has to reach beside its authors' own; figures are in ACCURACY.md. */
async function reached(name: string): Promise<Record<string, boolean>> {
  const { engine } = await loadWasmTfjs();
  const comparison = await comparisonOf(
    subjects.find((subject) => subject.name === name)!,
    engine,
  );
  const { twin, test } = comparison;
  const theirs = await measureFile(comparison, twin, test);
  const { bytes } = await quantizeSubject(comparison);
  const ours = readTflite(bytes).model;
  const own = await measureFile(comparison, ours, test);
  const plain = await quantizeSubject(comparison, {
    method: 'min-max',
    biasCorrection: 'off',
    weightFeedback: 'off',
    equalise: 'off',
  });
  const minMax = await measureFile(comparison, readTflite(plain.bytes).model, test);
  const imposed = await measure(withScalesOfTwin(comparison), test, { rounding: 'double' });
  const before = (measured: typeof own): number => judgedSqnrDb(fidelityFrom(measured, test));
  const copy = withScalesOfTwin(
    comparison,
    withConstantsOfTwin(comparison, (tensor) => bytesOf(realValues(tensor)!)),
  );
  return {
    "the twin's constants give the twin's bytes": String(constantBytes(copy.model)) === String(constantBytes(twin)),
    'with its scales no worse than 0.3 dB below the twin': before(imposed) >= before(theirs) - allowedDb,
    'no worse than min-max': before(own) >= before(minMax),
    'no worse than the twin': before(own) >= before(theirs),
    ...asManyClasses(fidelityFrom(own, test).top1Agreement, fidelityFrom(theirs, test).top1Agreement),
    'no larger and no slower than the twin': costs(ours).every((figure, place) => figure <= costs(twin)[place]),
  };
}

/** Asked of classifiers alone: a model that reconstructs its input has no classes. */
function asManyClasses(own: number | undefined, theirs: number | undefined): Record<string, boolean> {
  if (own === undefined && theirs === undefined) return {};
  return { 'as many equal classes as the twin': own !== undefined && theirs !== undefined && own >= theirs };
}

/** Stored weights and biases, operator by operator. */
function constantBytes({ graphs: [{ operators, tensors }] }: Model): readonly number[] {
  return operators
    .filter(({ kind }) => kind !== 'QUANTIZE' && kind !== 'DEQUANTIZE')
    .flatMap(({ inputs }) => inputs)
    .map((index) => tensors[index])
    .filter(({ data, quantization }) => data !== undefined && (quantization?.scales.length ?? 0) > 0)
    .flatMap(({ data }) => [...data!]);
}

function costs(model: Model): readonly number[] {
  const { arena, flash, latency } = estimate(model, '', comparedTarget, {}).report;
  return [arena!.minimumBytes, flash!.totalBytes, latency!.cycles!];
}

const everything = {
  "the twin's constants give the twin's bytes": true,
  'with its scales no worse than 0.3 dB below the twin': true,
  'no worse than min-max': true,
  'no worse than the twin': true,
  'no larger and no slower than the twin': true,
};

const ofClasses = { 'as many equal classes as the twin': true };

const title = 'quantized models beside those of their authors (before a final softmax)';

if (sharedModelsMissing === false) {
  check(title, reached, [
    { name: 'anomaly detection', input: 'anomaly detection', expected: everything },
    { name: 'keyword spotting', input: 'keyword spotting', expected: { ...everything, ...ofClasses } },
  ]);
} else {
  describe(title, { skip: sharedModelsMissing });
}
