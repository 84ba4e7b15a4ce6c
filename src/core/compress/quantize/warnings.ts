import { sentenceIf } from '../../text/sentences';
import { countText } from '../wording';
import type { Report } from '../../estimate/report';
import type { SplitSamples } from '../../samples/samples';
import { qualityWarnings } from '../judge/qualityWarnings';
import type { Fidelity } from '../proof';
import { islandCostText } from './islandCost';
import type { QuantizedGraph } from './quantizedGraph';

interface Outcome {
  readonly quantized: QuantizedGraph;
  readonly samples: SplitSamples;
  readonly fidelity: Fidelity;
  /** Of the written file. */
  readonly after: Report;
  /** False where ranges were known already. */
  readonly isCalibrated: boolean;
}

/** Fewer calibration samples than this rarely show the whole range of a network's values. */
const fewSamples = 20;

/** What a person should know before using a quantized model, as complete sentences. */
export function warningsOf({ quantized, samples, fidelity, after, isCalibrated }: Outcome): readonly string[] {
  const { calibration, test } = samples;
  const islandCost = islandCostText(quantized, after);
  return [
    ...sentenceIf(
      calibration.isSynthetic && !isCalibrated,
      'No data were given: the errors come from random numbers, and say little about real inputs.',
    ),
    ...sentenceIf(
      calibration.isSynthetic && isCalibrated,
      'No data were given: ranges come from random numbers, and so do the errors, which say little about real inputs. Quantize again with real samples before using the result.',
    ),
    ...sentenceIf(
      isCalibrated && !calibration.isSynthetic && calibration.count < fewSamples,
      `Only ${countText(calibration.count, 'sample')} ${calibration.count === 1 ? 'was' : 'were'} used for calibration; values of other inputs may lie outside the ranges. Give some hundred.`,
    ),
    ...sentenceIf(
      calibration === test || (calibration.count === 1 && test.count === 1 && calibration.inputs === test.inputs),
      'The errors were measured on the sample that was also used for calibration, so that they are too good.',
    ),
    ...(calibration.isSynthetic ? [] : qualityWarnings(fidelity)),
    ...(islandCost === undefined ? [] : [islandCost]),
  ];
}
