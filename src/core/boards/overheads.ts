import { HumanError } from '../model/problem';
import { nearest, quotedChoice } from '../text/nearest';
import type { Overhead } from './board';
import rows from './overheads.json';

/**
 * What operating systems, frameworks and bare sketches take beside the model. A new one is a row in `overheads.json`.
 */
export const overheads: readonly Overhead[] = rows;

/** The row with this id; a `HumanError` that names near ones where there is none. */
export function overheadById(id: string): Overhead {
  const overhead = overheads.find((candidate) => candidate.id === id);
  if (overhead !== undefined) return overhead;
  const ids = overheads.map((candidate) => candidate.id);
  throw new HumanError(
    'unknown-overhead',
    `There is no overhead "${id}"; did you mean ${quotedChoice(nearest(id, ids))}? \`milliwatt boards --overheads\` lists all.`,
  );
}
