import type { SourceFile } from '../firmware/firmware';
import type { Extent } from '../firmware/syntax/expression';
import type { Span } from '../model/span';
import { spanOf } from '../model/textEdit';
import { arenaNotes } from './notes/arenaNotes';
import { inactiveNotes } from './notes/inactiveNotes';
import { builtNotes } from './notes/builtNotes';
import { interpreterNotes } from './notes/interpreterNotes';
import { resolverNotes } from './notes/resolverNotes';
import { roomNotes } from './notes/roomNotes';
import { taskNotes } from './notes/taskNotes';
import { libraryNotes } from './notes/libraryNotes';
import type { FirmwareContext, FirmwareNote } from './rule';

/** A note as an editor shows it. */
export interface PlacedNote extends Pick<FirmwareNote, 'hint' | 'says'> {
  readonly file: string;
  readonly span: Span;
  readonly models: readonly { readonly path: string; readonly array?: string }[];
  /** `cell`: of a notebook, that the span is of. */
  readonly places: readonly {
    readonly name: string;
    readonly file: string;
    readonly span: Span;
    readonly cell?: number;
  }[];
}

/** All kinds of notes. A new one is a file in `notes/` and a line here. */
const kinds: readonly ((context: FirmwareContext) => readonly FirmwareNote[])[] = [
  arenaNotes,
  builtNotes,
  roomNotes,
  resolverNotes,
  libraryNotes,
  interpreterNotes,
  taskNotes,
  inactiveNotes,
];

const atBegin: Span = { line: 0, column: 0, endLine: 0, endColumn: 0 };

/** What is known at places of a firmware's sources, and how. */
export function firmwareNotes(context: FirmwareContext): readonly PlacedNote[] {
  return kinds.flatMap((notes) =>
    notes(context).map(({ file, at, hint, says, models, places, programs = [] }) => ({
      ...placed(file, at),
      hint,
      says,
      models: models.map(({ path, array }) => ({ path, array })),
      // Nobody needs a way to where they are.
      places: [
        ...places
          .filter((place) => place.file !== file || place.at.start !== at.start)
          .map((place) => ({ name: place.name, ...placed(place.file, place.at) })),
        ...programs.map(({ name, place: { file: program, span = atBegin, cell } }) => ({
          name,
          file: program,
          span,
          ...(cell === undefined ? {} : { cell }),
        })),
      ],
    })),
  );
}

function placed({ path, text }: SourceFile, { start, end }: Extent): { readonly file: string; readonly span: Span } {
  return { file: path, span: spanOf(text, start, end - start) };
}
