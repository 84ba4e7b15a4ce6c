import { readModel } from '../../formats/formats';
import { writeTflite } from '../../formats/tflite/writer';
import type { Model } from '../../model/model';
import type { FloatProgram } from '../../execute/floatEngine';
import type { Samples, SplitSamples } from '../../samples/samples';
import { pickSamples } from '../../samples/samples';
import { runtimeById } from '../../runtimes/runtimes';
import { estimate } from '../../estimate/estimate';
import type { Proof } from '../proof';
import type { Observations } from './calibrate/observe';
import { holdOut } from './calibrate/heldOut';
import { isStream } from './calibrate/memory';
import { observe, together } from './calibrate/observe';
import type { Chosen, Recipe } from './choose';
import { choose } from './choose';
import { equalise } from './equalise';
import { measure } from './measure/measure';
import { judgedTensors, referenceOf } from './measure/reference';
import { fidelityOf, layerFidelities, reportOf } from './proofOf';
import type { Range } from './affine';
import type { QuantizedGraph } from './quantizeGraph';
import { quantizeGraph } from './quantizeGraph';
import { rangedStates } from './recurrentParts';
import { checkQuantizable, refusalOf } from './repair/refuse';
import type { Choice, QuantizeOptions, QuantizeRequest, QuantizeResult, QuantizeTools } from './request';
import { FeedbackRounding } from './rounding/feedback';
import { momentsOf } from './rounding/moments';
import { isBetter, leastGains, scoreText } from './score';
import { checkKeepFloat } from './keepFloat';
import { checkSamples } from './sampleChecks';
import { floatValues } from './scaleClasses';
import { sourceModelOf } from './sourceModel';
import { syntheticSamples } from './syntheticSamples';
import { warningsOf } from './warnings';

/** Samples by which layers are judged. */
const layerSamples = 12;

/** Without data: enough random samples for ranges to settle, some for the error. */
const syntheticCount = 40;

/**
 * Quantizes a float model by calibration, and proves what came of it. Pure: reads bytes, answers with bytes; what is written where is the
 * caller's. Cancelled by `tools.signal` it rejects with that signal's reason.
 * @throws HumanError when the model or the samples do not allow it; nothing has been done then.
 */
export async function quantizeModel(request: QuantizeRequest, tools: QuantizeTools): Promise<QuantizeResult> {
  const { model: source } = readModel(request.bytes, request.path);
  checkQuantizable(source);
  const { model, ranges, decisions } = sourceModelOf(source);
  checkKeepFloat(model.graphs[0], request.options.keepFloat);
  const samples = request.samples ?? synthetic(model, ranges);
  checkSamples(model.graphs[0], samples);
  const program = await tools.engine.load(model);
  try {
    const work = { request, tools, source, model, ranges, samples, program };
    return await quantizeWith(work, [...samples.calibration.remarks, ...decisions]);
  } finally {
    program.dispose();
  }
}

interface Work {
  readonly request: QuantizeRequest;
  readonly tools: QuantizeTools;
  /** As it was read. */
  readonly source: Model;
  /** All float, after repair and folding. */
  readonly model: Model;
  /** Ranges that are known already. */
  readonly ranges: ReadonlyMap<number, Range>;
  readonly samples: SplitSamples;
  readonly program: FloatProgram;
}

async function quantizeWith(work: Work, before: readonly string[]): Promise<QuantizeResult> {
  const { work: taken, quantized, decisions } = work.ranges.size > 0 ? await converted(work) : await chosenFor(work);
  const bytes = writeTflite(described(quantized.model));
  const all = [...before, ...decisions, ...quantized.islands.values()];
  const proof = await prove(taken, quantized, bytes, all);
  const { name, remarks = [] } = work.tools.engine;
  const engine = [`The float model was executed by ${name}.`, ...remarks];
  return { bytes, proof: { ...proof, decisions: [...proof.decisions, ...engine] } };
}

interface Outcome {
  readonly work: Work;
  readonly quantized: QuantizedGraph;
  readonly decisions: readonly string[];
}

