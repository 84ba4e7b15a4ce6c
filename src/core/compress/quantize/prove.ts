import { estimate } from '../../estimate/estimate';
import type { Model } from '../../model/model';
import { pickSamples } from '../../samples/samples';
import { spread } from '../../samples/spread';
import { answersFrom } from '../judge/answers';
import { fidelityOf } from '../judge/fidelity';
import { judgedTensors } from '../judge/judgedOutputs';
import type { Fidelity, Proof } from '../proof';
import { metadataSentences } from '../rewrite/metadata';
import { measure } from './measure/measure';
import { referenceOf } from './measure/reference';
import { layerFidelities, reportOf } from './proofOf';
import type { QuantizedGraph } from './quantizeGraph';
import { refusalOf } from './repair/refuse';
import type { QuantizeRequest } from './request';
import { warningsOf } from './warnings';
import type { Outcome, Work } from './work';
import { stage, valuesOf } from './work';

/** Samples by which layers are judged. */
const layerSamples = 12;

/** What the quantized graph, written as `bytes`, costs and how near it is to the float model on test samples. */
export async function prove({ work, quantized, decisions }: Outcome, bytes: Uint8Array): Promise<Proof> {
  const { request, source, samples } = work;
  const { target, limits } = request;
  const fidelity = await wholeFidelity(work, quantized);
  const layers = await layersOf(work, quantized);
  const after = reportOf(bytes, request.resultPath, target, limits);
  const refusal = refusalOf(source);
  const metadata = metadataSentences(source, quantized.model);
  return {
    kind: 'quantize',
    source: { path: request.path, bytes: request.bytes.byteLength, macs: macsOf(source, request) },
    result: { path: request.resultPath, bytes: bytes.byteLength, macs: after.model.macs },
    ...(refusal === undefined
      ? { before: { ...estimate(source, request.path, target, limits).report, findings: [] } }
      : { beforeRefusal: refusal }),
    after,
    fidelity,
    layers,
    decisions: [...decisions, ...metadata.decisions],
    warnings: [
      ...warningsOf({ quantized, samples, fidelity, after, isCalibrated: work.isCalibrated }),
      ...metadata.warnings,
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
  const progress = stage(tools, 'Measuring', 0.7, 0.2);
  const { answers } = await measure(quantized, reference, { rounding, signal, pause, progress });
  return fidelityOf(answersFrom(reference.graph, reference.values), answers, samples.test);
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

function macsOf(source: Model, { path, target, limits }: QuantizeRequest): number {
  return estimate(source, path, target, limits).report.model.macs;
}
