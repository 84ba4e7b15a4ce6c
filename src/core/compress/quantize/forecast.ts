import { estimate } from '../../estimate/estimate';
import type { Limits } from '../../estimate/budget';
import type { Report } from '../../estimate/report';
import type { Model } from '../../model/model';
import { HumanError } from '../../model/problem';
import { runtimeById } from '../../runtimes/runtimes';
import type { Target } from '../../runtimes/target';
import { bytesText } from '../../text/units';
import type { Offer, Totals } from '../offer';
import { fileOf } from '../rewrite/fileOf';
import { quantizeGraph } from './quantizeGraph';
import { refusalOf, whyNotQuantizable } from './repair/refuse';
import type { QuantizeOptions } from './request';
import { defaultQuantizeOptions } from './request';
import { isUint8Model } from './repair/uint8';
import { sourceModelOf } from './sourceModel';

/** What an offer of quantization is made for. */
export interface ForecastRequest {
  readonly model: Model;
  readonly path: string;
  readonly target: Target;
  readonly limits: Limits;
}

/** The variants that are offered, by the stable id of the offer. */
export const quantizationVariants: Readonly<Record<string, QuantizeOptions>> = {
  'quantize-int8': defaultQuantizeOptions,
  'quantize-int8-float-io': { ...defaultQuantizeOptions, io: 'float' },
  'quantize-int16': { ...defaultQuantizeOptions, activations: 'int16' },
};

const wording: Readonly<Record<string, string>> = {
  'quantize-int8': 'int8',
  'quantize-int8-float-io': 'int8 with float inputs and outputs',
  'quantize-int16': 'int8 weights and int16 activations',
};

/**
 * What quantizing a model would bring on a target, for each variant, without data and without executing anything: the quantized graph has
 * the same operators, types and sizes whatever its scales are, so that RAM, flash and cycles are those of the real result. Takes some
 * milliseconds. A model that is quantized already, or computes nothing in float, gets one refusal.
 */
export function quantizationOffers(request: ForecastRequest): readonly Offer[] {
  const reason = whyNotQuantizable(request.model);
  if (reason !== undefined) return [refusal('quantize-int8', reason.sentence)];
  const before = refusalOf(request.model) === undefined ? reportOfModel(request.model, request) : undefined;
  return Object.keys(quantizationVariants).map((id) => offer(id, request, before));
}

function offer(id: string, request: ForecastRequest, before: Report | undefined): Offer {
  try {
    const after = reportOfModel(forecastModel(request, quantizationVariants[id]), request);
    return {
      possible: true,
      id,
      title: titleOf(id, request, before, after),
      ...(before && { before: totalsOf(before) }),
      after: totalsOf(after),
    };
  } catch (error) {
    if (error instanceof HumanError) return refusal(id, error.message);
    throw error;
  }
}

function refusal(id: string, reason: string): Offer {
  return { possible: false, id, title: `Why not quantize to ${wording[id]}?`, reason };
}

/** The model as it will be quantized, but for its numbers: scales are placeholders. Read back from the file that it would be. */
export function forecastModel({ model, target }: ForecastRequest, options: QuantizeOptions): Model {
  const { activations, io, perChannelDense, keepFloat } = options;
  const library = runtimeById(target.runtime)?.kernelLibrary;
  const scales = { ranges: new Map() };
  const float = sourceModelOf(model).model;
  const quantized = quantizeGraph(float, { activations, io, perChannelDense, keepFloat, scales, library });
  return fileOf(quantized.model).model;
}

function reportOfModel(model: Model, { path, target, limits }: ForecastRequest): Report {
  return { ...estimate(model, path, target, limits).report, findings: [] };
}

/** The totals of a report, as titles compare them; a time of which parts are not known is none. */
export function totalsOf({ arena, flash, latency, model, layers }: Report): Totals {
  const { instructions, cycles, ms } = latency ?? {};
  const isTimed = layers.every((layer) => layer.cycles !== undefined);
  const isCounted = layers.every((layer) => layer.instructions !== undefined);
  return {
    ...(arena && { arenaBytes: arena.minimumBytes }),
    ...(flash && { flashBytes: flash.totalBytes }),
    ...(isCounted && instructions !== undefined && { instructions }),
    ...(isTimed && cycles !== undefined && { cycles }),
    ...(isTimed && ms !== undefined && { ms }),
    macs: model.macs,
  };
}

/** `Quantize to int8: RAM 51.2 -> 13.4 KB, 3.8x faster on Nano 33 BLE`. */
function titleOf(id: string, { model, target }: ForecastRequest, before: Report | undefined, after: Report): string {
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
