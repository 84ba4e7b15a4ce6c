import type { ResolverFacts } from '../firmware/join/resolvers';
import type { TextEdit } from '../model/problem';
import { distinct, replacing } from './edits';

/**
 * Edits that give a resolver room for so many operators: the number in its type, wherever that type is written for it,
 * or the constant that stands there.
 */
export function roomEdits(resolver: ResolverFacts, operators: number): readonly TextEdit[] {
  const { room, file, adds } = resolver;
  if (room?.origin === undefined || room.value === operators) return [];
  const edits = [replacing(room.origin.file, room.origin, String(operators))];
  if (room.name !== undefined) return edits;
  const files = [...new Set([file, ...adds.map((add) => add.file)])];
  const pattern = /\bMicroMutableOpResolver\s*<\s*(\d+)\s*>\s*[&*]/g;
  const others = files.flatMap((each) =>
    [...each.text.matchAll(pattern)]
      .filter(([, digits]) => Number(digits) === room.value)
      .map((match) => {
        const start = match.index + match[0].indexOf(match[1], match[0].indexOf('<'));
        return replacing(each, { start, end: start + match[1].length }, String(operators));
      }),
  );
  return distinct([...edits, ...others]);
}
