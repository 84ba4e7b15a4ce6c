import type { GivenValue } from './programChoice';

/**
 * What a text of Python's literals says, as JSON has it: a tuple is a list. `undefined` where it is more than literals.
 */
export function givenValueOf(text: string): GivenValue | undefined {
  const plain = text.trim();
  const inner = /^\(([^,()[\]]*)\)$/.exec(plain);
  if (inner !== null) return givenValueOf(inner[1]);
  if (plain.replace(token, '').trim() !== '') return undefined;
  const parts = (plain.match(token) ?? []).map(asJson);
  const kept = parts.filter((part, index) => part !== ',' || parts[index + 1] !== ']');
  try {
    // With a blank between them two numbers do not become one.
    return JSON.parse(kept.join(' ')) as GivenValue;
  } catch {
    return undefined;
  }
}

/** The text of a value as a program writes it. */
export function pythonTextOf(value: GivenValue): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') return String(value);
  const items = value.map(pythonTextOf);
  return items.length === 1 ? `(${items[0]},)` : `(${items.join(', ')})`;
}

const token = /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|[()[\],]|[^\s()[\],"']+/g;
const words: ReadonlyMap<string, string> = new Map([
  ['(', '['],
  [')', ']'],
  ['True', 'true'],
  ['False', 'false'],
  ['None', 'null'],
]);

function asJson(part: string): string {
  if (part.startsWith("'")) return JSON.stringify(part.slice(1, -1).replaceAll("\\'", "'"));
  return words.get(part) ?? part.replace(/(?<=\d)_(?=\d)/g, '');
}
