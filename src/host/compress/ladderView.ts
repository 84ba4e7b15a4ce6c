import type { Ladder } from '../../core/compress/kind';
import type { LadderView } from '../../protocol/proofPage';

/** The ladder as the page shows it. */
export function ladderView({ steps, best, unreachable }: Ladder): LadderView {
  const views = steps.map(({ step, result }) => ({
    ...step,
    canBeTaken: result !== undefined,
    fidelity: result?.proof.fidelity,
  }));
  return { steps: views, best, unreachable };
}
