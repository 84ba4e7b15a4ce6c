import type { BuildFileKind } from '../buildFile';
import { FactList, TextPlaces } from '../syntax/factList';
import { readJson, stringAt } from '../syntax/json';
import type { PlacedText } from '../syntax/lines';
import { linesOf, partOf, partsOf } from '../syntax/lines';
import { folderOf } from '../syntax/paths';

/**
 * `library.properties` of an Arduino library: one that is installed in a project, or the project's own, whose
 * dependencies then count.
 * Source: https://arduino.github.io/arduino-cli/latest/library-specification/
 */
export const libraryProperties: BuildFileKind = {
  id: 'library.properties',
  names: [
    '.pio/libdeps/*/*/library.properties',
    'libraries/*/library.properties',
    'lib/*/library.properties',
    'library.properties',
  ],
  read: (text, path) => {
    const list = new FactList(new TextPlaces(path, text));
    const values = new Map<string, PlacedText>();
    for (const line of linesOf(text)) {
      const at = line.text.indexOf('=');
      if (at > 0 && !line.text.trimStart().startsWith('#'))
        values.set(line.text.slice(0, at).trim(), partOf(line, at + 1));
    }
    // What is worked on is not what its last release was.
    addInstalled(list, values.get('name'), isInstalled(path) ? values.get('version') : undefined);
    const depends = values.get('depends');
    if (depends !== undefined && !isInstalled(path)) {
      for (const part of partsOf(depends, ',')) {
        list.add('library', { name: part.text.split('(')[0].trim(), isExact: false }, part);
      }
    }
    return { environments: [{ ...environmentOf(path), facts: list.facts }], problems: [] };
  },
};

/** `library.json` of a library of PlatformIO that is installed in a project. */
export const libraryJson: BuildFileKind = {
  id: 'library.json',
  names: ['.pio/libdeps/*/*/library.json', 'lib/*/library.json'],
  read: (text, path) => {
    const list = new FactList(new TextPlaces(path, text));
    const { root, problems } = readJson(text, path);
    addInstalled(list, stringAt(root, ['name']), stringAt(root, ['version']));
    return { environments: [{ ...environmentOf(path), facts: list.facts }], problems };
  },
};

function addInstalled(list: FactList, name: PlacedText | undefined, version: PlacedText | undefined): void {
  if (name === undefined || name.text === '') return;
  if (version === undefined || version.text === '') list.add('library', { name: name.text, isExact: false }, name);
  else list.add('library', { name: name.text, version: version.text, isExact: true }, version);
}

/** PlatformIO keeps a copy of each library for each environment. */
function environmentOf(path: string): { readonly name?: string } {
  const parts = folderOf(path).split('/');
  const at = parts.lastIndexOf('libdeps');
  return at > 0 && parts[at - 1] === '.pio' && at + 1 < parts.length ? { name: parts[at + 1] } : {};
}

/** Whether a library lies among those that a project uses. */
function isInstalled(path: string): boolean {
  const above = folderOf(folderOf(path));
  return /(?:^|\/)(?:libraries|lib|libdeps\/[^/]+)$/.test(above);
}
