import { timingFacts } from '../../src/core/estimate/timing/timingScale';
import type { Scale } from '../../src/core/estimate/timing/timingFacts';
import { boardById } from '../../src/core/boards/boards';
import type { BoardRow } from './boardRows';
import type { ScaleOfRow } from './boardScales';
import { byManual, levelKey, plainScales, scalesOfRows, unseenBoard } from './boardScales';
import { coreMarkScale } from './coreMark';
import { referenceClass } from './referenceRates';
import pipelines from './pipelines.json';
import { vectorLayerRatios } from './pipelineLayers';
import type { KernelRow, StandInSample } from './standInSamples';
import { bandOf, predictStandIn } from './standIns';
import type { StandInSamples } from './standInTable';
import { leftOutRatios, narrowest, ratesOf, samplesOf, standInCores } from './standInTable';
import { median } from './statistics';

/** A measured time over what was predicted without its board or study, with the band that the prediction has. */
export interface HeldOut {
  readonly group: string;
  readonly core: string;
  readonly conditions: string;
  /** What the prediction rests on, in a few words. */
  readonly from: string;
  readonly ratio: number;
  readonly low: number;
  readonly high: number;
}

/** Every row predicted by what is left without it. */
export function heldOutBoards(rows: readonly BoardRow[], other: readonly KernelRow[]): readonly HeldOut[] {
  const scales = scalesOfRows(rows, timingFacts.reference.fits);
  return [
    ...scales.flatMap((scale) =>
      scale.row.choice.runtime === 'tflm-reference' ? plain(scale, scales) : optimized(scale),
    ),
    ...standInCores.flatMap((core) => standIns(core.core, samplesOf(core, other, rows))),
    ...vectorLayerRatios(other).map((ratio) => heldOut(vectorLayers, ratio, timingFacts.cores['cortex-m55'])),
  ];
}

const vectorLayers = {
  core: 'cortex-m55',
  conditions: 'cmsis-nn int8, single layers',
  from: "the core's pipeline",
} as const;

function heldOut(
  { core, conditions, from }: Pick<HeldOut, 'core' | 'conditions' | 'from'>,
  ratio: number,
  band: { readonly low: number; readonly high: number },
): HeldOut {
  return { group: `${core} ${conditions} ${from}`, core, conditions, from, ratio, low: band.low, high: band.high };
}

/**
 * Reference kernels: the other boards with such a core, else those that wait for their flash otherwise. Ratios to the
 * core's manual and to the reference board's formula do not stand for one another.
 */
function plain(own: ScaleOfRow, all: readonly ScaleOfRow[]): readonly HeldOut[] {
  const rest = plainScales(
    all.filter(({ board }) => board !== own.board),
    () => undefined,
  );
  const core = own.key.replace(' cached', '');
  const level = levelKey(own).replace(own.key, '');
  const scale = [own.key + level, own.key, core + level, core]
    .map((key) => rest[key] as Scale | undefined)
    .find((known) => known !== undefined && (known.base === 'architecture') === own.isArchitecture);
  const from = scale !== undefined ? 'other boards' : own.isArchitecture ? sourceOf(core) : 'other cores';
  const known = scale ?? (own.isArchitecture ? byManual : mean(Object.values(rest).map(({ factor }) => factor)));
  const band = scale?.ofKinds ?? known;
  return [heldOut({ core: own.key, conditions: own.row.conditions, from }, own.ratio / known.factor, band)];
}

function mean(factors: readonly number[]): { readonly factor: number; readonly low: number; readonly high: number } {
  return { factor: median(factors), low: 0.5, high: 2 };
}

/** What tells cycles without a measurement: the manual, or the pipeline of a core that no manual describes. */
function sourceOf(core: string): string {
  return core in pipelines.cores ? "the core's pipeline" : "the core's manual";
}

/** CMSIS-NN: the boards with this core but this one. */
function optimized(own: ScaleOfRow): readonly HeldOut[] {
  const core = own.key.replace(' cached', '');
  if (own.isArchitecture) {
    return [heldOut({ core: own.key, conditions: own.row.conditions, from: sourceOf(core) }, own.ratio, byManual)];
  }
  const factors = Object.entries(timingFacts.boards).flatMap(([board, { factor }]) =>
    board !== own.board && boardById(board)?.core === core ? [factor] : [],
  );
  const factor = factors.length === 0 ? (coreMarkScale(core) ?? 1) : median(factors);
  const from = factors.length === 0 ? 'CoreMark' : `${factors.length} other boards`;
  const open = unseenBoard(factors.length);
  const band = {
    low: Math.min(open.low, ...factors.map((each) => each / factor)),
    high: Math.max(open.high, ...factors.map((each) => each / factor)),
  };
  return [heldOut({ core: own.key, conditions: own.row.conditions, from }, own.ratio / factor, band)];
}

/** ESP-NN by the other studies; reference kernels by the median of the other studies with such a core. */
function standIns(core: string, samples: StandInSamples): readonly HeldOut[] {
  const espNn = leftOutRatios(samples);
  const own = espNn.map(({ sample, ratio }, at) => {
    const others = espNn.filter((_, place) => place !== at).map((each) => each.ratio);
    const band = bandOf(others, others.length > 1 ? narrowest.espNn : 2 * narrowest.espNn);
    return heldOut({ core, conditions: `esp-nn int8 ${optimizationOf(sample)}`, from: 'other studies' }, ratio, band);
  });
  return [...own, ...references(core, samples)];
}

/** Reference kernels by the other studies with the core, else by those with other cores. */
function references(core: string, samples: StandInSamples): readonly HeldOut[] {
  return samples.reference.own.flatMap((sample) => {
    const rest = samples.reference.own.filter(({ study }) => study !== sample.study);
    const kind = referenceClass(sample);
    const alike = rest.filter((each) => referenceClass(each) === kind);
    const others = samples.reference.elsewhere.filter(({ study }) => study !== sample.study);
    const isElsewhere = others.some((each) => referenceClass(each) === kind);
    const elsewhere = isElsewhere ? others : samples.reference.elsewhere;
    const rates = ratesOf({ ...samples, reference: { own: rest, elsewhere } });
    const ratios = alike.map((each) => each.cycles / predictStandIn(each, rates));
    const isFloat = sample.model.graphs[0].tensors[0]?.type === 'float32';
    const conditions = `reference ${isFloat ? 'float32' : 'int8'} ${optimizationOf(sample)}`;
    const from = alike.length > 0 ? 'other studies' : isElsewhere ? 'other cores' : 'other cores, same study';
    const ratio = sample.cycles / predictStandIn(sample, rates);
    // Of a kind that nobody else measured nothing is known without it.
    if (Number.isNaN(ratio)) return [];
    return [heldOut({ core, conditions, from }, ratio, bandOf(ratios, narrowest.reference))];
  });
}

function optimizationOf({ choice }: StandInSample): string {
  return String(choice.settings?.optimization ?? '');
}
