import { mostBytesOf } from '../../files/limits';
import { readFileSync } from '../../files/reading';
import type { SourceChange } from '../../protocol/firmware';

/** What a file is now; nothing for one that is gone. */
export function presentText({ path, text, file }: SourceChange, root: string | undefined): string | undefined {
  return text ?? (file === undefined ? undefined : textOf(file, path, root));
}

function textOf(file: string, name: string, root: string | undefined): string {
  return new TextDecoder().decode(bytesOf(file, name, root));
}

/** The bytes of a file of a folder. */
export function bytesOf(file: string, name: string, root: string | undefined): Uint8Array {
  const within = root === undefined ? undefined : [root];
  return readFileSync(file, { name, mostBytes: mostBytesOf.source, within });
}
