import { withModel } from '../formats/cArray/writer';
import type { TextEdit } from '../model/problem';
import { spanOf } from '../model/textEdit';

/** Where an array stands, and the text of its source as it is now. */
interface WrittenArray {
  readonly path: string;
  readonly text: string;
  /** As `HeldModel` names it. */
  readonly array: string;
}

/**
 * Edits that write an array again with the bytes of another model, in its own style, with the constants of its length.
 * @throws ModelError where the text has no such array
 */
export function arrayEdits({ path, text, array }: WrittenArray, bytes: Uint8Array): readonly TextEdit[] {
  const source = { path: `${path}#${array}`, bytes: new TextEncoder().encode(text) };
  const after = new TextDecoder().decode(withModel(source, bytes));
  if (after === text) return [];
  const shorter = Math.min(text.length, after.length);
  let start = 0;
  while (start < shorter && text.charCodeAt(start) === after.charCodeAt(start)) start += 1;
  let end = 0;
  while (end < shorter - start && text.charCodeAt(text.length - 1 - end) === after.charCodeAt(after.length - 1 - end)) {
    end += 1;
  }
  const span = spanOf(text, start, text.length - end - start);
  return [{ file: path, span, text: after.slice(start, after.length - end) }];
}
