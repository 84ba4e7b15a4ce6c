import { blankBodies } from '../firmware/arrays/blankBodies';
import { unitsOf } from '../firmware/arrays/units';
import { builtNamesIn } from '../firmware/join/madeNames';
import type { FirmwareFinding } from '../firmwareRules/firmwareProblems';
import type { FirmwareModel } from '../firmwareRules/rule';
import type { SourceModel } from '../formats/cArray/sourceModels';
import { sourceModels } from '../formats/cArray/sourceModels';
import { modelHash } from '../measure/measurement';
import { spanOf } from '../model/textEdit';

/** A model of a firmware: in an array of a source, or in a file of its own. */
export interface HeldModel {
  readonly path: string;
  /** The array that holds it, as `SourceModel.id` names it. */
  readonly array?: string;
}

/** Such a model with its bytes. */
export interface HeldBytes extends HeldModel {
  readonly bytes: Uint8Array;
  readonly hash: string;
  /** Where the array's name stands: conditions may give several the same one. */
  readonly at?: FirmwareModel['at'];
}

/** What an index keeps of a source. */
export interface IndexedSource {
  /** Words that may name what the build makes of a model's file. */
  readonly builtNames: readonly string[];
  /** Without the bodies of long arrays. */
  readonly text: string;
  readonly arrays: readonly HeldBytes[];
  readonly unreadable: readonly FirmwareFinding[];
  readonly kept: number;
}

/** Looks through a source for models in arrays, and keeps its text without their bodies. */
export function indexed(path: string, text: string): IndexedSource {
  const found = sourceModels({ path, bytes: unitsOf(text) });
  const arrays = found.models.flatMap(({ id, array, content }): readonly HeldBytes[] => {
    if (content.kind !== 'model') return [];
    const { line, column } = spanOf(text, array.nameSpan.start, 0);
    // What a file of nothing but numbers holds has no name.
    const name = array.name === '' ? {} : { array: id, at: { line, column } };
    return [{ path, ...name, bytes: content.bytes, hash: modelHash(content.bytes) }];
  });
  const blank = blankBodies(text, found);
  const short = blank === text ? text : withoutTrailingBlanks(blank);
  const kept = arrays.reduce((sum, { bytes }) => sum + bytes.byteLength, short.length);
  const builtNames = [...new Set(builtNamesIn(short))];
  return {
    builtNames,
    text: short,
    arrays,
    unreadable: found.models.flatMap((model) => unreadable(path, text, model)),
    kept,
  };
}

/** What stands in another file is not missing: that file is looked at for itself. */
function unreadable(path: string, text: string, { array, content }: SourceModel): readonly FirmwareFinding[] {
  if (content.kind !== 'unreadable' || array.flaw?.kind === 'included') return [];
  const { start, end } = array.nameSpan;
  const message = `${array.name} ${content.reason}`;
  const span = spanOf(text, start, end - start);
  return [{ code: content.code, severity: 'warning', file: path, span, message, fixes: [] }];
}

/** Every line and column stays where it is, and of a body only its lines are left. */
function withoutTrailingBlanks(text: string): string {
  return text
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}
