import { readTflite } from '../../formats/tflite/reader';
import { supportOf } from '../../operators/operators';
import { runtimeById } from '../../runtimes/runtimes';
import type { DataUsed, Fidelity, Proof } from '../proof';
import { answersOf } from '../judge/answers';
import { fidelityOf } from '../judge/fidelity';
import { qualityWarnings } from '../judge/qualityWarnings';
import { metadataSentences } from '../rewrite/metadata';
import type { Work } from './pruneModel';
import { reportOf } from './totals';

/** Before and after: costs of both files, and how far the outputs are from the source's on test samples. */
export async function proofOf(
  work: Work,
  { kind, bytes }: { readonly kind: 'prune' | 'clean'; readonly bytes: Uint8Array },
): Promise<Proof> {
  const { request, original, decisions, warnings, place } = work;
  const { model } = readTflite(bytes);
  const after = { ...reportOf(model, { ...place, path: request.resultPath }), findings: [] };
  const refusal = refusalOf(work);
  const metadata = metadataSentences(work.source, model);
  decisions.push(...metadata.decisions);
  warnings.push(...metadata.warnings);
  const measured = await fidelity(work, bytes);
  const isReal = request.samples?.test.isSynthetic === false;
  if (measured !== undefined && isReal) warnings.push(...qualityWarnings(measured));
  return {
    kind,
    source: { path: request.path, bytes: request.bytes.length, macs: original.model.macs },
    result: { path: request.resultPath, bytes: bytes.length, macs: after.model.macs },
    ...(refusal === undefined ? { before: { ...original, findings: [] } } : { beforeRefusal: refusal }),
    after,
    fidelity: measured,
    decisions,
    warnings,
    data: dataUsed(work),
  };
}

async function fidelity({ request, tools, source }: Work, bytes: Uint8Array): Promise<Fidelity | undefined> {
  const samples = request.samples?.test;
  if (samples === undefined || samples.count === 0) return undefined;
  tools.progress?.({ stage: 'Measuring', share: 0.9 });
  const runner = { engine: tools.engine, rounding: request.target.rounding, pause: tools.pause };
  const before = await answersOf(source, samples, runner);
  return fidelityOf(before, await answersOf(readTflite(bytes).model, samples, runner), samples);
}

function refusalOf({ source, request }: Work): string | undefined {
  const library = runtimeById(request.target.runtime)?.kernelLibrary;
  for (const graph of source.graphs) {
    for (const operator of graph.operators) {
      const support = supportOf(operator, graph, library);
      if (!support.supported) return support.reason;
    }
  }
  return undefined;
}

function dataUsed({ request: { samples } }: Work): DataUsed {
  return {
    source: samples?.calibration.source ?? 'none',
    isSynthetic: samples?.calibration.isSynthetic ?? true,
    calibrationSamples: samples?.calibration.count ?? 0,
    testSamples: samples?.test.count ?? 0,
  };
}
