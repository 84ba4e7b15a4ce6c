import { statSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { importedNames } from '../core/python/syntax/importedNames';
import { namesIn } from '../files/listing';
import { readFileSync } from '../files/reading';

interface Wanted {
  /** What is imported. */
  readonly names: readonly string[];
  /** Texts that stand in editors in place of what is on disk, by their paths. */
  readonly unsaved: ReadonlyMap<string, string>;
}

/** Of programs that are looked through, and of entries of one folder; folders above the first. */
const mostPrograms = 40;
const mostProgramBytes = 256 * 1024;
const mostEntries = 2000;
const mostFoldersAbove = 3;

/** What files import, while they stay the same. */
const keptImports = new Map<string, { readonly stamp: string; readonly names: ReadonlySet<string> }>();
const mostKept = 1000;

/**
 * Programs of Python in a folder and in those above it, up to `root`, that import something of one of the names: their
 * names from that folder, the nearest first, then by name.
 */
export function importersNear(folder: string, root: string, { names, unsaved }: Wanted): readonly string[] {
  const programs = foldersUpTo(folder, root).flatMap((each) => programsIn(each));
  return programs.slice(0, mostPrograms).flatMap((path) => {
    const imported = importsOf(path, root, unsaved.get(path));
    return names.some((name) => imported?.has(name)) ? [relative(folder, path).replaceAll('\\', '/')] : [];
  });
}

function foldersUpTo(folder: string, root: string): readonly string[] {
  const folders: string[] = [];
  let at = resolve(folder);
  while (folders.length <= mostFoldersAbove && isWithin(at, resolve(root))) {
    folders.push(at);
    at = dirname(at);
  }
  return folders.filter((each, index) => folders.indexOf(each) === index);
}

function isWithin(path: string, root: string): boolean {
  const way = relative(root, path);
  return way !== '..' && !/^\.\.[\\/]/.test(way) && !isAbsolute(way);
}

function programsIn(folder: string): readonly string[] {
  const programs = namesIn(folder, mostEntries).filter((name) => name.endsWith('.py'));
  return programs.map((name) => join(folder, name));
}

function importsOf(path: string, root: string, unsaved: string | undefined): ReadonlySet<string> | undefined {
  if (unsaved !== undefined) return importedNames(unsaved);
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined || stat.size > mostProgramBytes) return undefined;
  const stamp = `${stat.mtimeMs} ${stat.size}`;
  const known = keptImports.get(path);
  if (known?.stamp === stamp) return known.names;
  const names = readImports(path, root);
  if (keptImports.size >= mostKept) keptImports.clear();
  keptImports.set(path, { stamp, names });
  return names;
}

function readImports(path: string, root: string): ReadonlySet<string> {
  try {
    const bytes = readFileSync(path, { mostBytes: mostProgramBytes, within: [root] });
    return importedNames(new TextDecoder().decode(bytes));
  } catch {
    return new Set();
  }
}
