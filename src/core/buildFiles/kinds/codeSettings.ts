import type { BuildFileKind } from '../buildFile';
import { FactList, TextPlaces } from '../syntax/factList';
import { folderPattern } from '../syntax/folderPattern';
import { membersOf, nodeAt, readJson, stringAt, stringOf } from '../syntax/json';
import { addVariable } from './cmakeLists';

/**
 * `.vscode/settings.json`, as far as other extensions keep there what is built: the target of ESP-IDF's, what CMake
 * Tools hands to CMake, and where both build.
 */
export const codeSettings: BuildFileKind = {
  id: 'settings.json',
  names: ['.vscode/settings.json'],
  read: (text, path) => {
    const list = new FactList(new TextPlaces(path, text));
    const { root, problems } = readJson(text, path);
    const chip = stringAt(root, ['idf.adapterTargetName']);
    for (const key of ['cmake.buildDirectory', 'idf.buildPath', 'idf.buildDirectoryName']) {
      const said = stringAt(root, [key]);
      const folder = said && folderPattern(said.text);
      if (said !== undefined && folder !== undefined) list.add('buildFolder', { path: folder }, said);
    }
    if (chip !== undefined && chip.text !== 'custom') list.add('chip', chip.text, chip);
    for (const key of ['cmake.configureSettings', 'cmake.environment', 'cmake.configureEnvironment']) {
      for (const [name, value] of membersOf(nodeAt(root, [key]))) {
        const said = stringOf(value);
        if (said !== undefined) addVariable(list, name, said);
      }
    }
    for (const node of nodeAt(root, ['cmake.configureArgs'])?.children ?? []) {
      const said = stringOf(node);
      const match = said && /^-D\s*(\w+)(?::\w+)?=(.*)$/.exec(said.text);
      if (said && match) addVariable(list, match[1], { ...said, text: match[2] });
    }
    return { environments: [{ facts: list.facts }], problems };
  },
};
