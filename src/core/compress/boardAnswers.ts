import { wrongAnswers } from '../faults/wrongAnswers';
import type { Model } from '../model/model';

/** Warnings of one proof; the listing's findings have the others. */
const mostSentences = 8;

/** Where a board answers otherwise than a compression's source or result means, as complete sentences for its proof. */
export function boardAnswerTexts(source: Model, result: Model): readonly string[] {
  const [before, after] = [source, result].map((model) => new Set(wrongAnswers(model).map(({ message }) => message)));
  const ofBoth = [...after].filter((message) => before.has(message));
  const ofResult = [...after].filter((message) => !before.has(message));
  const ofSource = [...before].filter((message) => !after.has(message));
  return [
    ...ofResult.map((message) => `A board does not answer as the result means. ${message}`),
    ...ofBoth.map((message) => `A board answers neither as the source nor as the result means. ${message}`),
    ...ofSource.map((message) => `A board does not answer as the source means, and does as the result. ${message}`),
  ].slice(0, mostSentences);
}

/** Whether a board answers wrongly to the source alone: what that costs is nothing to compare with. */
export function mendsAnswers(source: Model, result: Model): boolean {
  return wrongAnswers(source).length > 0 && wrongAnswers(result).length === 0;
}
