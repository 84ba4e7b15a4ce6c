import { readTflite } from '../../formats/tflite/reader';
import { HumanError } from '../../model/problem';
import { boardAnswerTexts, mendedTexts, mendsAnswers } from '../boardAnswers';
import type { DataUsed, Fidelity, Proof } from '../proof';
import { answersOf } from '../judge/answers';
import { fidelityOf } from '../judge/fidelity';
import { totalsOf } from '../totals';
import { worseCostsText } from '../worseCosts';
import { qualityWarnings } from '../judge/qualityWarnings';
import { metadataSentences } from '../rewrite/metadata';
import type { WorkUnderWay } from './work';
import { reportOf } from '../costs';
import { refusalOfResult, refusedResultText, whyRefused } from '../refusal';

/** Before and after: costs of both files, and how far the outputs are from the source's on test samples. */
export async function proofOf(
  work: WorkUnderWay,
  { kind, bytes }: { readonly kind: string; readonly bytes: Uint8Array },
): Promise<Proof> {
  const { request, original, decisions, warnings, place } = work;
  const { model } = readTflite(bytes);
  const after = reportOf(model, { ...place, path: request.resultPath });
  const refusal = whyRefused(work.source, request.target);
  const metadata = metadataSentences(work.source, model);
  decisions.push(...mendedTexts(work.source, model), ...metadata.decisions);
  warnings.push(
    ...metadata.warnings,
    ...refusedResultText(model, request.target),
    ...boardAnswerTexts(work.source, model),
  );
  const mends = mendsAnswers(work.source, model);
  const isRun = refusal === undefined && whyRefused(model, request.target) === undefined && !mends;
  const worse = isRun ? worseCostsText(totalsOf(original), totalsOf(after)) : undefined;
  if (worse !== undefined) warnings.push(worse);
  const measured = await fidelity(work, bytes);
  const isReal = request.samples?.test.isSynthetic === false;
  if (measured !== undefined && isReal) warnings.push(...qualityWarnings(measured));
  return {
    kind,
    source: { path: request.path, bytes: request.bytes.length, macs: original.model.macs },
    result: { path: request.resultPath, bytes: bytes.length, macs: after.model.macs },
    ...(refusal === undefined ? { before: original } : { beforeRefusal: refusal }),
    after,
    ...(mends && { mends }),
    ...refusalOfResult(model, request.target),
    fidelity: measured,
    decisions,
    warnings,
    data: dataUsed(work),
  };
}

async function fidelity(work: WorkUnderWay, bytes: Uint8Array): Promise<Fidelity | undefined> {
  try {
    return await measuredFidelity(work, bytes);
  } catch (error) {
    if (work.mayStayUnmeasured !== true || !(error instanceof HumanError)) throw error;
    work.warnings.push(`Outputs were not compared on samples. ${error.message}`);
    return undefined;
  }
}

async function measuredFidelity(
  { request, tools, source }: WorkUnderWay,
  bytes: Uint8Array,
): Promise<Fidelity | undefined> {
  const samples = request.samples?.test;
  if (samples === undefined || samples.count === 0) return undefined;
  tools.progress?.({ stage: 'Measuring', share: 0.9 });
  const runner = { engine: tools.engine, rounding: request.target.rounding, pause: tools.pause };
  const before = await answersOf(source, samples, runner);
  return fidelityOf(before, await answersOf(readTflite(bytes).model, samples, runner), samples);
}

function dataUsed({ request: { samples } }: WorkUnderWay): DataUsed {
  return {
    source: samples?.calibration.source ?? 'none',
    isSynthetic: samples?.calibration.isSynthetic ?? true,
    calibrationSamples: samples?.calibration.count ?? 0,
    testSamples: samples?.test.count ?? 0,
  };
}