/** With ranges that are known; those of values without are the extremes of the samples. Nothing is chosen. */
async function converted(work: Work): Promise<Outcome> {
  const { activations, io, perChannelDense, keepFloat } = work.request.options;
  const seen = await observeIn(work, work.samples.calibration, 0);
  const extremes = [...seen].map(([index, { histogram }]) => [index, histogram.range] as const);
  const scales = { ranges: new Map([...extremes, ...work.ranges]) };
  const library = runtimeById(work.request.target.runtime)?.kernelLibrary;
  const quantized = quantizeGraph(work.model, { activations, io, perChannelDense, keepFloat, library, scales });
  return { work, quantized, decisions: [] };
}

async function chosenFor(work: Work): Promise<Outcome> {
  const plain = await attempt(work, 0);
  const { work: taken, chosen } = work.request.options.equalise === 'off' ? plain : await withEqualised(plain);
  return { work: taken, quantized: chosen.quantized, decisions: chosen.decisions };
}

/** One float model with what was seen of it and the best that came of it. */
interface Attempt {
  readonly work: Work;
  readonly observations: Observations;
  readonly chosen: Chosen;
}

/** Calibrates and chooses; `from` is the share of the whole work that is done. */
async function attempt(work: Work, from: number): Promise<Attempt> {
  const { request, tools, model, samples, program } = work;
  const { options } = request;
  const { activations, io, perChannelDense, keepFloat } = options;
  const { engine, signal, pause } = tools;
  const { ranging, judging, isApart } = holdOut(samples.calibration, isStream(model.graphs[0]));
  const observations = await observeIn(work, ranging, from);
  const rest = isApart ? await observeIn(work, judging, from + 0.15) : observations;
  const all = isApart ? together(observations, rest, ranging.count / samples.calibration.count) : observations;
  const reference = await referenceOf(model, program, judging, { tensors: judgedTensors(model.graphs[0]), signal });
  const feedback = options.weightFeedback === 'off' ? undefined : await feedbackIn(work, ranging);
  const library = runtimeById(request.target.runtime)?.kernelLibrary;
  const chosen = await choose({
    model,
    observations,
    all,
    reference,
    spec: { activations, io, perChannelDense, keepFloat, library },
    feedback,
    options,
    engine,
    rounding: request.target.rounding,
    signal,
    pause,
    progress: stage(tools, 'Choosing ranges', from + 0.2, 0.15),
  });
  return { work, observations: all, chosen };
}

/** The same once more with levelled channels, where there are any; the better of both unless one is asked for. */
async function withEqualised(plain: Attempt): Promise<Attempt> {
  const { work, observations, chosen } = plain;
  const { options } = work.request;
  const { model, pairs } = equalise(work.model, observations);
  if (pairs === 0) return plain;
  const program = await work.tools.engine.load(model);
  const request = { ...work.request, options: { ...options, ...asSettled(chosen.recipe) } };
  const levelled = await attempt({ ...work, request, model, program }, 0.35);
  const isTaken = options.equalise === 'on' || isBetter(levelled.chosen.score, chosen.score, leastGains.channels);
  const sentence = `Channels between ${pairs} pairs of layers were ${isTaken ? '' : 'not '}levelled${options.equalise === 'on' ? ', as asked for' : ''}: ${scoreText(levelled.chosen.score)} with it, ${scoreText(chosen.score)} without.`;
  const taken = isTaken ? levelled : plain;
  // What was asked for stays what it was: only the recipe was settled already.
  return {
    ...taken,
    work: { ...taken.work, request: work.request },
    chosen: { ...taken.chosen, decisions: [...chosen.decisions, sentence] },
  };
}

function asSettled({ method, biasCorrection, weightFeedback }: Recipe): Partial<QuantizeOptions> {
  const choice = (isTaken: boolean): Choice => (isTaken ? 'on' : 'off');
  return { method, biasCorrection: choice(biasCorrection), weightFeedback: choice(weightFeedback) };
}

