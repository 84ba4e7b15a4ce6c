import type { Samples } from '../../samples/samples';
import { isStream } from '../../samples/stream';
import { countText } from '../wording';
import { judgedTensors } from '../judge/judgedOutputs';
import type { Range } from './affine';
import { exactRange } from './calibrate/exactRange';
import type { HeldOut } from './calibrate/heldOut';
import { holdOut } from './calibrate/heldOut';
import type { Observations } from './calibrate/observe';
import { observe, mergeObservations } from './calibrate/observe';
import type { Chosen, Recipe } from './choose';
import { choose } from './choose';
import { compareWithConventional, conventionalGraph, mayBeConventional, saidOfConventional } from './conventional';
import { equalise } from './equalise';
import type { Reference } from './measure/reference';
import { referenceOf } from './measure/reference';
import type { Choice, QuantizeOptions } from './request';
import { FeedbackRounding } from './rounding/feedback';
import { momentsOf } from './rounding/moments';
import { isBetter, leastGains, scoreText } from './score';
import type { Outcome, Work } from './work';
import { specOf, stage, valuesOf } from './work';

/**
 * Calibrates, tries what the options leave open, and takes the best. Ranges that are known stay, and so do channels
 * then.
 */
export async function chosenFor(work: Work): Promise<Outcome> {
  const plain = await attempt(work, 0);
  const { equalise: choice } = work.request.options;
  const isLevelled = choice !== 'off' && work.ranges.size === 0;
  const best = isLevelled ? await withEqualised(plain) : plain;
  const { work: taken, chosen } = mayBeConventional(work.request.options) ? await orConventional(best, plain) : best;
  return { work: taken, quantized: chosen.quantized, decisions: [...chosen.decisions, ...saidOfKnown(work)] };
}

function saidOfKnown({ ranges, request }: Work): readonly string[] {
  if (ranges.size === 0) return [];
  const known = `The ranges of ${countText(ranges.size, 'value')} were known and stay as they are; the others were calibrated.`;
  if (request.options.equalise !== 'on') return [known];
  return [known, 'Channels were not levelled, though that was asked for: known ranges would not hold any more.'];
}

/** One float model with what was seen of it and the best that came of it. */
interface Attempt {
  readonly work: Work;
  readonly heldOut: HeldOut;
  /** What the float model answers to the samples that judge. */
  readonly reference: Reference;
  readonly observations: Observations;
  readonly chosen: Chosen;
}

/** Calibrates and chooses; `from` is the share of the whole work that is done. */
async function attempt(work: Work, from: number): Promise<Attempt> {
  const { request, tools, model, samples, program } = work;
  const { options } = request;
  const { engine, signal, pause } = tools;
  const hasMemory = isStream(model.graphs[0]);
  const heldOut = holdOut(samples.calibration, hasMemory);
  const { ranging, judging, isApart } = heldOut;
  const observations = await observeIn(work, ranging, { from, width: 0.08 });
  // A stream goes on where the samples before it ended.
  const continuation = { from: from + 0.08, width: 0.04, continues: hasMemory };
  const rest = isApart ? await observeIn(work, judging, continuation) : observations;
  const all = isApart ? mergeObservations(observations, rest, ranging.count / samples.calibration.count) : observations;
  const reference = await referenceOf(model, program, judging, { tensors: judgedTensors(model.graphs[0]), signal });
  const chosen = await choose({
    model,
    observations,
    all,
    known: work.ranges,
    exact: exactInputs(work),
    reference,
    spec: specOf(work),
    feedback: options.weightFeedback === 'off' ? undefined : await feedbackIn(work, ranging, from + 0.12),
    options,
    engine,
    rounding: request.target.rounding,
    signal,
    pause,
    progress: stage(tools, 'Choosing ranges', from + 0.2, 0.15),
  });
  return { work, heldOut, reference, observations: all, chosen };
}

