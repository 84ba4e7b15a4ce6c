import { chooseBoard } from './board';
import { compressLayer, compressModel } from './compress';
import { exceptLayer, silence, soften } from './decisions';
import { explain } from './explain';
import type { Fix, FixContext, FixMaker } from './fix';
import { forgetBoard } from './forgetBoard';
import { rewriteForTflm } from './rewrite';
import { chooseSetting } from './setting';
import { addProfiler, calibrateAgain, forgetMeasurements, setTickUnit } from './measured';

/** All kinds of fixes, the most telling first. A new one is a file beside this one and a line here. */
export const fixMakers: readonly FixMaker[] = [
  rewriteForTflm,
  compressLayer,
  compressModel,
  chooseSetting,
  chooseBoard,
  forgetMeasurements,
  calibrateAgain,
  setTickUnit,
  addProfiler,
  exceptLayer,
  soften,
  silence,
  explain,
  forgetBoard,
];

/** The fixes of a finding: those that its rule brought with it, then those of the list. */
export function fixesFor(context: FixContext): readonly Fix[] {
  const { finding } = context;
  const made = fixMakers.filter(({ isFor }) => isFor(finding)).flatMap(({ make }) => make(context));
  return [...(finding.fixes ?? []), ...made];
}
