import type { SourcePlace } from '../model/origin';
import { bytesText, exactBytesText } from '../text/units';
import type { ModelLink } from './rule';
import { modelName } from './needs';

/** `model "kws" of train.py, line 12`: a program's model as a sentence names it. */
export function builtName({ built: { id, path, place } }: ModelLink): string {
  return `the model "${id}" of ${placeText(place) ?? path}`;
}

/** `train.py, line 12`, `train.ipynb, cell 3, line 2`. */
function placeText(place: SourcePlace | undefined): string | undefined {
  if (place === undefined) return undefined;
  const { file, span, cell } = place;
  return [
    file,
    ...(cell === undefined ? [] : [`cell ${cell + 1}`]),
    ...(span === undefined ? [] : [`line ${span.line + 1}`]),
  ].join(', ');
}

/** Whether what the firmware gives is surely too little for the model as the program has it now. */
export function isTooLittle({ given, need }: ModelLink): boolean {
  return given !== undefined && need !== undefined && given.size.value < need.leastBytes;
}

/** What stands above a program's model: which array holds it, and in what arena. Short: totals stand behind it. */
export function heldText(link: ModelLink): string {
  const { held, isSame, isSure, built } = link;
  const part = built.within === undefined ? '' : `${built.id} `;
  const version = isSame ? '' : `${isSure ? '' : 'perhaps '}another version `;
  const arena = arenaText(link);
  return `${part}${version}in firmware: ${modelName(held)}${arena === undefined ? '' : ` · ${arena}`}`;
}

/** `arena 20.1 KB of 24.0 KB`; of another version than the firmware's what surely is too little is what counts. */
function arenaText({ given, need, isSame }: ModelLink): string | undefined {
  const needed = need && (isSame && !need.isLowerBound ? need.bytes : need.leastBytes);
  if (needed === undefined) return given && `arena of ${bytesText(given.size.value)}`;
  const size = `${need?.isLowerBound === true ? 'over ' : ''}${bytesText(needed)}`;
  return given === undefined ? `needs an arena of ${size}` : `arena ${size} of ${bytesText(given.size.value)}`;
}

/** The same in whole sentences: what holds it, what differs, and its arena. */
export function heldSentences(link: ModelLink): readonly string[] {
  const { held, isSame, isSure, given, need } = link;
  const where = `${modelName(held)} in ${held.path}`;
  const known = isSame
    ? `The firmware holds this model: ${where} has the same layers, shapes and options.`
    : `The firmware ${isSure ? 'holds' : 'may hold'} another version of this model, ${where}: ${differenceText(link)}.`;
  const needed =
    need && (isSame ? exactBytesText(need.bytes) : `${exactBytesText(need.leastBytes)} as it is written here`);
  const arena =
    given === undefined
      ? []
      : [
          `Its interpreter gives an arena of ${exactBytesText(given.size.value)}${needed ? `; it needs ${needed}` : ''}.`,
        ];
  return [known, ...arena];
}

/** `Dense "dense" has 20 units in the source, 12 in the firmware; and 2 more`. */
export function differenceText({ differences }: ModelLink): string {
  return differences.join('; ');
}
