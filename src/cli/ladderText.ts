import type { LadderStep } from '../core/compress/kind';
import type { LadderResult } from '../core/compress/ladder/climbLadder';
import type { Totals } from '../core/compress/offer';
import { bytesText, millisecondsText } from '../core/text/units';
import { proofText } from './proofText';
import { linesText } from './output';
import { tableLines } from './table';

/** The ladder for a terminal: what each way brings, which one was taken, and the proofs of what it did. */
export function ladderText({ steps, chosen, unreachable }: LadderResult, path: string): string {
  const heading = ['', 'RAM', 'flash', 'time', ''];
  return linesText([
    ...tableLines([heading, ...steps.map(row)], 1),
    ...steps.flatMap(({ title, reason }) => (reason === undefined ? [] : ['', `${title}: ${reason}`])),
    ...(unreachable === undefined ? [] : ['', `${unreachable} Nothing was written.`]),
    ...(steps[0].fits ? ['', 'The model meets every limit as it is. Nothing was written.'] : []),
    ...(chosen === undefined ? [] : ['', `${path} meets every limit.`]),
    ...(chosen?.proofs ?? []).flatMap((proof) => ['', ...proofText(proof).split('\n')]),
  ]);
}

function row({ title, totals, fits }: LadderStep): readonly string[] {
  if (totals === undefined) return [title, '-', '-', '-', ''];
  return [title, ...costs(totals), fits ? 'fits' : ''];
}

function costs({ arenaBytes, flashBytes, ms }: Totals): readonly string[] {
  return [
    arenaBytes === undefined ? '-' : bytesText(arenaBytes),
    flashBytes === undefined ? '-' : bytesText(flashBytes),
    ms === undefined ? '-' : millisecondsText(ms),
  ];
}
