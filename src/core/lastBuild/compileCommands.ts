import { definitionOf, wordsOf } from '../buildFiles/syntax/compilerFlags';

/** How one source was compiled, as far as a call's form hangs on it. */
export interface CompiledFile {
  /** As the build names it. */
  readonly file: string;
  readonly directory: string;
  /** By name: its text. */
  readonly defined: ReadonlyMap<string, string>;
  /** Without dashes: `O2`. */
  readonly optimization?: string;
  readonly floatAbi?: string;
  /** A script or a file of flags may add to these. */
  readonly isOpen: boolean;
}

/** What `compile_commands.json` says, and a sentence where it cannot be read. */
interface CompileCommands {
  readonly files: readonly CompiledFile[];
  readonly problems: readonly string[];
}

/** Whether a compiled file is a source, by its path in the folder that is looked through. */
export function isSameSource({ file, directory }: CompiledFile, path: string): boolean {
  const whole = `/${directory}/${file}`.replaceAll('\\', '/').replace(/\/\.(?=\/)/g, '');
  return whole.endsWith(`/${path}`);
}

const mostFiles = 50_000;
const mostWords = 5000;

/** Source: https://clang.llvm.org/docs/JSONCompilationDatabase.html */
export function readCompileCommands(text: string): CompileCommands {
  const entries = parsed(text);
  if (!Array.isArray(entries)) {
    const problem = 'compile_commands.json is not read: its JSON is damaged. Build again.';
    return { files: [], problems: text.trim() === '' ? [] : [problem] };
  }
  const files = (entries as readonly unknown[]).slice(0, mostFiles).map(compiledFile);
  return { files: files.filter((file) => file !== undefined), problems: [] };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function compiledFile(entry: unknown): CompiledFile | undefined {
  if (typeof entry !== 'object' || entry === null) return undefined;
  const { file, directory, command, arguments: given }: Record<string, unknown> = { ...entry };
  if (typeof file !== 'string' || file === '') return undefined;
  const words = typeof command === 'string' ? wordsIn(command) : textsOf(given);
  if (words === undefined) return undefined;
  const defined = new Map<string, string>();
  let [optimization, floatAbi]: (string | undefined)[] = [];
  let isOpen = false;
  for (let at = 0; at < words.length && at < mostWords; at += 1) {
    const word = words[at];
    const flag = word.slice(0, 2);
    if (flag === '-D' || flag === '-U') {
      const said = word.length === 2 ? (words.at((at += 1)) ?? '') : word.slice(2);
      const definition = definitionOf(flag === '-U' ? said.split('=')[0] : said);
      if (definition === undefined) continue;
      if (flag === '-U') defined.delete(definition.name);
      else defined.set(definition.name, definition.text ?? '1');
    } else if (flag === '-O') optimization = word.slice(1);
    else if (word.startsWith('-mfloat-abi=')) floatAbi = word.slice('-mfloat-abi='.length);
    else if (word.startsWith('@')) isOpen = true;
  }
  return {
    file,
    directory: typeof directory === 'string' ? directory : '',
    defined,
    ...(optimization === undefined ? {} : { optimization }),
    ...(floatAbi === undefined ? {} : { floatAbi }),
    isOpen: isOpen || words.length > mostWords,
  };
}

function textsOf(given: unknown): readonly string[] | undefined {
  if (!Array.isArray(given)) return undefined;
  return (given as readonly unknown[]).filter((word) => typeof word === 'string');
}

/** As a shell splits them; nothing where a quote does not end. */
function wordsIn(command: string): readonly string[] | undefined {
  return wordsOf({ text: command, start: 0, end: command.length })?.map(({ text }) => text);
}
