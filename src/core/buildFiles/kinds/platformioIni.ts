import type { BuildFileKind } from '../buildFile';
import type { BuildEnvironment, FrameworkId, LibraryUse } from '../facts';
import { readFlags } from '../syntax/compilerFlags';
import { FactList, TextPlaces } from '../syntax/factList';
import { readIni } from '../syntax/ini';
import type { PlacedText } from '../syntax/lines';
import { damagedSentence } from '../syntax/damage';
import { hertzOf, bytesOfSize } from '../syntax/quantities';
import { repositoryOf } from './libraryNames';
import { PlatformioOptions } from './platformioOptions';

const frameworks: ReadonlyMap<string, FrameworkId> = new Map([
  ['arduino', 'arduino'],
  ['espidf', 'esp-idf'],
  ['zephyr', 'zephyr'],
  ['mbed', 'mbed'],
  ['stm32cube', 'stm32cube'],
]);

/** `platformio.ini`. Source: https://docs.platformio.org/en/latest/projectconf/ */
export const platformioIni: BuildFileKind = {
  id: 'platformio.ini',
  names: ['platformio.ini'],
  hasEnvironments: true,
  read: (text, path) => {
    const places = new TextPlaces(path, text);
    const { sections, damagedLine } = readIni(text);
    const options = new PlatformioOptions(sections);
    const environments = [...sections.keys()]
      .filter((name) => name.startsWith('env:'))
      .map((name) => environmentOf(options, name, places))
      .filter((environment) => environment !== undefined)
      // Behind the damage there may be more.
      .map((environment) =>
        damagedLine === undefined ? environment : { ...environment, areDefinitionsComplete: false },
      );
    const defaults = options.list('platformio', 'default_envs').map(({ text: name }) => name);
    return {
      environments,
      ...(defaults.length === 0 ? {} : { defaults }),
      isRoot: 'firmly',
      problems: damagedLine === undefined ? [] : [damagedSentence(path, damagedLine)],
    };
  },
};

/** Nothing for an environment of programs for this machine. */
function environmentOf(options: PlatformioOptions, name: string, places: TextPlaces): BuildEnvironment | undefined {
  if (options.text(name, 'platform')?.text === 'native') return undefined;
  const list = new FactList(places);
  const add = <Value>(key: string, use: (text: string, option: PlacedText) => Value): Value | undefined => {
    const option = options.text(name, key);
    return option && use(option.text, option);
  };
  add('board', (board, at) => list.add('board', board, at));
  add('board_build.mcu', (chip, at) => list.add('chip', chip.toLowerCase(), at));
  for (const part of options.list(name, 'framework')) list.add('framework', frameworks.get(part.text), part);
  add('board_build.f_cpu', (text, at) => list.add('clockHz', hertzOf(text), at));
  add('board_build.f_flash', (text, at) => list.add('flashHz', hertzOf(text), at));
  add('board_build.flash_mode', (mode, at) => list.add('flashMode', mode.toLowerCase(), at));
  add('board_upload.flash_size', (text, at) => list.add('flashBytes', bytesOfSize(text), at));
  add('board_build.partitions', (table, at) => list.add('partitions', table, at));
  // Flash and PSRAM by one word: qio_opi.
  add('board_build.arduino.memory_type', (text, at) => list.add('flashMode', text.split('_')[0].toLowerCase(), at));
  for (const part of options.list(name, 'lib_deps', ', ')) list.add('library', libraryOf(part.text), part);
  const isComplete = addFlags(options, name, list) && options.isResolved(name);
  return {
    name: name.slice('env:'.length),
    facts: list.facts,
    areDefinitionsComplete: isComplete,
  };
}

/** Whether every flag was understood. */
function addFlags(options: PlatformioOptions, name: string, list: FactList): boolean {
  const read = (...keys: readonly string[]): ReturnType<typeof readFlags> =>
    readFlags(keys.flatMap((key) => options.lines(name, key)));
  const flags = read('build_flags', 'build_src_flags', 'src_build_flags');
  const taken = read('build_unflags', 'build_src_unflags', 'src_build_unflags');
  const isTaken = (wanted: string, text: string | undefined): boolean =>
    taken.definitions.some(({ definition }) => definition.name === wanted && ['1', text].includes(definition.text));
  for (const { definition, word } of flags.definitions) {
    if (!isTaken(definition.name, definition.text)) list.add('define', definition, word);
    if (definition.name === 'BOARD_HAS_PSRAM') list.add('psram', definition.text !== undefined, word);
  }
  for (const line of ['build_flags', 'build_src_flags', 'src_build_flags'].flatMap((key) => options.lines(name, key))) {
    if (/(?:^|[\s,])-u[\s,]*_printf_float\b/.test(line.text)) list.add('printsFloats', true, line);
  }
  // Those of the framework come behind the project's, and the last one holds: it is the project's where the
  // framework's own is taken away. Source: platformio/platformio-core@109c537 builder/tools/piobuild.py.
  const levels = taken.optimizations.map(({ level }) => level);
  const left = flags.optimizations.filter(({ level }) => !levels.includes(level)).at(-1);
  if (left !== undefined && levels.length > 0) list.add('optimization', left.level, left.word);
  return !flags.hasOther && !taken.hasOther && options.lines(name, 'extra_scripts').length === 0;
}

/** `owner/Name @ ^1.2.3`, `Name`, `name=https://…#tag`. */
function libraryOf(text: string): LibraryUse | undefined {
  if (text.includes('$')) return undefined;
  const source = text.slice(text.indexOf('=') + 1).trim();
  if (source.includes('://') || source.startsWith('git@')) return repositoryOf(source);
  const [name, version] = text.split('@').map((part) => part.trim());
  if (name === '') return undefined;
  if (version === undefined || version === '') return { name, isExact: false };
  return { name, version, isExact: /^=?\s*\d+\.\d+\.\d+[\w.+-]*$/.test(version) };
}