async function feedbackIn(
  { tools: { signal }, model: { graphs }, program }: Work,
  samples: Samples,
): Promise<ReadonlyMap<number, FeedbackRounding>> {
  const moments = await momentsOf(graphs[0], program, samples, { signal });
  return new Map([...moments].map(([operator, each]) => [operator, new FeedbackRounding(each)]));
}

function observeIn({ tools, model, program }: Work, samples: Samples, from: number): Promise<Observations> {
  return observe(model.graphs[0], program, samples, {
    tensors: valuesOf(model),
    signal: tools.signal,
    progress: stage(tools, 'Calibrating', from, 0.1),
  });
}

/** All float values: graph inputs, what operators compute, and what they remember. */
function valuesOf({ graphs: [graph] }: Model): readonly number[] {
  const inputs = graph.inputs.filter((index) => graph.tensors[index].type === 'float32');
  return [
    ...new Set([
      ...inputs,
      ...graph.operators.flatMap((operator) => floatValues(operator, graph).outputs),
      ...rangedStates(graph),
    ]),
  ];
}

async function prove(
  work: Work,
  quantized: QuantizedGraph,
  bytes: Uint8Array,
  decisions: readonly string[],
): Promise<Proof> {
  const { request, tools, source, model, samples, program } = work;
  const { signal, pause } = tools;
  const { target, limits } = request;
  const { rounding } = target;
  const reference = await referenceOf(model, program, samples.test, {
    tensors: judgedTensors(model.graphs[0]),
    signal,
  });
  const measured = await measure(quantized, reference, {
    rounding,
    signal,
    pause,
    progress: stage(tools, 'Measuring', 0.7, 0.2),
  });
  const few = pickSamples(samples.test, spread(samples.test.count, layerSamples));
  const all = await referenceOf(model, program, few, { tensors: valuesOf(model), signal });
  const accumulated = await measure(quantized, all, {
    rounding,
    signal,
    pause,
    progress: stage(tools, 'Measuring layers', 0.9, 0.1),
  });
  const after = reportOf(bytes, request.resultPath, target, limits);
  const refusal = refusalOf(source);
  const fidelity = fidelityOf(measured, samples.test);
  return {
    kind: 'quantize',
    source: { path: request.path, bytes: request.bytes.byteLength, macs: macsOf(source, request) },
    result: { path: request.resultPath, bytes: bytes.byteLength, macs: after.model.macs },
    ...(refusal === undefined
      ? { before: { ...estimate(source, request.path, target, limits).report, findings: [] } }
      : { beforeRefusal: refusal }),
    after,
    fidelity,
    layers: layerFidelities(model, { quantized, measured: accumulated }, all, rounding),
    decisions,
    warnings: warningsOf({ quantized, samples, fidelity, after, isCalibrated: work.ranges.size === 0 }),
    data: {
      source: samples.calibration.source,
      isSynthetic: samples.calibration.isSynthetic,
      calibrationSamples: samples.calibration.count,
      testSamples: samples.test.count,
    },
  };
}

function macsOf(source: Model, { path, target, limits }: QuantizeRequest): number {
  return estimate(source, path, target, limits).report.model.macs;
}

function synthetic({ graphs: [graph] }: Model, ranges: Work['ranges']): SplitSamples {
  return {
    calibration: syntheticSamples(graph, syntheticCount, 1, ranges),
    test: syntheticSamples(graph, syntheticCount / 4, 2, ranges),
  };
}

/** At most `most` indices below `count`, evenly spread. */
function spread(count: number, most: number): readonly number[] {
  const taken = Math.min(count, most);
  return Array.from({ length: taken }, (_, place) => Math.floor((place * count) / taken));
}

function described(model: Model): Model {
  return { ...model, description: model.description ?? 'Quantized by Milliwatt' };
}

/** Tells the share of one stage as a share of the whole work. */
function stage({ progress }: QuantizeTools, name: string, from: number, width: number): (share: number) => void {
  return (share) => progress?.({ stage: name, share: from + width * share });
}
