import { PythonFailure } from './evaluate/failure';
import { Evaluator, type EvaluationOptions } from './evaluate/evaluator';
import { str } from './evaluate/plainValues';
import { PythonScope, type PythonPlace, type Unit } from './evaluate/values';
import { pathText, plainPath } from './libraries/filePaths';
import { withCellsInLine } from './syntax/cellFunctions';
import type { PythonSyntax } from './syntax/readSyntax';
import { SyntaxMemory } from './syntax/syntaxMemory';

/** One cell of a notebook, or a whole file. */
export interface Source {
  readonly cell?: number;
  readonly text: string;
}

/** Where modules are found: the sources of a file, by its path; undefined where there is no such file. */
type Sources = (path: string) => readonly Source[] | undefined;

/** An error that ends the program, or a statement of it. */
interface ProgramFailure {
  readonly message: string;
  readonly place?: PythonPlace;
}

/** Shared by all programs of a thread, so that another reading of a file is parsed from the last one. */
const memory = new SyntaxMemory();

/** Sources parsed once, however often they are followed. */
export class SyntaxStore {
  readonly #files = new Map<string, readonly { readonly unit: Unit; readonly syntax: PythonSyntax }[] | undefined>();

  constructor(readonly sources: Sources) {}

  units(path: string): readonly { readonly unit: Unit; readonly syntax: PythonSyntax }[] | undefined {
    if (!this.#files.has(path)) {
      const parsed = this.sources(path)?.map(({ cell, text }) => ({
        unit: { file: path, text, ...(cell !== undefined && { cell }) },
        syntax: withCellsInLine(memory.read(`${path}#${cell ?? ''}`, text)),
      }));
      this.#files.set(path, parsed);
    }
    return this.#files.get(path);
  }
}

/** Modules that import each other beyond which no more are followed. */
const mostModules = 200;

/** The folder of a file, then those above it; the topmost is empty. */
function foldersFrom(file: string): readonly string[] {
  const parts = file.split('/').slice(0, -1);
  return [...parts.keys(), parts.length].map((count) => parts.slice(0, count).join('/')).reverse();
}

/** A program of a file and what it imports. */
export class PythonProgram {
  readonly machine: Evaluator;
  readonly failures: ProgramFailure[] = [];
  readonly #modules = new Map<string, PythonScope>();

  constructor(
    readonly store: SyntaxStore,
    readonly entry: string,
    options: Omit<EvaluationOptions, 'importModule' | 'readText'>,
  ) {
    this.machine = new Evaluator({
      ...options,
      importModule: (path, from) => this.#import(path, from),
      readText: (path, from) => this.#text(path, from),
    });
  }

  /** Follows the entry from its first statement to its last; statements that fail are passed over. */
  run(): PythonScope {
    return this.#module(this.entry, '__main__') ?? this.scope;
  }

  /** Names of the entry, as far as it was followed. */
  get scope(): PythonScope {
    return this.#modules.get(this.entry) ?? new PythonScope(undefined, 'module');
  }

  #module(path: string, name: string): PythonScope | undefined {
    const known = this.#modules.get(path);
    if (known !== undefined) return known;
    const units = this.#modules.size < mostModules ? this.store.units(path) : undefined;
    if (units === undefined) return undefined;
    const scope = new PythonScope(undefined, 'module');
    scope.names.set('__name__', str(name));
    scope.names.set('__file__', str(path));
    this.#modules.set(path, scope);
    for (const { unit, syntax } of units) {
      for (const statement of syntax.body) {
        if (!this.attempt(() => this.machine.execute([statement], { scope, unit }))) return scope;
      }
    }
    return scope;
  }

  /** Does work of the program; whether it goes on after it. */
  attempt(work: () => unknown): boolean {
    try {
      work();
      return true;
    } catch (error) {
      if (!(error instanceof PythonFailure)) throw error;
      this.failures.push({ message: `${error.type}: ${error.message}`, ...(error.place && { place: error.place }) });
      return error.type !== 'SystemExit';
    }
  }

  #import(path: string, from: Unit): PythonScope | undefined {
    const level = /^\.*/.exec(path)?.[0].length ?? 0;
    const parts = path
      .slice(level)
      .split('.')
      .filter((part) => part !== '');
    const folder = from.file.split('/').slice(0, -1);
    if (level > 0) return this.#found([...folder.slice(0, folder.length - (level - 1)), ...parts], parts.at(-1) ?? '');
    // Beside the file, then in the folders above it, as the folder that a program is started in is not known.
    for (let depth = folder.length; depth >= 0; depth -= 1) {
      const found = this.#found([...folder.slice(0, depth), ...parts], path);
      if (found !== undefined) return found;
    }
    for (const folder of this.#searched(from)) {
      const found = this.#found([...folder.split('/').filter((part) => part !== ''), ...parts], path);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** Folders that the program adds to those in which modules are looked for. */
  #searched({ file }: Unit): readonly string[] {
    const said = this.machine.searchPath.items.flatMap((item) => pathText(item) ?? []).slice(0, 8);
    return said.flatMap((path) => [path, ...foldersFrom(file).map((folder) => `${folder}/${path}`)]).map(plainPath);
  }

  /** Which folder a program is started in is not known: where two would give different texts, neither is taken. */
  #text(path: string, { file }: Unit): string | undefined {
    if (/^(?:[/\\]|[A-Za-z]:)/.test(path)) return undefined;
    const folders = [...foldersFrom(this.entry), ...foldersFrom(file)];
    const names = new Set(folders.map((folder) => plainPath(`${folder}/${path}`)));
    const texts = new Set(
      [...names].flatMap(
        (name) =>
          this.store
            .sources(name)
            ?.map(({ text }) => text)
            .join('') ?? [],
      ),
    );
    return texts.size === 1 ? [...texts][0] : undefined;
  }

  #found(parts: readonly string[], name: string): PythonScope | undefined {
    const path = parts.join('/');
    if (path === '') return undefined;
    return this.#module(`${path}.py`, name) ?? this.#module(`${path}/__init__.py`, name);
  }
}
