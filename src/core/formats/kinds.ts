/** A file format as host, command line and manifest know it: data alone, so that knowing the list loads no reader. */
export interface FormatKind {
  readonly id: string;
  /** For people: `TensorFlow Lite`. */
  readonly name: string;
  /** In lower case, with the dot. */
  readonly extensions: readonly string[];
  /** Whole names of its files, in lower case, of formats that have no extension of their own. */
  readonly fileNames?: readonly string[];
  /**
   * Files of these names are often something else: they are not looked for by name, and where they are met, their
   * contents say what they are.
   */
  readonly isNameShared?: boolean;
  /** Extension of a file that is written in this format, where one can be. */
  readonly written?: string;
  /**
   * Whether a model of this format is written again by pruning and quantizing: operators and bytes are those of the
   * file.
   */
  readonly canRewrite: boolean;
  /** Whether such a file is text, whose unsaved state in an editor counts. */
  readonly isText: boolean;
  /**
   * Files with these extensions are sources: most hold no model, some hold several. They are not found by their name,
   * and a model in them is named by `file#name`.
   */
  readonly isSource?: boolean;
  /** Sources of firmware: a result may be written into one, or as one beside it, and they are read as programs. */
  readonly isFirmware?: boolean;
  /** Programs that build models: what is said of a layer stands where it is made. */
  readonly isProgram?: boolean;
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
  {
    id: 'cArray',
    name: 'C or C++ array',
    extensions: ['.h', '.hpp', '.hh', '.c', '.cc', '.cpp', '.cxx', '.ino', '.inc'],
    canRewrite: true,
    isText: true,
    isSource: true,
    isFirmware: true,
  },
  {
    id: 'keras',
    name: 'Keras',
    extensions: ['.keras', '.h5'],
    canRewrite: true,
    isText: false,
  },
  {
    id: 'onnx',
    name: 'ONNX',
    extensions: ['.onnx'],
    canRewrite: true,
    isText: false,
  },
  {
    id: 'tensorFlowJs',
    name: 'TensorFlow.js',
    extensions: [],
    fileNames: ['model.json'],
    isNameShared: true,
    canRewrite: true,
    isText: false,
  },
  {
    id: 'savedModel',
    name: 'SavedModel',
    extensions: [],
    fileNames: ['saved_model.pb'],
    canRewrite: true,
    isText: false,
  },
  {
    id: 'kerasSource',
    name: 'Keras source',
    extensions: ['.py', '.ipynb'],
    canRewrite: false,
    isText: true,
    isSource: true,
    isProgram: true,
  },
] as const satisfies readonly FormatKind[];

export type FormatId = (typeof formatKinds)[number]['id'];

/** Formats that no microcontroller runs: their readers are loaded where a file of theirs is looked at. */
export const foreignKinds = [
  'keras',
  'onnx',
  'tensorFlowJs',
  'savedModel',
  'kerasSource',
] as const satisfies readonly FormatId[];

/** Whether a file may be of such a format, as its name says. */
export function isForeign(path: string): boolean {
  const kind = kindOfPath(path);
  return foreignKinds.some((id) => id === kind?.id);
}

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

/** The name of a format that models are only read in: a result in `.tflite` is another file whatever was done. */
export function foreignName(model: { readonly format: string }): string | undefined {
  const kind = formatKind(model.format);
  return kind === undefined || kind.written !== undefined || kind.isSource === true ? undefined : kind.name;
}

/** Formats whose files are models and nothing else. */
export const modelFileKinds: readonly FormatKind[] = formatKinds.filter((kind: FormatKind) => kind.isSource !== true);

/** Formats of trained files that no microcontroller runs: what may be converted. */
export const trainedFileKinds: readonly FormatKind[] = modelFileKinds.filter(({ written }) => written === undefined);

/** Extensions of formats, without the dot, as file dialogs and patterns take them. */
export function extensionsOf(kinds: readonly FormatKind[] = modelFileKinds): readonly string[] {
  return kinds.flatMap(({ extensions }) => extensions.map((extension) => extension.slice(1)));
}

