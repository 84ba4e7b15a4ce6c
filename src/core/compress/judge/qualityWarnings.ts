import { functionName } from '../../text/functionName';
import type { Fidelity } from '../proof';
import { judgedFigures } from './fidelity';

/** Below this signal to noise ratio answers differ visibly. */
const poorSqnrDb = 15;

/**
 * A model of which more than every tenth answer changes is another one: among 40 samples a share of 90 % is known to 5
 * points.
 */
const poorAgreement = 0.9;

/** What is to be said of figures as they are printed that tell of a poor result, as complete sentences. */
export function qualityWarnings(fidelity: Fidelity): readonly string[] {
  const outputs = fidelity.outputs ?? [{ name: undefined, ...fidelity }];
  const noisy = outputs.flatMap(({ name, ...output }) => {
    const { sqnrDb } = judgedFigures(output);
    if (sqnrDb >= poorSqnrDb) return [];
    const which = name === undefined ? 'The outputs carry' : `The output "${name}" carries`;
    const place = output.beforeActivation ? ` before the ${functionName(output.beforeActivation.operator)}` : '';
    return [`${which} much noise (${sqnrDb.toFixed(1)} dB${place}).`];
  });
  const { top1Agreement = 1 } = fidelity;
  if (top1Agreement >= poorAgreement) return noisy;
  const share = (top1Agreement * 100).toFixed(1);
  return [...noisy, `Only ${share} % of the test samples are answered as by the original.`];
}
