import type { InferenceTime } from '../serial/events';
import type { BoardFigures } from './measuredProfile';

/** The time of a whole inference as figures of a run whose layers were not timed. */
export function wholeFigures({ ms, cycles }: InferenceTime): BoardFigures {
  const whole = { ...(ms === undefined ? {} : { ms }), ...(cycles === undefined ? {} : { cycles }) };
  return { dialect: 'inference-time', usable: true, operators: [], facts: {}, whole };
}