/** Ranges of inputs whose samples are whole steps; the noise of 16 bits is that of the weights. */
function exactInputs({ request, model: { graphs }, samples: { calibration } }: Work): ReadonlyMap<number, Range> {
  if (request.options.activations !== 'int8' || calibration.isSynthetic) return new Map();
  return new Map(
    graphs[0].inputs.flatMap((tensor, position) => {
      const range = graphs[0].tensors[tensor].type === 'float32' ? exactRange(calibration.inputs[position]) : undefined;
      return range === undefined ? [] : [[tensor, range] as const];
    }),
  );
}

/** The same once more with levelled channels, where there are any; the better of both unless one is asked for. */
async function withEqualised(plain: Attempt): Promise<Attempt> {
  const { work, observations, chosen } = plain;
  const { options } = work.request;
  const { model, pairs } = equalise(work.model, observations);
  if (pairs === 0 && options.equalise === 'on')
    return withDecision(
      plain,
      'Channels were not levelled, though that was asked for: no two layers follow each other as it needs.',
    );
  if (pairs === 0) return plain;
  const program = await work.load(model);
  const request = { ...work.request, options: { ...options, ...asSettled(chosen.recipe) } };
  const levelled = await attempt({ ...work, request, model, program }, 0.35);
  const isTaken = options.equalise === 'on' || isBetter(levelled.chosen.score, chosen.score, leastGains.channels);
  const sentence = `Channels between ${countText(pairs, 'pair')} of layers were ${isTaken ? '' : 'not '}levelled${options.equalise === 'on' ? ', as asked for' : ''}: ${scoreText(levelled.chosen.score)} with it, ${scoreText(chosen.score)} without.`;
  const taken = isTaken ? levelled : plain;
  // What was asked for stays what it was: only the recipe was settled already.
  const settled = { ...taken.chosen, decisions: chosen.decisions };
  return withDecision({ ...taken, work: { ...taken.work, request: work.request }, chosen: settled }, sentence);
}

/** `best`, or what converters commonly make, unless `best` is surely nearer to the float model. */
async function orConventional(best: Attempt, plain: Attempt): Promise<Attempt> {
  const conventional = conventionalGraph(plain.work, plain.observations);
  const comparison = await compareWithConventional(best, [conventional, best.chosen.quantized]);
  const sentence = saidOfConventional(comparison);
  if (comparison.isChosenTaken) return withDecision(best, sentence);
  return { ...plain, chosen: { ...best.chosen, quantized: conventional, decisions: [sentence] } };
}

function withDecision(made: Attempt, sentence: string): Attempt {
  return { ...made, chosen: { ...made.chosen, decisions: [...made.chosen.decisions, sentence] } };
}

function asSettled({ method, biasCorrection, weightFeedback }: Recipe): Partial<QuantizeOptions> {
  const choice = (isTaken: boolean): Choice => (isTaken ? 'on' : 'off');
  return { method, biasCorrection: choice(biasCorrection), weightFeedback: choice(weightFeedback) };
}

async function feedbackIn(
  { tools, model: { graphs }, program }: Work,
  samples: Samples,
  from: number,
): Promise<ReadonlyMap<number, FeedbackRounding>> {
  const progress = stage(tools, 'Reading inputs of layers', from, 0.08);
  const moments = await momentsOf(graphs[0], program, samples, { signal: tools.signal, progress });
  return new Map([...moments].map(([operator, each]) => [operator, new FeedbackRounding(each)]));
}

interface Part {
  readonly from: number;
  readonly width: number;
  /** True where the samples follow those that were executed last. */
  readonly continues?: boolean;
}

function observeIn(
  { tools, model, program }: Work,
  samples: Samples,
  { from, width, continues }: Part,
): Promise<Observations> {
  const progress = stage(tools, 'Calibrating', from, width);
  return observe(model.graphs[0], program, samples, {
    tensors: valuesOf(model),
    signal: tools.signal,
    progress,
    continues,
  });
}
