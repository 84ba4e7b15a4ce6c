import { architectureBand } from './architecture';
import { standInRatesOf } from './standInRates';
import { measuredLevel, scaleOf, timingFacts } from './timingScale';

/** Standard deviations of the logarithm of measured over modelled cycles. */
export interface TimingSpread {
  /** Of the board's ratio to the formula. */
  readonly board: number;
  /** Of one model about its board's ratio. */
  readonly model: number;
}

/** Of models about the ratio of a board whose instructions stand for another core's. */
const standInModels = 0.12;

/**
 * Of models about the ratio of a board that the formula was not fitted on, at least: small networks on nine boards lie
 * about the median of their board by 3 to 19 %, 7 % in the middle (root mean squares).
 */
const otherBoardModels = 0.07;

/** From the 5th to the 95th percentile of a normal distribution, in standard deviations. */
const bandWidth = 2 * 1.645;

/** Measured over modelled cycles of models on such a board: 5th and 95th percentile. */
export const bandOfOtherBoards = {
  low: Math.exp((-bandWidth / 2) * otherBoardModels),
  high: Math.exp((bandWidth / 2) * otherBoardModels),
} as const;

/**
 * How far the timing of a target is known before anything was measured on the user's own board: the bands of
 * `timing.json` read as log-normal. A board's ratio is never taken as better known than one model shows it: compiler,
 * flags and clock settings of a user differ from those of the published figures. `undefined` where the timing knows no
 * such target.
 */
export function timingSpread(target: {
  readonly board?: string;
  readonly core?: string;
  readonly runtime: string;
  readonly optimization: string;
  readonly flashMode?: string;
}): TimingSpread | undefined {
  const standIn = standInRatesOf(target.core);
  if (standIn !== undefined) {
    const isEspNn = target.runtime === 'tflm-esp-nn';
    return { board: logWidth(isEspNn ? standIn.espNnBand : standIn.referenceBand), model: standInModels };
  }
  const scale = scaleOf(target);
  if (scale === undefined) return undefined;
  if (scale.base === 'architecture') {
    const model = logWidth(architectureBand);
    return { board: Math.max(model, logWidth(scale)), model };
  }
  const level = measuredLevel(target.optimization);
  const fits = Object.entries(timingFacts.reference.fits).filter(([name]) => name.endsWith(` ${level}`));
  const squares = fits.map(([, fit]) => logWidth(fit) ** 2);
  const fitted = Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / squares.length);
  const isReference = target.board === timingFacts.reference.board && scale.factor === 1;
  const model = isReference ? fitted : Math.max(fitted, otherBoardModels);
  return { board: Math.max(model, logWidth(scale)), model };
}

function logWidth({ low, high }: { readonly low: number; readonly high: number }): number {
  return Math.log(high / low) / bandWidth;
}

/**
 * What the measured models weigh against what was known before: the posterior mean of a normal prior and as many
 * observations. `logRatio` is the mean logarithm of measured over modelled. Where it lies further out than board and
 * model explain, the board is taken as less known, by the variance under which the observation is likeliest: an unusual
 * build or clock is believed, not halved.
 */
export function evidenceWeight({ board, model }: TimingSpread, profiles: number, logRatio: number): number {
  const ofModels = model ** 2 / profiles;
  const ofBoard = Math.max(board ** 2, logRatio ** 2 - ofModels);
  return ofBoard / (ofBoard + ofModels);
}

/**
 * The band of another model once `profiles` models were measured that weigh `weight`: 5 % to 95 % of measured over
 * corrected cycles.
 */
export function predictiveBand(
  { model }: TimingSpread,
  profiles: number,
  weight: number,
): { readonly low: number; readonly high: number } {
  const posterior = (weight * model ** 2) / profiles;
  const reach = (bandWidth / 2) * Math.sqrt(model ** 2 + posterior);
  return { low: Math.exp(-reach), high: Math.exp(reach) };
}
