import type { Node } from 'jsonc-parser';
import type { BuildFileKind } from '../buildFile';
import type { BuildEnvironment } from '../facts';
import { FactList, TextPlaces } from '../syntax/factList';
import { folderPattern } from '../syntax/folderPattern';
import { membersOf, nodeAt, readJson, stringAt, stringOf } from '../syntax/json';
import type { PlacedText } from '../syntax/lines';
import { addVariable } from './cmakeLists';

/** Presets of a file, and steps from one to those that it inherits from, of which more are not followed. */
const mostPresets = 500;
const mostSteps = 50;

/**
 * Presets of CMake for configuring: where each builds, and the board that it builds for. One that names a board is an
 * environment. Source: CMake 4.0, "cmake-presets(7)", "Configure Preset", "Macro Expansion".
 */
export const cmakePresets: BuildFileKind = {
  id: 'CMakePresets.json',
  names: ['CMakePresets.json', 'CMakeUserPresets.json'],
  hasEnvironments: true,
  read: (text, path) => {
    const places = new TextPlaces(path, text);
    const { root, problems } = readJson(text, path);
    const presets = presetsIn(root);
    const common = new FactList(places);
    const environments = [...presets.values()].flatMap(({ name, isHidden, node }): readonly BuildEnvironment[] => {
      if (isHidden) return [];
      const all = withInherited(node, presets);
      const binary = all.map((each) => stringAt(each, ['binaryDir'])).find((each) => each !== undefined);
      addFolder(common, name, binary);
      const own = new FactList(places);
      for (const each of [...all].reverse()) {
        for (const [variable, value] of membersOf(nodeAt(each, ['cacheVariables']))) {
          const said = stringOf(value) ?? stringAt(value, ['value']);
          if (said !== undefined) addVariable(own, variable, said);
        }
      }
      return own.facts.length === 0 ? [] : [{ name, facts: own.facts }];
    });
    return { environments: [{ facts: common.facts }, ...environments], problems };
  },
};

interface Preset {
  readonly name: string;
  readonly isHidden: boolean;
  readonly node: Node;
}

function presetsIn(root: Node | undefined): ReadonlyMap<string, Preset> {
  const nodes = (nodeAt(root, ['configurePresets'])?.children ?? []).slice(0, mostPresets);
  return new Map(
    nodes.flatMap((node) => {
      const name = stringAt(node, ['name'])?.text;
      const isHidden = nodeAt(node, ['hidden'])?.value === true;
      return name === undefined ? [] : [[name, { name, isHidden, node }] as const];
    }),
  );
}

/** A preset and what it inherits from: what an earlier one says holds. */
function withInherited(node: Node, presets: ReadonlyMap<string, Preset>): readonly Node[] {
  const found: Node[] = [];
  const open: Node[] = [node];
  for (let next = open.pop(); next !== undefined && found.length < mostSteps; next = open.pop()) {
    if (found.includes(next)) continue;
    found.push(next);
    const inherits = nodeAt(next, ['inherits']);
    const names = inherits?.type === 'array' ? (inherits.children ?? []) : inherits === undefined ? [] : [inherits];
    const parents = names.map((each) => presets.get(stringOf(each)?.text ?? '')?.node);
    open.push(...parents.filter((parent) => parent !== undefined).reverse());
  }
  return found;
}

function addFolder(list: FactList, preset: string, binary: PlacedText | undefined): void {
  const path = binary && folderPattern(binary.text, new Map([['presetName', preset]]));
  if (binary !== undefined && path !== undefined) list.add('buildFolder', { path, preset }, binary);
}
