import type { BuildFileKind } from '../buildFile';
import type { LibraryUse } from '../facts';
import { damagedSentence } from '../syntax/damage';
import { FactList, TextPlaces } from '../syntax/factList';
import { fileNameOf, folderOf } from '../syntax/paths';
import type { YamlValue } from '../syntax/yaml';
import { readYaml, textAt, valueAt } from '../syntax/yaml';
import { isCommitOrRelease } from './libraryNames';

/**
 * `idf_component.yml`: what a component of ESP-IDF asks for; of one that was fetched, its version.
 * Source: https://docs.espressif.com/projects/idf-component-manager/en/latest/reference/manifest_file.html
 */
export const idfComponent: BuildFileKind = {
  id: 'idf_component.yml',
  names: ['managed_components/*/idf_component.yml', 'components/*/idf_component.yml', 'idf_component.yml'],
  read: (text, path) => {
    const list = new FactList(new TextPlaces(path, text));
    const { root, damagedLine } = readYaml(text);
    const version = textAt(root, 'version');
    const folder = folderOf(path);
    if (/(?:^|\/)(?:managed_components|components)$/.test(folderOf(folder))) {
      // `owner__name` in managed_components.
      const name = fileNameOf(folder).replace('__', '/');
      if (version !== undefined) list.add('library', { name, version: version.text, isExact: true }, version);
    } else {
      addDependencies(list, valueAt(root, 'dependencies'));
      addItself(list, root);
    }
    return {
      environments: [{ facts: list.facts }],
      uses: overridesOf(valueAt(root, 'dependencies')),
      problems: damagedLine === undefined ? [] : [damagedSentence(path, damagedLine)],
    };
  },
};

/** `dependencies.lock`: the versions of components that ESP-IDF chose. */
export const dependenciesLock: BuildFileKind = {
  id: 'dependencies.lock',
  names: ['dependencies.lock', 'dependencies.lock.*'],
  read: (text, path) => {
    const list = new FactList(new TextPlaces(path, text));
    const { root, damagedLine } = readYaml(text);
    const chip = textAt(root, 'target');
    if (chip !== undefined) {
      list.add('framework', 'esp-idf', chip);
      list.add('chip', chip.text, chip);
    }
    const dependencies = valueAt(root, 'dependencies');
    for (const { key, value } of dependencies?.kind === 'map' ? dependencies.entries : []) {
      const version = textAt(value, 'version');
      if (version === undefined || key.text === 'idf') continue;
      // Of a repository the version is a commit.
      const repository = textAt(valueAt(value, 'source'), 'git');
      const name = repository?.text ?? key.text.trim();
      list.add('library', { name, version: version.text, isExact: true }, version);
    }
    return {
      environments: [{ facts: list.facts }],
      isRoot: 'firmly',
      problems: damagedLine === undefined ? [] : [damagedSentence(path, damagedLine)],
    };
  },
};

/** `west.yml`: the repositories of a Zephyr workspace, each at a revision. */
export const westYml: BuildFileKind = {
  id: 'west.yml',
  names: ['west.yml'],
  read: (text, path) => {
    const list = new FactList(new TextPlaces(path, text));
    const { root, damagedLine } = readYaml(text);
    const manifest = valueAt(root, 'manifest');
    for (const project of itemsOf(valueAt(manifest, 'projects'))) {
      const [name, revision] = [textAt(project, 'name'), textAt(project, 'revision')];
      if (name === undefined) continue;
      const address = addressOf(project, manifest);
      if (address !== undefined) list.add('library', { name: address, ...versionOf(revision?.text) }, revision ?? name);
    }
    return {
      environments: [{ facts: list.facts }],
      problems: damagedLine === undefined ? [] : [damagedSentence(path, damagedLine)],
    };
  },
};

function addDependencies(list: FactList, dependencies: YamlValue | undefined): void {
  for (const { key, value } of dependencies?.kind === 'map' ? dependencies.entries : []) {
    if (key.text === 'idf') continue;
    const version = value.kind === 'text' ? value : textAt(value, 'version');
    const exact = version !== undefined && /^(?:==)?v?\d+\.\d+\.\d+[\w.+~-]*$/.test(version.text);
    const text = version?.text.replace(/^==/, '');
    const use: LibraryUse = {
      name: key.text.trim(),
      ...(text === undefined ? {} : { version: text }),
      isExact: exact,
    };
    list.add('library', use, version ?? key);
  }
}

/** A component that is worked on: what it is, but not that it is what its last release was. */
function addItself(list: FactList, root: YamlValue | undefined): void {
  const address = textAt(root, 'repository') ?? textAt(root, 'url');
  if (textAt(root, 'version') === undefined || address === undefined) return;
  list.add('library', { name: address.text, isExact: false }, address);
}

/** Folders that dependencies are taken from instead of a registry. */
function overridesOf(dependencies: YamlValue | undefined): readonly string[] {
  return (dependencies?.kind === 'map' ? dependencies.entries : []).flatMap(({ value }) => {
    const path = textAt(value, 'override_path') ?? textAt(value, 'path');
    return path === undefined ? [] : [path.text];
  });
}

function itemsOf(value: YamlValue | undefined): readonly YamlValue[] {
  return value?.kind === 'list' ? value.items : [];
}

/** Where a project of a manifest is fetched from. */
function addressOf(project: YamlValue, manifest: YamlValue | undefined): string | undefined {
  const url = textAt(project, 'url');
  if (url !== undefined) return url.text;
  const remote = textAt(project, 'remote') ?? textAt(valueAt(manifest, 'defaults'), 'remote');
  const remotes = itemsOf(valueAt(manifest, 'remotes'));
  const base = remotes.find((each) => textAt(each, 'name')?.text === remote?.text);
  const [place, path] = [textAt(base, 'url-base'), textAt(project, 'repo-path') ?? textAt(project, 'name')];
  return place === undefined || path === undefined ? undefined : `${place.text}/${path.text}`;
}

function versionOf(revision: string | undefined): Pick<LibraryUse, 'version' | 'isExact'> {
  return revision === undefined ? { isExact: false } : { version: revision, isExact: isCommitOrRelease(revision) };
}
