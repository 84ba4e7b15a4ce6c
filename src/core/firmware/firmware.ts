import type { Tree } from '@lezer/common';
import { TreeFragment } from '@lezer/common';
import { parser } from '@lezer/cpp';
import type { Activity, Branches, BranchStretch } from './source/branches';
import { branchesOf } from './source/branches';
import { isAttributeBody } from './source/attributeWords';
import type { Macros } from './source/macros';
import { flagMacro } from './source/macros';
import type { Directive, MaskedText } from './source/maskedText';
import { directivesIn, maskText } from './source/maskedText';
import { readSyntax } from './syntax/readSyntax';
import type { Syntax, VariableFact } from './syntax/syntax';

/** Flags that the build sets: `-DNAME=VALUE`. */
export interface BuildFlags {
  readonly defined: Readonly<Record<string, string>>;
  /** The build's files were read, so that a name of the project's own that is not among them is not defined. */
  readonly isComplete: boolean;
  /** Whether `printf` of the C library, as it is linked, prints floats; absent where that is not known. */
  readonly printsFloats?: boolean;
  /** Whether memory outside the chip is used; absent where nothing says so. */
  readonly usesPsram?: boolean;
  /** Whether attributes put variables into it (`EXT_RAM_BSS_ATTR` of ESP-IDF); absent where that is not known. */
  readonly putsDataInPsram?: boolean;
}

/** The flags that a source, named by its path, is built with; nothing where they are not known. */
export type FlagsOf = (path: string) => BuildFlags | undefined;

/** One file of a firmware, read as far as somebody asks. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
  readonly branches: Branches;
  readonly syntax: Syntax;
  /** Variables of this name, in whatever scope. */
  variablesNamed(name: string): readonly VariableFact[];
}

interface Read {
  readonly text: string;
  readonly attributeMacros: string;
  directives?: readonly Directive[];
  masked?: MaskedText;
  branches?: Branches;
  parsed?: { readonly key: string; readonly text: string; readonly tree: Tree; readonly syntax: Syntax };
  /** What the file was before it was edited. */
  before?: { readonly text: string; readonly tree: Tree };
}

const mostIncluded = 60;

const noMacros: Macros = new Map();

/**
 * The sources of a firmware: texts by path, without the bodies of large arrays. Files are read when they are first
 * asked for; what did not change since `previous` is taken from it.
 */
export class Firmware {
  readonly paths: readonly string[];
  readonly #texts: ReadonlyMap<string, string>;
  readonly #flagsOf: FlagsOf;
  /** Macros by the flags that they come from. */
  readonly #flagMacros = new Map<BuildFlags, Macros>();
  #words?: ReadonlySet<string>;
  readonly #attributeMacros: ReadonlySet<string>;
  readonly #read = new Map<string, Read>();
  readonly #files = new Map<string, SourceFile>();
  readonly #byName = new Map<string, readonly string[]>();
  readonly #naming = new Map<string, readonly SourceFile[]>();
  #depth = 0;

  constructor(texts: ReadonlyMap<string, string>, flagsOf: FlagsOf = () => undefined, previous?: Firmware) {
    this.#texts = texts;
    this.paths = [...texts.keys()];
    this.#flagsOf = flagsOf;
    this.#attributeMacros = attributeMacros(texts);
    for (const path of this.paths) {
      const name = baseName(path);
      this.#byName.set(name, [...(this.#byName.get(name) ?? []), path]);
    }
    if (previous !== undefined) this.#keep(previous);
  }

