import { boardAnswerTexts, mendedTexts, mendsAnswers } from '../boardAnswers';
import { neededValues } from './calibrate/needed';
import { readTflite } from '../../formats/tflite/reader';
import { pickSamples } from '../../samples/samples';
import { spread } from '../../samples/spread';
import { answersFrom } from '../judge/answers';
import { fidelityOf } from '../judge/fidelity';
import { judgedTensors } from '../judge/judgedOutputs';
import { qualityWarnings } from '../judge/qualityWarnings';
import type { Fidelity, Proof } from '../proof';
import { reportOf } from '../costs';
import { refusalOfResult, refusedResultText, whyRefused } from '../refusal';
import { totalsOf } from '../totals';
import { worseCostsText } from '../worseCosts';
import { metadataSentences } from '../rewrite/metadata';
import { measure } from './measure/measure';
import { referenceOf } from './measure/reference';
import { layerFidelities } from './proofOf';
import type { QuantizedGraph } from './quantizedGraph';
import { unevenFeatures } from './unevenFeatures';
import { warningsOf } from './warnings';
import type { Outcome, Work } from './work';
import { stage, valuesOf } from './work';

/** Samples by which layers are judged. */
const layerSamples = 12;

/** What the quantized graph, written as `bytes`, costs and how near it is to the float model on test samples. */
export async function prove({ work, quantized, decisions }: Outcome, bytes: Uint8Array): Promise<Proof> {
  const { request, source, samples } = work;
  const { target } = request;
  const fidelity = await wholeFidelity(work, quantized);
  const layers = await layersOf(work, quantized);
  const result = readTflite(bytes).model;
  const after = reportOf(result, { ...request, path: request.resultPath });
  const before = reportOf(source, request);
  const refusal = whyRefused(source, target);
  const metadata = metadataSentences(source, result);
  const isPoor = !samples.calibration.isSynthetic && qualityWarnings(fidelity).length > 0;
  const mends = mendsAnswers(source, result);
  const isRun = refusal === undefined && whyRefused(result, target) === undefined && !mends;
  const worse = isRun ? worseCostsText(totalsOf(before), totalsOf(after)) : undefined;
  return {
    kind: 'quantize',
    source: { path: request.path, bytes: request.bytes.byteLength, macs: before.model.macs },
    result: { path: request.resultPath, bytes: bytes.byteLength, macs: after.model.macs },
    ...(refusal === undefined ? { before } : { beforeRefusal: refusal }),
    after,
    ...(mends && { mends }),
    ...refusalOfResult(result, target),
    fidelity,
    layers,
    decisions: [...decisions, ...mendedTexts(source, result), ...metadata.decisions],
    warnings: [
      ...warningsOf({ quantized, samples, fidelity, after, isCalibrated: work.isCalibrated }),
      ...(isPoor ? unevenFeatures(work.model.graphs[0], quantized, samples.calibration) : []),
      ...metadata.warnings,
      ...refusedResultText(result, target),
      ...boardAnswerTexts(source, result),
      ...(worse === undefined ? [] : [worse]),
    ],
    data: {
      source: samples.calibration.source,
      isSynthetic: samples.calibration.isSynthetic,
      calibrationSamples: samples.calibration.count,
      testSamples: samples.test.count,
    },
  };
}

async function wholeFidelity(
  { request, tools, model, samples, program }: Work,
  quantized: QuantizedGraph,
): Promise<Fidelity> {
  const { signal, pause } = tools;
  const tensors = judgedTensors(model.graphs[0]);
  const reference = await referenceOf(model, program, samples.test, { tensors, signal });
  const { rounding } = request.target;
  const progress = stage(tools, 'Measuring', 0.78, 0.12);
  const { answers } = await measure(quantized, reference, { rounding, signal, pause, progress });
  const needed = new Map(
    [...reference.values].map(([tensor, values]) => [tensor, neededValues(values, quantized.needed?.get(tensor))]),
  );
  return fidelityOf(answersFrom(reference.graph, needed), answers, samples.test);
}

async function layersOf(
  { request, tools, model, samples, program }: Work,
  quantized: QuantizedGraph,
): Promise<Proof['layers']> {
  const { signal, pause } = tools;
  const { rounding } = request.target;
  const few = pickSamples(samples.test, spread(samples.test.count, layerSamples));
  const reference = await referenceOf(model, program, few, { tensors: valuesOf(model), signal });
  const progress = stage(tools, 'Measuring layers', 0.9, 0.1);
  const measured = await measure(quantized, reference, { rounding, signal, pause, progress });
  return layerFidelities(model, { quantized, measured }, reference, rounding);
}
