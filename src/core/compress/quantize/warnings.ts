import type { SplitSamples } from '../../samples/samples';
import type { Fidelity } from '../proof';
import type { QuantizedGraph } from './quantizeGraph';
import { refusalOf } from './repair/refuse';

interface Outcome {
  readonly quantized: QuantizedGraph;
  readonly samples: SplitSamples;
  readonly fidelity: Fidelity;
}

/** Fewer calibration samples than this rarely show the whole range of a network's values. */
const fewSamples = 20;

/** Below this signal to noise ratio answers differ visibly. */
const poorSqnrDb = 15;

/** What a person should know before using a quantized model, as whole sentences. */
export function warningsOf({ quantized, samples, fidelity }: Outcome): readonly string[] {
  const { calibration, test } = samples;
  const refusal = refusalOf(quantized.model);
  const sqnrDb = (fidelity.beforeSoftmax ?? fidelity).sqnrDb;
  return [
    ...said(
      calibration.isSynthetic,
      'No data were given: ranges come from random numbers, and so do the errors, which say little about real inputs. Quantize again with real samples before using the result.',
    ),
    ...said(
      !calibration.isSynthetic && calibration.count < fewSamples,
      `Only ${calibration.count} samples were used for calibration; values of other inputs may lie outside the ranges. Give some hundred.`,
    ),
    ...said(
      calibration === test || (calibration.count === 1 && test.count === 1 && calibration.inputs === test.inputs),
      'The errors were measured on the sample that was also used for calibration, so that they are too good.',
    ),
    ...said(
      !calibration.isSynthetic && sqnrDb < poorSqnrDb,
      `The outputs carry much noise (${sqnrDb.toFixed(1)} dB); see the layers that are to blame.`,
    ),
    ...said(
      quantized.islands.size > 0,
      `${quantized.islands.size} operators stay float; each costs conversions at its edges, float kernels in flash, and time.`,
    ),
    ...said(refusal !== undefined, `TensorFlow Lite Micro will not run the result: ${refusal ?? ''}`),
  ];
}

function said(isSo: boolean, sentence: string): readonly string[] {
  return isSo ? [sentence] : [];
}
