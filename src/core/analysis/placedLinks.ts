import { modelArrays } from '../firmwareRules/arrays';
import { heldSentences, heldText, isTooLittle } from '../firmwareRules/linkText';
import type { FirmwareContext } from '../firmwareRules/rule';
import type { SourcePlace } from '../model/origin';
import type { Span } from '../model/span';
import { spanOf } from '../model/textEdit';

/** Which program built a model of the firmware, as an editor and a report show it. Paths are from the folder. */
export interface PlacedLink {
  readonly program: {
    readonly path: string;
    /** What the model is chosen by, and that of which it is a part. */
    readonly id: string;
    readonly within?: string;
    readonly place?: SourcePlace;
  };
  readonly held: { readonly path: string; readonly array?: string; readonly span?: Span };
  readonly isSame: boolean;
  readonly isSure: boolean;
  readonly differences: readonly string[];
  /** What the firmware gives the model, and what it needs as the program has it now, in bytes. */
  readonly arenaBytes?: number;
  readonly neededBytes?: number;
  /** The program's model as it is now surely does not fit. */
  readonly isTooLarge: boolean;
  /** Short, and in whole sentences. */
  readonly text: string;
  readonly says: readonly string[];
}

/** The links of a firmware, in the order of its models. */
export function placedLinks(context: FirmwareContext): readonly PlacedLink[] {
  if (context.links.length === 0) return [];
  const arrays = new Map(modelArrays(context).map((array) => [array.model, array]));
  return context.links.map((link) => {
    const { built, held, isSame, isSure, differences, given, need } = link;
    const { path, id, within, place } = built;
    const array = arrays.get(held);
    const { start = 0, end = 0 } = array?.variable.nameExtent ?? {};
    return {
      program: { path, id, ...(within === undefined ? {} : { within }), ...(place === undefined ? {} : { place }) },
      held: {
        path: held.path,
        ...(held.array === undefined ? {} : { array: held.array }),
        ...(array === undefined ? {} : { span: spanOf(array.file.text, start, end - start) }),
      },
      isSame,
      isSure,
      differences,
      ...(given === undefined ? {} : { arenaBytes: given.size.value }),
      ...(need === undefined ? {} : { neededBytes: isSame ? need.bytes : need.leastBytes }),
      isTooLarge: isTooLittle(link),
      text: heldText(link),
      says: heldSentences(link),
    };
  });
}
