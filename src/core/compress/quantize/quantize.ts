import type { FloatProgram } from '../../execute/floatEngine';
import { readSource } from '../readSource';
import { writeTflite } from '../../formats/tflite/writer';
import type { Model } from '../../model/model';
import { HumanError } from '../../model/problem';
import type { SplitSamples } from '../../samples/samples';
import { checkWorkable } from '../claims';
import { chosenFor } from './attempts';
import { hasPerChannelDenseWeights } from '../../operators/fullyConnected';
import { convertSource, unknownValues } from './converted';
import { saidOfDenseScales } from './denseScales';
import { oneGraphOf } from '../tflm/oneGraph';
import { withClamps } from '../lift/clamps';
import { checkKeepFloat, withKeptClamps } from './keepFloat';
import { saidOfKnownWeights } from './knownWeights';
import { prove } from './prove';
import { checkQuantizable } from './repair/refuse';
import { isInt16Model } from './repair/int16';
import type { QuantizeOptions, QuantizeRequest, QuantizeResult, QuantizeTools } from './request';
import { checkSamples } from './sampleChecks';
import { sourceModelOf } from './sourceModel';
import { syntheticCount, syntheticSamples } from './syntheticSamples';
import type { Work } from './work';
import { specOf } from './work';

/**
 * Quantizes a float model by calibration, and proves what came of it. Pure: reads bytes, answers with bytes; what is
 * written where is the caller's. Cancelled by `tools.signal` it rejects with that signal's reason.
 * @throws HumanError when the model or the samples do not allow it; nothing has been done then.
 */
export async function quantizeModel(asked: QuantizeRequest, tools: QuantizeTools): Promise<QuantizeResult> {
  const source = readSource(asked);
  checkWorkable(source);
  checkQuantizable(source);
  const { model: whole, decisions: unrolled } = oneGraphOf(source);
  checkActivations(whole, asked.options);
  const { ranges, knownWeights, decisions, ...lifted } = sourceModelOf(whole);
  checkKeepFloat(lifted.model.graphs[0], asked.options.keepFloat);
  const { model, clamps, keepFloat } = withKeptClamps(lifted, asked.options.keepFloat);
  const request = { ...asked, options: { ...asked.options, keepFloat } };
  const samples = request.samples ?? synthetic(model, ranges);
  checkSamples(model.graphs[0], samples);
  const known = { ranges, knownWeights };
  const isCalibrated = unknownValues(model, specOf({ request, knownWeights }), ranges).length > 0;
  const programs: FloatProgram[] = [];
  const load = async (each: Model): Promise<FloatProgram> => {
    const program = await tools.engine.load(each);
    programs.push(program);
    return program;
  };
  try {
    const program = await load(withClamps(model, clamps));
    const work = { request, tools, source, model, ...known, isCalibrated, samples, program, load };
    return await quantizeWith(work, [...samples.calibration.remarks, ...unrolled, ...decisions]);
  } finally {
    programs.forEach((program) => program.dispose());
  }
}

/** @throws HumanError `quantize-already` where the activations have the bits already that they are to have. */
function checkActivations({ graphs: [graph] }: Model, { activations }: QuantizeOptions): void {
  if (activations === 'int8' || !isInt16Model(graph)) return;
  throw new HumanError('quantize-already', 'The activations of the model have 16 bits already. Quantize them to int8.');
}

async function quantizeWith(work: Work, before: readonly string[]): Promise<QuantizeResult> {
  const outcome = work.isCalibrated ? await chosenFor(work) : convertSource(work);
  const { work: taken, quantized } = outcome;
  const weights = work.knownWeights.size === 0 ? [] : [saidOfKnownWeights(taken.model, quantized, work.knownWeights)];
  const bytes = writeTflite(described(quantized.model));
  const dense = saidOfDenseScales(work.request.options, work.request.target, hasDenseScales(quantized.model));
  const decisions = [...before, ...weights, ...dense, ...outcome.decisions, ...quantized.islands.values()];
  const proof = await prove({ ...outcome, decisions }, bytes);
  const { name, remarks = [] } = work.tools.engine;
  const engine = [`The float model was executed by ${name}.`, ...remarks];
  return { bytes, proof: { ...proof, decisions: [...proof.decisions, ...engine] } };
}

function hasDenseScales({ graphs }: Model): boolean {
  return graphs.some((graph) => graph.operators.some((operator) => hasPerChannelDenseWeights(operator, graph)));
}

/** Samples for ranges, and others for the error. */
function synthetic({ graphs: [graph] }: Model, ranges: Work['ranges']): SplitSamples {
  const count = syntheticCount(graph);
  return {
    calibration: syntheticSamples(graph, count, 1, ranges),
    test: syntheticSamples(graph, Math.ceil(count / 4), 2, ranges),
  };
}

function described(model: Model): Model {
  return { ...model, description: model.description ?? 'Quantized by Milliwatt' };
}