  /** As in `BuildFlags`, of all sources alike; absent where they differ. */
  get printsFloats(): boolean | undefined {
    const said = new Set(this.paths.map((path) => this.#flagsOf(path)?.printsFloats));
    return said.size === 1 ? [...said][0] : undefined;
  }

  /** How a source is built; nothing where that is not known. */
  flagsFor(path: string): BuildFlags | undefined {
    return this.#flagsOf(path);
  }

  /** A file by its path. */
  file(path: string): SourceFile | undefined {
    const known = this.#files.get(path);
    const text = this.#texts.get(path);
    if (known !== undefined || text === undefined) return known;
    const file: SourceFile = new LazyFile(path, text, {
      branches: () => this.#branches(path),
      syntax: () => this.#syntax(path, this.#branches(path)),
    });
    this.#files.set(path, file);
    return file;
  }

  /** Files in whose text a word occurs. */
  naming(word: string): readonly SourceFile[] {
    const known = this.#naming.get(word);
    if (known !== undefined) return known;
    const files = this.paths
      .filter((path) => this.#texts.get(path)?.includes(word))
      .map((path) => this.file(path))
      .filter((file) => file !== undefined);
    this.#naming.set(word, files);
    return files;
  }

  /** The file that an include of this name in a file is; absent where there is none or several are as near. */
  included(name: string, from: string): string | undefined {
    const beside = joinedPath(folderOf(from), name);
    if (this.#texts.has(beside)) return beside;
    const ending = name.replace(/^(?:\.\.?\/)+/, '');
    const candidates = (this.#byName.get(baseName(ending)) ?? []).filter(
      (path) => path === ending || path.endsWith(`/${ending}`),
    );
    return nearestPath(candidates, from);
  }

  /** A file and all that it includes, itself first. */
  closure(path: string): readonly string[] {
    const found = new Set([path]);
    for (const each of found) {
      if (found.size > mostIncluded) break;
      for (const { name } of this.file(each)?.branches.includes ?? []) {
        const included = this.included(name, each);
        if (included !== undefined) found.add(included);
      }
    }
    return [...found];
  }

  #lexed(path: string): Read {
    const known = this.#read.get(path);
    if (known !== undefined) return known;
    const text = this.#texts.get(path) ?? '';
    const names = [...this.#attributeMacros].join(' ');
    const read: Read = { text, attributeMacros: names };
    this.#read.set(path, read);
    return read;
  }

  #branches(path: string): Branches {
    const read = this.#lexed(path);
    if (read.branches !== undefined) return read.branches;
    // A file that includes itself through others sees nothing of itself.
    read.branches = { stretches: [], macros: new Map(), includes: [] };
    this.#depth += 1;
    const flags = this.#flagsOf(path);
    read.branches = branchesOf((read.directives ??= directivesIn(read.text)), {
      file: path,
      before: flags === undefined ? noMacros : this.#macrosOf(flags),
      isComplete: flags?.isComplete === true,
      included: (name) => this.#defined(name, path),
    });
    this.#depth -= 1;
    return read.branches;
  }

  #macrosOf(flags: BuildFlags): Macros {
    const known = this.#flagMacros.get(flags);
    if (known !== undefined) return known;
    const entries = Object.entries(flags.defined).filter(([name]) => this.#isSpokenOf(name));
    const macros: Macros = new Map(entries.map(([name, value]) => [name, [flagMacro(name, value)]]));
    this.#flagMacros.set(flags, macros);
    return macros;
  }

  /** A configuration has thousands of names, of which sources use few. */
  #isSpokenOf(name: string): boolean {
    if (!name.startsWith('CONFIG_')) return true;
    this.#words ??= new Set([...this.#texts.values()].flatMap((text) => text.match(/\bCONFIG_\w+/g) ?? []));
    return this.#words.has(name);
  }

  #defined(name: string, from: string): Macros {
    const path = this.#depth > mostIncluded ? undefined : this.included(name, from);
    return path === undefined ? noMacros : this.#branches(path).macros;
  }

  #syntax(path: string, { stretches }: Branches): Syntax {
    const read = this.#lexed(path);
    const inactive = stretches.filter(({ activity }) => activity === 'no');
    const key = inactive.map(({ start, end }) => `${start}-${end}`).join();
    if (read.parsed?.key === key) return read.parsed.syntax;
    const masked = (read.masked ??= maskText(read.text, this.#attributeMacros));
    const text = blanked(masked.text, inactive);
    const tree = parseAgain(text, read.parsed ?? read.before);
    const syntax = readSyntax(tree, text, masked.attributes);
    read.parsed = { key, text, tree, syntax };
    return syntax;
  }

  #keep(previous: Firmware): void {
    const names = [...this.#attributeMacros].join(' ');
    for (const [path, read] of previous.#read) {
      const text = this.#texts.get(path);
      if (text === undefined) continue;
      const isSame = text === read.text && read.attributeMacros === names;
      if (isSame) this.#read.set(path, { ...read, branches: undefined });
      else this.#lexed(path).before = read.parsed ?? read.before;
    }
  }
}

/** Parses a text that differs in one place from another one, whose tree is taken over elsewhere. */
function parseAgain(text: string, before: { readonly text: string; readonly tree: Tree } | undefined): Tree {
  if (before === undefined) return parser.parse(text);
  const shorter = Math.min(text.length, before.text.length);
  let start = 0;
  while (start < shorter && text.charCodeAt(start) === before.text.charCodeAt(start)) start += 1;
  let end = 0;
  const [last, lastBefore] = [text.length - 1, before.text.length - 1];
  while (end < shorter - start && text.charCodeAt(last - end) === before.text.charCodeAt(lastBefore - end)) end += 1;
  const change = { fromA: start, toA: before.text.length - end, fromB: start, toB: text.length - end };
  return parser.parse(text, TreeFragment.applyChanges(TreeFragment.addTree(before.tree), [change]));
}

/** How the parts of a file are read, when they are asked for. */
interface Reading {
  readonly branches: () => Branches;
  readonly syntax: () => Syntax;
}

class LazyFile implements SourceFile {
  readonly path: string;
  readonly text: string;
  readonly #read: Reading;
  #branches?: Branches;
  #syntax?: Syntax;
  #variables?: Map<string, VariableFact[]>;

  constructor(path: string, text: string, read: Reading) {
    this.path = path;
    this.text = text;
    this.#read = read;
  }

  get branches(): Branches {
    return (this.#branches ??= this.#read.branches());
  }

  get syntax(): Syntax {
    return (this.#syntax ??= this.#read.syntax());
  }

  variablesNamed(name: string): readonly VariableFact[] {
    if (this.#variables === undefined) {
      this.#variables = new Map();
      for (const variable of this.syntax.variables) {
        const others = this.#variables.get(variable.name);
        if (others === undefined) this.#variables.set(variable.name, [variable]);
        else others.push(variable);
      }
    }
    return this.#variables.get(name) ?? [];
  }
}

/** Whether what stands at an offset is compiled. */
export function activityAt({ branches }: SourceFile, offset: number): Activity {
  return branches.stretches.find(({ start, end }) => start <= offset && offset < end)?.activity ?? 'yes';
}

function blanked(text: string, stretches: readonly BranchStretch[]): string {
  const pieces: string[] = [];
  let done = 0;
  for (const { start, end } of stretches) {
    pieces.push(text.slice(done, start), text.slice(start, end).replace(/[^\n\r]/g, ' '));
    done = Math.min(end, text.length);
  }
  return pieces.join('') + text.slice(done);
}

function attributeMacros(texts: ReadonlyMap<string, string>): ReadonlySet<string> {
  const found = new Set<string>();
  for (const text of texts.values()) {
    for (const [, name, body] of text.matchAll(/^[ \t]*#[ \t]*define[ \t]+(\w+)(?:\([^)\n]*\))?[ \t]+([^\n]*)/gm)) {
      if (isAttributeBody(body)) found.add(name);
    }
  }
  return found;
}

/** The path with most folders in common with another one; absent where two have as many. */
function nearestPath(candidates: readonly string[], from: string): string | undefined {
  if (candidates.length < 2) return candidates.at(0);
  const rated = candidates.map((path) => ({ path, distance: folderDistance(path, from) }));
  const least = Math.min(...rated.map(({ distance }) => distance));
  const nearest = rated.filter(({ distance }) => distance === least);
  return nearest.length === 1 ? nearest[0].path : undefined;
}

/** Folders that lie between two files. */
export function folderDistance(left: string, right: string): number {
  const [a, b] = [left, right].map((path) => path.split('/').slice(0, -1));
  let common = 0;
  while (common < a.length && common < b.length && a[common] === b[common]) common += 1;
  return a.length + b.length - 2 * common;
}

/** A name as it is from a folder, both with `/` between folders. */
export function joinedPath(folder: string, name: string): string {
  const parts = folder === '' ? [] : folder.split('/');
  for (const part of name.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.') parts.push(part);
  }
  return parts.join('/');
}

function folderOf(path: string): string {
  return path.split('/').slice(0, -1).join('/');
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
