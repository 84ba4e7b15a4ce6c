import { sourceModels } from './sourceModels';

/** What the sources of a project hold under the name of an array. */
type NamedArray =
  | { readonly kind: 'model'; readonly path: string; readonly bytes: Uint8Array }
  /** The sources use it, and something else defines it: the build may make it of the model's file. */
  | { readonly kind: 'elsewhere' }
  /** A stable code and a whole sentence. */
  | { readonly kind: 'none'; readonly code: string; readonly message: string };

/** Looks for the array of a model in the sources that load it. */
export function namedArray(
  name: string,
  sources: readonly { readonly path: string; readonly bytes: Uint8Array }[],
): NamedArray {
  for (const source of sources) {
    const found = sourceModels(source).models.find(({ id, array }) => id === name || array.name === name);
    if (found?.content.kind === 'model') return { kind: 'model', path: source.path, bytes: found.content.bytes };
    if (found !== undefined) {
      const { code, reason } = found.content;
      return { kind: 'none', code, message: `${source.path}: ${name} ${reason}` };
    }
  }
  if (sources.some(({ bytes }) => usesName(new TextDecoder().decode(bytes), name))) return { kind: 'elsewhere' };
  const where = sources.length === 1 ? sources[0].path : `None of ${sources.map(({ path }) => path).join(', ')}`;
  const verb = sources.length === 1 ? 'holds no model' : 'holds a model';
  return {
    kind: 'none',
    code: 'array-missing',
    message: `${where} ${verb} in an array "${name}". Correct "array" or "sources" in milliwatt.json.`,
  };
}

/** Whether a name stands in a text as a word of its own. */
function usesName(text: string, name: string): boolean {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + name.length)) {
    const around = [text[at - 1], text[at + name.length]];
    if (around.every((letter) => letter === undefined || !/\w/.test(letter))) return true;
  }
  return false;
}
