/** A file format as host, command line and manifest know it: data alone, so that knowing the list loads no reader. */
export interface FormatKind {
  readonly id: string;
  /** For people: `TensorFlow Lite`. */
  readonly name: string;
  /** In lower case, with the dot. */
  readonly extensions: readonly string[];
  /** Extension of a file that is written in this format, where one can be. */
  readonly written?: string;
  /**
   * Whether a model of this format is written again by pruning and quantizing: operators and bytes are those of the
   * file.
   */
  readonly canRewrite: boolean;
  /** Whether such a file is text, whose unsaved state in an editor counts. */
  readonly isText: boolean;
}

/** All formats, in the order in which they are tried. A reader for each stands in `formats.ts`. */
export const formatKinds = [
  {
    id: 'tflite',
    name: 'TensorFlow Lite',
    extensions: ['.tflite'],
    written: '.tflite',
    canRewrite: true,
    isText: false,
  },
] as const satisfies readonly FormatKind[];

export type FormatId = (typeof formatKinds)[number]['id'];

/** The format that results are written in: the one that the runtimes read. */
export const resultKind = formatKinds[0];

/** The format with this id; `undefined` for one that is not known. */
function formatKind(id: string, kinds: readonly FormatKind[] = formatKinds): FormatKind | undefined {
  return kinds.find((kind) => kind.id === id);
}

/** True for a model that pruning and quantizing may write again. */
export function canRewrite(model: { readonly format: string }): boolean {
  return formatKind(model.format)?.canRewrite === true;
}

/** Extensions of formats, without the dot, as file dialogs and patterns take them. */
export function extensionsOf(kinds: readonly FormatKind[] = formatKinds): readonly string[] {
  return kinds.flatMap(({ extensions }) => extensions.map((extension) => extension.slice(1)));
}

/** Pattern of the workspace's model files: `**` and the extensions. */
export function modelPattern(kinds: readonly FormatKind[] = formatKinds): string {
  const extensions = extensionsOf(kinds);
  return extensions.length === 1 ? `**/*.${extensions[0]}` : `**/*.{${extensions.join(',')}}`;
}

/** What a dialog for opening a model offers. */
export function modelFilters(): Record<string, string[]> {
  return { Models: [...extensionsOf()] };
}

/** What a dialog for saving a result offers. */
export function resultFilters(): Record<string, string[]> {
  return { [`${resultKind.name} model`]: [resultKind.written.slice(1)] };
}

/** The format that a file's name says; `undefined` when it says none. */
export function kindOfPath(path: string, kinds: readonly FormatKind[] = formatKinds): FormatKind | undefined {
  const lowerPath = path.toLowerCase();
  return kinds.find((kind) => kind.extensions.some((extension) => lowerPath.endsWith(extension)));
}

/** Name of a result of a model: its own, with `suffix` before the extension of what is written. Folders stay. */
export function resultName(path: string, suffix: string): string {
  const known = kindOfPath(path)?.extensions.find((extension) => path.toLowerCase().endsWith(extension));
  return `${known === undefined ? path : path.slice(0, -known.length)}.${suffix}${resultKind.written}`;
}
