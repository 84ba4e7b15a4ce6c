import type { Node } from 'jsonc-parser';
import { parseTree } from 'jsonc-parser';
import { isTooDeep } from '../../text/jsonNesting';
import { fileNameOf } from './paths';
import type { PlacedText } from './lines';

/** A file of JSON with comments, read as far as it is whole. */
interface JsonFile {
  readonly root?: Node;
  readonly problems: readonly string[];
}

export function readJson(text: string, path: string): JsonFile {
  const problem = `${fileNameOf(path)} is not read: its JSON is damaged. Correct it there.`;
  if (isTooDeep(text)) return { problems: [problem] };
  const errors: NonNullable<Parameters<typeof parseTree>[1]> = [];
  const root = parseTree(text, errors, { allowTrailingComma: true });
  return errors.length > 0 || root === undefined
    ? { problems: text.trim() === '' ? [] : [problem] }
    : { root, problems: [] };
}

/** The values of the keys of an object. */
export function membersOf(node: Node | undefined): readonly (readonly [key: string, value: Node])[] {
  if (node?.type !== 'object') return [];
  return (node.children ?? []).flatMap((property) => {
    const [key, value] = property.children ?? [];
    return value === undefined ? [] : [[String(key.value), value] as const];
  });
}

/** The value at a path of keys. */
export function nodeAt(root: Node | undefined, keys: readonly string[]): Node | undefined {
  return keys.reduce<Node | undefined>(
    (node, key) =>
      membersOf(node)
        .filter(([name]) => name === key)
        .at(-1)?.[1],
    root,
  );
}

/** The text at a path of keys; nothing where there is none or another kind of value. */
export function stringAt(root: Node | undefined, keys: readonly string[]): PlacedText | undefined {
  return stringOf(nodeAt(root, keys));
}

export function stringOf(node: Node | undefined): PlacedText | undefined {
  if (node?.type !== 'string' || node.value === '') return undefined;
  return { text: String(node.value), start: node.offset, end: node.offset + node.length };
}
