import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { modelFileKinds } from '../../src/core/formats/kinds';
import { check } from '../support/check';

const root = resolve(__dirname, '..', '..');

/** Files that may name an extension: the list, and what has another reason. */
const list = 'src/core/formats/kinds.ts';
const examples: ReadonlyMap<string, readonly string[]> = new Map([
  // Sentences for people say what is made or saved.
  ['.tflite', ['src/host/commands/viewCommands.ts', 'src/host/sources/trainedLenses.ts']],
  // A module of Python has the name of the extension, and a sentence says what to save.
  ['.keras', ['src/core/keras/files/kerasFile.ts', 'src/core/keras/source/paths.ts']],
  // The domains of operators begin with it.
  ['.onnx', ['src/core/onnx/learned.ts', 'src/core/onnx/nodes.ts', 'src/core/onnx/onnxModel.ts']],
]);

/** Source files outside the formats' own folders that hold the text in code; comments may say what they like. */
function filesWith(text: string): readonly string[] {
  return ['src', 'webview']
    .flatMap((folder) => readdirSync(join(root, folder), { recursive: true, withFileTypes: true }))
    .filter((file) => file.name.endsWith('.ts'))
    .map((file) => join(file.parentPath, file.name))
    .filter((file) => !/\/formats\/[^/]+\//.test(file.split(sep).join('/')) && codeOf(file).includes(text))
    .map((file) => relative(root, file).split(sep).join('/'))
    .sort();
}

function codeOf(file: string): string {
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.filter((line) => !/^\s*(\/\*\*?|\*|\/\/)/.test(line)).join('\n');
}

check(
  'an extension is named in the list of formats alone',
  (extension: string) => filesWith(extension),
  modelFileKinds
    .flatMap(({ extensions }) => extensions)
    .map((extension) => ({
      name: extension,
      input: extension,
      expected: [list, ...(examples.get(extension) ?? [])].sort(),
    })),
);
