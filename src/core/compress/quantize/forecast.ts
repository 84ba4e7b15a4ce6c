import type { Report } from '../../estimate/report';
import type { Model } from '../../model/model';
import { HumanError } from '../../model/problem';
import { runtimeById } from '../../runtimes/runtimes';
import { bytesText } from '../../text/units';
import { reportOf } from '../costs';
import type { OfferWithOptions } from '../kind';
import type { OfferSubject } from '../offer';
import { whyRefused } from '../refusal';
import { totalsOf } from '../totals';
import { fileOf } from '../rewrite/fileOf';
import { hasPerChannelDense } from './denseScales';
import { quantizeGraph } from './quantizeGraph';
import { isInt16Model } from './repair/int16';
import { oneGraphOf } from '../tflm/oneGraph';
import { whyNotQuantizable } from './repair/refuse';
import type { QuantizeOptions } from './request';
import { defaultQuantizeOptions } from './request';
import { isUint8Model } from './repair/uint8';
import { sourceModelOf } from './sourceModel';
import { lookup } from '../../text/lookup';

/** The variants that are offered, by the stable id of the offer: options that its costs hang on. */
const variants: Readonly<Record<string, Pick<QuantizeOptions, 'activations' | 'io'>>> = lookup({
  'quantize-int8': { activations: 'int8', io: 'int8' },
  'quantize-int8-float-io': { activations: 'int8', io: 'float' },
  'quantize-int16': { activations: 'int16', io: 'int8' },
});

const wording: Readonly<Record<string, string>> = lookup({
  'quantize-int8': 'int8',
  'quantize-int8-float-io': 'int8 with float inputs and outputs',
  'quantize-int16': 'int8 weights and int16 activations',
});

/**
 * What quantizing a model would bring on a target, for each variant, without data and without executing anything: the
 * quantized graph has the same operators, types and sizes whatever its scales are, so that RAM, flash and cycles are
 * those of the real result. Takes some milliseconds. A model that is quantized to 8 bits already, or computes nothing
 * in float, gets one refusal.
 */
export function quantizationOffers(request: OfferSubject): readonly OfferWithOptions<QuantizeOptions>[] {
  const reason = whyNotQuantizable(request.model);
  if (reason !== undefined) return [refusal('quantize-int8', reason.sentence)];
  const before = whyRefused(request.model, request.target) === undefined ? reportOf(request.model, request) : undefined;
  const isInt16 = isInt16Model(request.model.graphs[0]);
  const ids = Object.keys(variants).filter((id) => !isInt16 || variants[id].activations === 'int8');
  return ids.map((id) => offer(id, request, before));
}

function offer(id: string, request: OfferSubject, before: Report | undefined): OfferWithOptions<QuantizeOptions> {
  try {
    const options = variants[id];
    const after = reportOf(forecastModel(request, { ...defaultQuantizeOptions, ...options }), request);
    const title = titleOf(id, request, before, after);
    return {
      offer: { possible: true, id, title, ...(before && { before: totalsOf(before) }), after: totalsOf(after) },
      options,
    };
  } catch (error) {
    if (error instanceof HumanError) return refusal(id, error.message);
    throw error;
  }
}

function refusal(id: string, reason: string): OfferWithOptions<QuantizeOptions> {
  return { offer: { possible: false, id, title: `Why not quantize to ${wording[id]}?`, reason } };
}

/**
 * The model as it will be quantized, but for its numbers: scales are placeholders. Read back from the file that it
 * would be.
 */
export function forecastModel({ model, target }: OfferSubject, options: QuantizeOptions): Model {
  const { activations, io, keepFloat } = options;
  const perChannelDense = hasPerChannelDense(options, target);
  const library = runtimeById(target.runtime)?.kernelLibrary;
  const scales = { ranges: new Map() };
  const float = sourceModelOf(oneGraphOf(model).model).model;
  const quantized = quantizeGraph(float, { activations, io, perChannelDense, keepFloat, scales, library });
  return fileOf(quantized.model).model;
}

/** `Quantize to int8: RAM 51.2 -> 13.4 KB, 3.8x faster on Nano 33 BLE`. */
function titleOf(id: string, { model, target }: OfferSubject, before: Report | undefined, after: Report): string {
  const board = target.board?.name ?? target.core.name;
  const [from, to] = [before && totalsOf(before), totalsOf(after)];
  const parts = [
    ...(to.arenaBytes === undefined ? [] : [`RAM ${changeText(from?.arenaBytes, to.arenaBytes)}`]),
    ...(to.flashBytes === undefined ? [] : [`flash ${changeText(from?.flashBytes, to.flashBytes)}`]),
    ...speedText(from?.cycles, to.cycles),
  ];
  const lead = before === undefined ? ', so that TFLite Micro runs it' : '';
  const verb = isUint8Model(model.graphs[0]) ? 'Convert' : 'Quantize';
  return `${verb} to ${wording[id]}${lead}: ${parts.join(', ')} on ${board}`;
}

/** `51.2 -> 13.4 KB`; the unit once where both have it. */
function changeText(from: number | undefined, to: number): string {
  const after = bytesText(to);
  if (from === undefined) return after;
  const [value, unit] = bytesText(from).split(' ');
  return after.endsWith(` ${unit}`) ? `${value} -> ${after}` : `${value} ${unit} -> ${after}`;
}

function speedText(from: number | undefined, to: number | undefined): readonly string[] {
  if (from === undefined || to === undefined || from <= 0 || to <= 0) return [];
  const ratio = from / to;
  if (Math.abs(ratio - 1) < 0.05) return ['as fast'];
  return [ratio >= 1 ? `${ratio.toFixed(1)}x faster` : `${(1 / ratio).toFixed(1)}x slower`];
}
