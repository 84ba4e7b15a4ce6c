import { wrongAnswers } from '../faults/wrongAnswers';
import type { Model } from '../model/model';

/** Sentences of one proof; the listing's findings have the others. */
const mostSentences = 8;

/** Where a board answers otherwise than a compression's result means, as complete sentences for its proof. */
export function boardAnswerTexts(source: Model, result: Model): readonly string[] {
  const [before, after] = [source, result].map((model) => new Set(wrongAnswers(model).map(({ message }) => message)));
  const ofBoth = [...after].filter((message) => before.has(message));
  const ofResult = [...after].filter((message) => !before.has(message));
  return [
    ...ofResult.map((message) => `A board does not answer as the result means. ${message}`),
    ...ofBoth.map((message) => `A board answers neither as the source nor as the result means. ${message}`),
  ].slice(0, mostSentences);
}

/** What a board answered wrongly to the source, and does not to the result, as complete sentences for its proof. */
export function mendedTexts(source: Model, result: Model): readonly string[] {
  const [before, after] = [source, result].map((model) => new Set(wrongAnswers(model).map(({ effect }) => effect)));
  const mended = [...before].filter((effect) => !after.has(effect));
  return mended
    .map((effect) => `A board answers as the result means, and not as the source did. ${effect}`)
    .slice(0, mostSentences);
}

/** Whether a board answers wrongly to the source alone: what that costs is nothing to compare with. */
export function mendsAnswers(source: Model, result: Model): boolean {
  return wrongAnswers(source).length > 0 && wrongAnswers(result).length === 0;
}
