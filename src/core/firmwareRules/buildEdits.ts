import type { BuildFact, FactPlace } from '../buildFiles/facts';
import { factsOf } from '../buildFiles/facts';
import type { TextEdit } from '../model/problem';
import type { Span } from '../model/span';

/** Where a build file says something: values stand in one line. */
export function factSpan({ span: { start, end, line, column } }: FactPlace): Span {
  return { line, column, endLine: line, endColumn: column + end - start };
}

/** Another text in the place of what a build file says. */
export function replacingFact(place: FactPlace, text: string): TextEdit {
  return { file: place.file, span: factSpan(place), text };
}

/** The last value of an option of Kconfig; nothing where no file says it. */
export function configOf(facts: readonly BuildFact[], name: string): string | undefined {
  return factsOf(facts, 'config')
    .filter(({ value }) => value.name === name)
    .at(-1)?.value.value;
}

/**
 * Edits that set options of Kconfig in one file, each where the file says it last; an option that it does not say
 * comes in front of what stands at a place.
 */
export function configEdits(
  facts: readonly BuildFact[],
  wanted: Readonly<Record<string, string>>,
  place: FactPlace,
): readonly TextEdit[] {
  const edits: TextEdit[] = [];
  const added: string[] = [];
  for (const [name, value] of Object.entries(wanted)) {
    const line = value === 'n' ? `# ${name} is not set` : `${name}=${value}`;
    const said = factsOf(facts, 'config').filter((fact) => fact.value.name === name && fact.place.file === place.file);
    const last = said.at(-1);
    if (last === undefined && value !== 'n') added.push(line);
    else if (last !== undefined && last.value.value !== value) edits.push(replacingFact(last.place, line));
  }
  if (added.length === 0) return edits;
  const { line, column } = factSpan(place);
  const span = { line, column, endLine: line, endColumn: column };
  return [...edits, { file: place.file, span, text: `${added.join('\n')}\n` }];
}

/** Whether two facts were read from one place. */
export function isSamePlace(left: FactPlace, right: FactPlace): boolean {
  return left.file === right.file && left.span.start === right.span.start;
}
