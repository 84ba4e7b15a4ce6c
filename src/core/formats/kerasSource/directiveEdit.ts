import type { Span } from '../../model/span';

/** A comment of a program that says a value, or more than one: `# milliwatt: input_shape=(49, 10, 1); classes=12`. */
const directive = /^(\s*#\s*milliwatt:\s*)(.*?)\s*$/;

/**
 * The edit that says a value in a program: in the comment that says values already, else in one of its own above
 * `line`, counted from 0.
 */
export function directiveEdit(
  text: string,
  { name, value, line }: { readonly name: string; readonly value: string; readonly line: number },
): { readonly span: Span; readonly text: string } {
  const lines = text.split('\n');
  const known = lines.findIndex((each) => directive.test(each));
  if (known < 0) {
    const indent = /^[ \t]*/.exec(lines.at(line) ?? '')?.[0] ?? '';
    return { span: { line, column: 0, endLine: line, endColumn: 0 }, text: `${indent}# milliwatt: ${name}=${value}\n` };
  }
  const [, head, said] = directive.exec(lines[known]) ?? ['', '# milliwatt: ', ''];
  const others = said.split(';').filter((part) => part.trim() !== '' && part.split('=')[0].trim() !== name);
  const all = [...others.map((part) => part.trim()), `${name}=${value}`].join('; ');
  const end = lines[known].endsWith('\r') ? lines[known].length - 1 : lines[known].length;
  return { span: { line: known, column: 0, endLine: known, endColumn: end }, text: `${head}${all}` };
}

/** Why a value cannot stand in such a comment, as a sentence; `undefined` where it can. */
export function directiveProblem(value: string): string | undefined {
  if (value.trim() === '') return 'Give a value as Python writes it, for instance (49, 10, 1) or 12.';
  if (/[;\r\n#]/.test(value)) return 'The value is one expression on one line, without ; and #.';
  return value.length > 200 ? 'The value is longer than 200 characters.' : undefined;
}
