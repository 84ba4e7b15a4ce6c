import type { SourceFile } from '../firmware/firmware';
import type { TextEdit } from '../model/problem';
import { distinct, replacing } from './edits';
import type { ServingResolver } from './operators';

/**
 * Edits that give a resolver room for so many operators: the number in its type, wherever that type is written for it,
 * or the constant that stands there.
 */
export function roomEdits(serving: ServingResolver, operators: number): readonly TextEdit[] {
  const { room, file, adds } = serving.resolver;
  if (room?.origin === undefined || room.value === operators) return [];
  const edits = [replacing(room.origin.file, room.origin, String(operators))];
  if (room.name !== undefined) return edits;
  const files = [...new Set([file, ...adds.map((add) => add.file)])];
  const others = [
    ...files.flatMap((each) => typesIn(each, each.text, 0, { from: room.value, to: operators })),
    ...prototypesOf(serving).flatMap(({ header, text, start }) =>
      typesIn(header, text, start, { from: room.value, to: operators }),
    ),
  ];
  return distinct([...edits, ...others]);
}

/** The number in types of references and pointers to a resolver of so much room, in a piece of a file. */
function typesIn(
  file: SourceFile,
  text: string,
  offset: number,
  { from, to }: { readonly from: number; readonly to: number },
): readonly TextEdit[] {
  return [...text.matchAll(/\bMicroMutableOpResolver\s*<\s*(\d+)\s*>\s*[&*]/g)]
    .filter(([, digits]) => Number(digits) === from)
    .map((match) => {
      const start = offset + match.index + match[0].indexOf(match[1], match[0].indexOf('<'));
      return replacing(file, { start, end: start + match[1].length }, String(to));
    });
}

/** Declarations, in what is included, of the functions in which operators are added. */
function prototypesOf({
  firmware,
  resolver: { file, adds },
}: ServingResolver): readonly { readonly header: SourceFile; readonly text: string; readonly start: number }[] {
  const names = new Set(
    adds.flatMap(({ file: { syntax }, inFunction }) =>
      inFunction === undefined ? [] : [syntax.functions[inFunction].name],
    ),
  );
  const included = new Set([file, ...adds.map((add) => add.file)].flatMap(({ path }) => firmware.closure(path)));
  return [...included].flatMap((path) => {
    const header = firmware.file(path);
    if (header === undefined || !header.text.includes('MicroMutableOpResolver')) return [];
    return [...header.text.matchAll(/\b(\w+)\s*\([^(){};]*/g)]
      .filter(([, name]) => names.has(name))
      .map((match) => ({ header, text: match[0], start: match.index }));
  });
}
