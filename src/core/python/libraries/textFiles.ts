import { unknown, type PythonMachine } from '../evaluate/machine';
import { builtin, dict, host, list, none, str, stringOf, textEntries } from '../evaluate/plainValues';
import type { Call, HostObject, PythonPlace, PythonValue } from '../evaluate/values';
import { literalOf } from './literals';
import { Namespace } from './namespace';
import { FilePath, pathText } from './filePaths';
import { tomlValue } from './toml';
import { yamlValue } from './yaml';

/** Files of settings and labels that lie beside programs. */
const settingsFile = /\.(?:json|ya?ml|toml|ini|cfg|txt|names|labels)$/i;
const mostCharacters = 64 * 1024;

/** What libraries give of files of settings beside the program. */
export function textFileMembers(machine: PythonMachine): readonly (readonly [string, PythonValue])[] {
  const read = (name: string, parse: (text: string, at: PythonPlace) => PythonValue | undefined): PythonValue =>
    builtin(name, ({ positional: [source], at }) => {
      const text = textIn(machine, source, at);
      return typeof text === 'string' ? (parse(text, at) ?? unknown(`What ${name} gives is not followed.`, at)) : text;
    });
  const json = (text: string): PythonValue | undefined => literalOf(text, machine);
  const toml = (text: string, at: PythonPlace): PythonValue => tomlValue(text, 'toml', { machine, at });
  const settings = (text: string, at: PythonPlace): PythonValue => {
    const made = yamlValue(text, at);
    return made.kind === 'dict' ? host(new Namespace(textEntries(made))) : made;
  };
  return [
    ['builtins.open', builtin('open', (call) => opened(machine, call))],
    ['pathlib.Path', builtin('Path', (call) => pathOf(machine, call))],
    ['json.load', read('json.load', json)],
    ['toml.load', read('toml.load', toml)],
    ['toml.loads', read('toml.loads', toml)],
    ['tomllib.load', read('tomllib.load', toml)],
    ['tomllib.loads', read('tomllib.loads', toml)],
    ['tomli.load', read('tomli.load', toml)],
    ...['load', 'safe_load', 'full_load', 'unsafe_load'].map(
      (name) => [`yaml.${name}`, read(`yaml.${name}`, yamlValue)] as const,
    ),
    ['omegaconf.OmegaConf.load', read('OmegaConf.load', settings)],
    ['hydra.main', builtin('hydra.main', (call) => composed(machine, call))],
  ];
}

/** `open(path)` of a file that can be read; what is written into one is not followed. */
function opened(machine: PythonMachine, { positional: [path, mode], named, at }: Call): PythonValue {
  const way = stringOf(mode ?? named.get('mode')) ?? 'r';
  const text = /[wax+]/.test(way) ? undefined : fileText(machine, path ?? named.get('file') ?? none, at);
  return text === undefined ? unknown('What a file holds is not known.', at) : host(new TextFile(text));
}

function fileText(machine: PythonMachine, path: PythonValue, at: PythonPlace): string | undefined {
  const name = pathText(path);
  if (name === undefined || !settingsFile.test(name)) return undefined;
  const text = machine.readText(name, at.unit);
  return text === undefined || text.length > mostCharacters ? undefined : text;
}

/** The text of what is read from: an open file, a path, or a text itself. */
function textIn(machine: PythonMachine, source: PythonValue | undefined, at: PythonPlace): string | PythonValue {
  if (source?.kind === 'host' && source.object instanceof TextFile) return source.object.content;
  if (source?.kind === 'unknown') return source;
  const path = source && pathText(source);
  if (path !== undefined && settingsFile.test(path)) {
    return fileText(machine, source ?? none, at) ?? unknown(`${path.slice(0, 80)} is not beside the program.`, at);
  }
  return stringOf(source) ?? unknown('What a file holds is not known.', at);
}

function pathOf(machine: PythonMachine, { positional }: Call): PythonValue {
  const parts = positional.map(pathText);
  if (parts.includes(undefined)) return positional.find(({ kind }) => kind === 'unknown') ?? none;
  const read = (path: string, at: PythonPlace): PythonValue => {
    const text = fileText(machine, str(path), at);
    return text === undefined ? unknown('What a file holds is not known.', at) : str(text);
  };
  const open = (path: string, call: Call): PythonValue =>
    opened(machine, { ...call, positional: [str(path), ...call.positional] });
  return host(new FilePath(parts.join('/'), { read, open }));
}

/** `@hydra.main(config_path=…, config_name=…)`: the function is called with what its files say. */
function composed(machine: PythonMachine, { named, at }: Call): PythonValue {
  const folder = stringOf(named.get('config_path')) ?? '.';
  const name = (stringOf(named.get('config_name')) ?? 'config').replace(/\.ya?ml$/, '');
  const settings = settingsOf(machine, `${folder}/${name}`, at);
  return builtin('decorator', ({ positional: [decorated] }) => {
    if (decorated === undefined || settings === undefined) return decorated ?? none;
    return builtin('main', (call) => machine.call(decorated, { ...call, positional: [host(new Namespace(settings))] }));
  });
}

function settingsOf(
  machine: PythonMachine,
  path: string,
  at: PythonPlace,
): ReadonlyMap<string, PythonValue> | undefined {
  const text = fileText(machine, str(`${path}.yaml`), at) ?? fileText(machine, str(`${path}.yml`), at);
  const made = text === undefined ? undefined : yamlValue(text, at);
  if (made?.kind !== 'dict') return undefined;
  const own = textEntries(made);
  const all = new Map<string, PythonValue>();
  const folder = path.slice(0, path.lastIndexOf('/'));
  const defaults = own.get('defaults');
  for (const each of defaults?.kind === 'list' ? defaults.items : []) {
    for (const [group, chosen] of each.kind === 'dict' ? textEntries(each) : []) {
      const file = fileText(machine, str(`${folder}/${group}/${stringOf(chosen) ?? ''}.yaml`), at);
      if (file !== undefined) all.set(group, yamlValue(file, at));
    }
  }
  for (const [key, value] of own) {
    if (key === 'defaults') continue;
    const before = all.get(key);
    const isBoth = before?.kind === 'dict' && value.kind === 'dict';
    all.set(key, isBoth ? dict([...before.entries.values(), ...value.entries.values()]) : value);
  }
  return all;
}

/** An open file of text. */
class TextFile implements HostObject {
  readonly typeName = 'TextIOWrapper';

  constructor(readonly content: string) {}

  attribute(name: string): PythonValue | undefined {
    if (name === 'read') return builtin(name, () => str(this.content));
    if (name === 'readlines') return builtin(name, () => list(this.items()));
    return name === 'close' ? builtin(name, () => none) : undefined;
  }

  items(): PythonValue[] {
    const lines = this.content.replaceAll('\r\n', '\n').split(/(?<=\n)/);
    return lines.filter((line) => line !== '').map((line) => str(line));
  }
}
