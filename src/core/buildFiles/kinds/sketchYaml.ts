import type { BuildFileKind } from '../buildFile';
import type { BuildEnvironment, LibraryUse } from '../facts';
import { damagedSentence } from '../syntax/damage';
import { FactList, TextPlaces } from '../syntax/factList';
import type { YamlValue } from '../syntax/yaml';
import { readYaml, textAt, valueAt } from '../syntax/yaml';
import { addFqbn } from './fqbn';

/** `sketch.yaml`. Source: https://arduino.github.io/arduino-cli/latest/sketch-project-file/ */
export const sketchYaml: BuildFileKind = {
  id: 'sketch.yaml',
  names: ['sketch.yaml', 'sketch.yml'],
  hasEnvironments: true,
  read: (text, path) => {
    const places = new TextPlaces(path, text);
    const { root, damagedLine } = readYaml(text);
    const profiles = valueAt(root, 'profiles');
    const environments = (profiles?.kind === 'map' ? profiles.entries : []).map(({ key, value }) =>
      profileOf(key.text, value, places),
    );
    const board = textAt(root, 'default_fqbn');
    const plain = new FactList(places);
    if (board !== undefined) addFqbn(plain, board);
    const isDefault = textAt(root, 'default_profile')?.text;
    return {
      // Without a profile the board of the file is built for.
      environments: [
        ...environments,
        ...(isDefault === undefined && board !== undefined ? [{ name: 'default_fqbn', facts: plain.facts }] : []),
      ],
      ...(isDefault === undefined
        ? board === undefined
          ? {}
          : { defaults: ['default_fqbn'] }
        : { defaults: [isDefault] }),
      isRoot: 'firmly',
      problems: damagedLine === undefined ? [] : [damagedSentence(path, damagedLine)],
    };
  },
};

function profileOf(name: string, profile: YamlValue, places: TextPlaces): BuildEnvironment {
  const list = new FactList(places);
  const board = textAt(profile, 'fqbn');
  if (board !== undefined) addFqbn(list, board);
  const libraries = valueAt(profile, 'libraries');
  for (const item of libraries?.kind === 'list' ? libraries.items : []) {
    if (item.kind === 'text') list.add('library', libraryOf(item.text), item);
  }
  return { name, facts: list.facts };
}

/** `Name (1.2.3)`. */
function libraryOf(text: string): LibraryUse {
  const at = text.lastIndexOf('(');
  if (at < 0 || !text.endsWith(')')) return { name: text.trim(), isExact: false };
  const version = text.slice(at + 1, -1).trim();
  return { name: text.slice(0, at).trim(), version, isExact: /^\d/.test(version) };
}
