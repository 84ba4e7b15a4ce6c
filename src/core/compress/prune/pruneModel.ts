import { readSource } from '../readSource';
import type { Model } from '../../model/model';
import type { Channels } from '../channels/channels';
import { checkWorkable } from '../claims';
import { findChannels } from '../channels/findChannels';
import { identities } from '../clean/steps/identities';
import { dequantizeModel, floatModelOf, isQuantizedModel } from '../rewrite/dequantizeModel';
import { chooseWithinDrop } from './accuracyDrop';
import { Builder } from './builder';
import { checkGoalIsOpen, checkIsExecuted, checkPrunable, nothingToPrune } from './checks';
import type { PruneWork } from './pruneWork';
import { cleanedSource } from './pruneWork';
import { measuredCurve } from './measuredCurve';
import { judgeChannels } from './importance';
import { planPruning } from './plan';
import type { Plan } from './plan';
import { proofOf } from '../proofs/proofOf';
import { startWork } from '../proofs/work';
import { forecastModel } from '../quantize/forecast';
import { checkQuantizable } from '../quantize/repair/refuse';
import { quantizeBuilt, quantizeOptionsOf } from './quantizeBuilt';
import type { PruneRequest, PruneResult, PruneTools } from './request';
import type { PrunedPlace } from './writtenCosts';

/**
 * Prunes a model, repairs it where samples are given, and proves what came of it. Pure: reads bytes, answers with
 * bytes; what is written where is the caller's. Cancelled while it repairs, it keeps the best so far; cancelled before,
 * it rejects with the signal's reason.
 * @throws HumanError when model, samples or options do not allow it; nothing has been done then.
 */
export async function pruneModel(request: PruneRequest, tools: PruneTools): Promise<PruneResult> {
  const source = readSource(request);
  checkWorkable(source);
  checkPrunable(source);
  checkIsExecuted(source, request.samples !== undefined, request.options);
  const work = startWork(request, tools, source);
  checkGoalIsOpen(request.options, work.original);
  tools.progress?.({ stage: 'Removing what makes no difference', share: 0 });
  return prune(work, request.options.clean ? cleanedSource(work) : source);
}

async function prune(work: PruneWork, cleaned: Model): Promise<PruneResult> {
  const { request, tools, decisions } = work;
  const base = baseOf(work, cleaned);
  const place = placeOf(work, base);
  const channels = findChannels(base);
  if (channels.groups.every((group) => group.channels.length < 2)) throw nothingToPrune(channels);
  tools.progress?.({ stage: 'Judging channels', share: 0.05 });
  const samples = request.samples?.calibration;
  const twin = dequantizeModel(base);
  const judged = await judgeChannels({ twin, channels, samples }, request.options.importance, tools);
  decisions.push(`Channels are ranked by "${judged.kind}" over ${samples?.source ?? 'the weights alone'}.`);
  tools.progress?.({ stage: 'Searching', share: 0.15 });
  const { pause, signal } = tools;
  const planned = await planPruning({
    ...{ model: base, channels, judged, place, original: work.original, options: request.options, pause, signal },
    progress: searching(tools),
  });
  decisions.push(...(planned.remarks ?? []));
  const builder = new Builder(work, { base, channels, judged });
  const plan = await chooseWithinDrop(work, planned, builder);
  return finish(work, { plan, builder, channels });
}

/** The search's share of the whole work, told where it has grown by a thousandth at least. */
function searching({ progress }: PruneTools): (share: number) => void {
  const [from, length] = [0.15, 0.15];
  let told = 0;
  return (share) => {
    if (share < told + 0.001) return;
    told = share;
    progress?.({ stage: 'Searching', share: from + length * share });
  };
}

/** An int8 model that is to be trained becomes float first and is quantized again at the end. */
function baseOf({ request, tools, decisions }: PruneWork, cleaned: Model): Model {
  const willTrain = request.options.repair && request.samples !== undefined && tools.trainer !== undefined;
  if (!willTrain || !isQuantizedModel(cleaned) || tools.quantize === undefined) return cleaned;
  decisions.push('The model is trained in floating point and quantized again afterwards.');
  let model = floatModelOf(cleaned);
  for (let next = identities.apply(model); next !== undefined; next = identities.apply(model)) ({ model } = next);
  return model;
}

/**
 * Costs count in the form that is written: quantized, where a quantization follows.
 * @throws HumanError where none can follow, before anything is searched or trained for it.
 */
function placeOf({ place, request, source, tools }: PruneWork, base: Model): PrunedPlace {
  const follows = !isQuantizedModel(base) && (request.options.quantize || isQuantizedModel(source));
  if (!follows || tools.quantize === undefined) return place;
  checkQuantizable(base);
  const options = quantizeOptionsOf(source);
  return { ...place, asWritten: (model) => forecastModel({ ...place, model }, options) };
}

async function finish(
  work: PruneWork,
  { plan, builder, channels }: { readonly plan: Plan; readonly builder: Builder; readonly channels: Channels },
): Promise<PruneResult> {
  const { request, decisions, warnings } = work;
  decisions.push(...removalSentences(channels, plan.chosen.removed));
  const built = await builder.build(plan.chosen);
  decisions.push(...built.decisions);
  if (built.wasCancelled) warnings.push('The fine-tuning was cancelled: these are its best weights so far.');
  if (plan.unreachable !== undefined) warnings.push(plan.unreachable);
  const final = await quantizeBuilt(work, built.model);
  const proof = await proofOf(work, { kind: 'prune', ...final });
  const curve = await measuredCurve(work, { plan, builder, chosen: { report: proof.after, fidelity: proof.fidelity } });
  if (request.samples === undefined)
    warnings.push('No samples were given: how far the outputs are from the original is not known.');
  return { bytes: final.bytes, proof, curve };
}

function removalSentences({ groups, layers }: Channels, removed: ReadonlySet<number>): readonly string[] {
  return groups.flatMap((group) => {
    const gone = group.channels.filter((id) => removed.has(id)).length;
    if (gone === 0) return [];
    const names = layers.filter(({ operator }) => group.layers.includes(operator)).map(({ name }) => name);
    return [`${names.join(' and ')}: ${group.channels.length} -> ${group.channels.length - gone} channels.`];
  });
}