/** Names of files that are of no other format: all of them, or those alone that no other program gives its files. */
export function fileNamesOf(kinds: readonly FormatKind[] = modelFileKinds): readonly string[] {
  return kinds.flatMap(({ fileNames, isNameShared }) => (isNameShared === true ? [] : (fileNames ?? [])));
}

/** Pattern of the workspace's model files: `**` with the extensions, and names that say enough. */
export function modelPattern(kinds: readonly FormatKind[] = modelFileKinds): string {
  const [extensions, names] = [extensionsOf(kinds), fileNamesOf(kinds)];
  if (names.length > 0) return `**/{${[...extensions.map((extension) => `*.${extension}`), ...names].join(',')}}`;
  return extensions.length === 1 ? `**/*.${extensions[0]}` : `**/*.{${extensions.join(',')}}`;
}

/** True for a model of which only a part lies in the file that is named: the rest is in files beside it. */
export function isInSeveralFiles(path: string): boolean {
  return kindOfPath(path)?.fileNames !== undefined;
}

/** What a dialog for opening a model offers. */
export function modelFilters(): Record<string, string[]> {
  const sources = formatKinds.filter((kind: FormatKind) => kind.isSource === true);
  return { Models: [...extensionsOf()], 'Sources with a model': [...extensionsOf(sources)] };
}

/** What a dialog for saving a result offers. */
export function resultFilters(extension: string = resultKind.written): Record<string, string[]> {
  const kind = kindOfPath(`result${extension}`, firmwareKinds);
  if (kind !== undefined) return { [kind.name]: [extension.slice(1)] };
  return { [`${resultKind.name} model`]: [resultKind.written.slice(1)] };
}

/** Formats whose files are sources of firmware. */
export const firmwareKinds: readonly FormatKind[] = formatKinds.filter((kind: FormatKind) => kind.isFirmware === true);

/** Formats whose files are programs that build models. */
export const programKinds: readonly FormatKind[] = formatKinds.filter((kind: FormatKind) => kind.isProgram === true);

/** The format that a file's name says, whether or not it names one of several models; `undefined` when it says none. */
export function kindOfPath(path: string, kinds: readonly FormatKind[] = formatKinds): FormatKind | undefined {
  return kindOfFile(modelPlaceOf(path, kinds).file, kinds);
}

function kindOfFile(file: string, kinds: readonly FormatKind[]): FormatKind | undefined {
  const lowerPath = file.toLowerCase();
  const name = lowerPath.slice(Math.max(lowerPath.lastIndexOf('/'), lowerPath.lastIndexOf('\\')) + 1);
  return kinds.find(
    ({ extensions, fileNames }) =>
      extensions.some((extension) => lowerPath.endsWith(extension)) || fileNames?.includes(name) === true,
  );
}

/** The file of a model, and the model's name in it where it is one of several: `model.h#g_model`. */
interface ModelPlace {
  readonly file: string;
  readonly name?: string;
}

/** Takes `file#name` apart. A `#` that belongs to the name of a file does not count. */
export function modelPlaceOf(path: string, kinds: readonly FormatKind[] = formatKinds): ModelPlace {
  const at = path.lastIndexOf('#');
  if (at < 0 || kindOfFile(path.slice(0, at), kinds)?.isSource !== true) return { file: path };
  return { file: path.slice(0, at), name: path.slice(at + 1) };
}

/**
 * Name of a result of a model: its file's, with `suffix` before the extension; of a source of firmware, the result is
 * one, too. `extension` (with its dot) is one that was asked for. Folders stay.
 */
export function resultName(path: string, suffix: string, extension?: string): string {
  const { file } = modelPlaceOf(path);
  const kind = kindOfPath(file);
  const known = endingsOf(kind).find((ending) => file.toLowerCase().endsWith(ending));
  const stem = known === undefined ? file : file.slice(0, -known.length);
  const own = known !== undefined && kind?.isFirmware === true ? file.slice(-known.length) : resultKind.written;
  return `${stem}.${suffix}${extension ?? own}`;
}

/** What ends a name of this format, dot and all; of whole names the extension. */
function endingsOf(kind: FormatKind | undefined): readonly string[] {
  const ofNames = (kind?.fileNames ?? []).map((name) => name.slice(name.lastIndexOf('.')));
  return [...(kind?.extensions ?? []), ...ofNames];
}
