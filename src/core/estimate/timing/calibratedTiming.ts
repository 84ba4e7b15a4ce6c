import type { Calibration } from '../../runtimes/calibration';
import type { Target } from '../../runtimes/target';
import type { OperatorCycles, Timing } from './operatorCycles';

/**
 * A timing corrected by measurements on the target's own board; the timing itself where there are none, or where they
 * are of another board, runtime or optimization.
 */
export function calibratedTiming(timing: Timing | undefined, target: Target): Timing | undefined {
  const { calibration } = target;
  if (timing === undefined || calibration === undefined || !applies(calibration, target)) return timing;
  return {
    source: `${calibration.source} ${timing.source}`,
    weightWaits: (operator, graph, model) =>
      calibration.scale * (calibration.waitScale ?? 1) * timing.weightWaits(operator, graph, model),
    of: (operator, graph, model, cost) => {
      const modelled = timing.of(operator, graph, model, cost);
      return modelled && correctCycles(modelled, calibration);
    },
  };
}

/** Whether a calibration is for this target. */
export function applies(calibration: Calibration, target: Target): boolean {
  const { board, runtime, optimization } = calibration;
  if (board !== target.board?.id || runtime !== target.runtime) return false;
  return optimization === undefined || optimization === target.optimization;
}

/** The band is that of the calibration; without one the modelled band moves along. */
function correctCycles(modelled: OperatorCycles, calibration: Calibration): OperatorCycles {
  const { scale, waitScale = 1 } = calibration;
  const waiting = (modelled.waiting ?? 0) * waitScale;
  const computing = modelled.cycles - (modelled.waiting ?? 0);
  const cycles = Math.max(0, scale * (computing + waiting) + calibration.cyclesPerOperator);
  const share = modelled.cycles === 0 ? 1 : cycles / modelled.cycles;
  return {
    ...modelled,
    cycles,
    ...(modelled.waiting === undefined ? {} : { waiting: scale * waiting }),
    ...(modelled.arenaWaiting === undefined ? {} : { arenaWaiting: scale * modelled.arenaWaiting }),
    low: calibration.low === undefined ? modelled.low * share : cycles * calibration.low,
    high: calibration.high === undefined ? modelled.high * share : cycles * calibration.high,
  };
}
