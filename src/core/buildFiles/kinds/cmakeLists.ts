import type { BuildFileKind } from '../buildFile';
import type { FrameworkId } from '../facts';
import { lastFact } from '../facts';
import type { CMakeCommand } from '../syntax/cmake';
import { readCMake } from '../syntax/cmake';
import { definitionOf } from '../syntax/compilerFlags';
import { FactList, TextPlaces } from '../syntax/factList';
import { linesOf } from '../syntax/lines';
import { fileNameOf } from '../syntax/paths';
import type { PlacedText } from '../syntax/lines';
import { isCommitOrRelease, repositoryOf } from './libraryNames';

/** Files that a framework's own projects include. */
const includes: readonly (readonly [ending: string, framework: FrameworkId])[] = [
  ['tools/cmake/project.cmake', 'esp-idf'],
  ['pico_sdk_import.cmake', 'pico-sdk'],
  ['pico_sdk_init.cmake', 'pico-sdk'],
];

/** Variables that name the board, and those of the chip. */
const boardVariables: ReadonlySet<string> = new Set(['PICO_BOARD', 'BOARD']);
const chipVariables: ReadonlySet<string> = new Set(['IDF_TARGET']);

/** The board that the Pico SDK takes for a platform. */
const platformBoards: ReadonlyMap<string, string> = new Map([
  ['rp2040', 'pico'],
  ['rp2350', 'pico2'],
  ['rp2350-arm-s', 'pico2'],
]);

/** Targets, and the folders that they are built in, by which firmware takes in a library that brings TFLM. */
const targetLibraries: ReadonlySet<string> = new Set(['pico-tflmicro', 'esp-tflite-micro']);

/** Words of the commands below that are no definitions. */
const scopes: ReadonlySet<string> = new Set(['PRIVATE', 'PUBLIC', 'INTERFACE', 'BEFORE', 'AFTER', 'SYSTEM']);

/** The plain parts of `CMakeLists.txt`: what stands in branches, loops and functions is not read. */
export const cmakeLists: BuildFileKind = {
  id: 'CMakeLists.txt',
  names: ['CMakeLists.txt'],
  read: (text, path) => {
    const list = new FactList(new TextPlaces(path, text));
    const commands = readCMake(text);
    const plain = commands.filter(({ isConditional }) => !isConditional);
    for (const command of plain) addFacts(list, command);
    addDefinitions(list, plain, uncertainNames(commands));
    const isProject = plain.some(({ name }) => name === 'project');
    const isOfFramework = lastFact(list.facts, 'framework') !== undefined;
    if (isProject && isOfFramework) addUsualBoard(list, commands);
    return {
      environments: [{ facts: list.facts }],
      uses: plain.flatMap(componentFolders),
      ...(isProject ? { isRoot: isOfFramework ? 'firmly' : 'alone' } : {}),
      problems: [],
    };
  },
};

/** `CMakeCache.txt` of the last build: `NAME:TYPE=value`. */
export const cmakeCache: BuildFileKind = {
  id: 'CMakeCache.txt',
  names: [
    'build/CMakeCache.txt',
    'build/*/CMakeCache.txt',
    'build-*/CMakeCache.txt',
    'build_*/CMakeCache.txt',
    'cmake-build-*/CMakeCache.txt',
    'out/build/*/CMakeCache.txt',
  ],
  read: (text, path) => {
    const list = new FactList(new TextPlaces(path, text));
    for (const { text: line, start, end } of linesOf(text)) {
      const at = line.indexOf('=');
      const [name, type] = line.slice(0, Math.max(at, 0)).split(':');
      if (type !== undefined && at > 0)
        addVariable(list, name, { text: line.slice(at + 1).trim(), start, end }, 'builtBoard');
    }
    return { environments: [{ facts: list.facts }], problems: [] };
  },
};

/** What a variable of CMake says that is set to a plain value, in whatever file. */
export function addVariable(
  list: FactList,
  name: string,
  value: PlacedText,
  kind: 'board' | 'builtBoard' = 'board',
): void {
  if (value.text === '' || value.text.includes('$')) return;
  if (boardVariables.has(name)) list.add(kind, value.text, value);
  if (chipVariables.has(name)) list.add('chip', value.text, value);
}

function addFacts(list: FactList, command: CMakeCommand): void {
  const { name, arguments: given } = command;
  const [first, second] = given;
  if (name === 'include' && first !== undefined) {
    for (const [ending, framework] of includes)
      if (first.text.endsWith(ending)) list.add('framework', framework, command);
  }
  if (name === 'find_package' && first?.text === 'Zephyr') list.add('framework', 'zephyr', command);
  if (name === 'pico_sdk_init') list.add('framework', 'pico-sdk', command);
  if (name === 'set' && first !== undefined && second !== undefined)
    addVariable(list, first.text, { ...second, ...command });
  if (name === 'fetchcontent_declare' || name === 'externalproject_add') addFetched(list, command);
  if (name === 'add_subdirectory' || name === 'add_library') addLibrary(list, first);
  if (name === 'target_link_libraries') for (const library of given.slice(1)) addLibrary(list, library);
}

/** A library by the name of its target, or of the folder that it is built in. */
function addLibrary(list: FactList, said: PlacedText | undefined): void {
  const name = said && fileNameOf(said.text.replace(/\/$/, ''));
  if (said === undefined || name === undefined || name.includes('$')) return;
  if (targetLibraries.has(name)) list.add('library', { name, isExact: false }, said);
}

const here = /^\$\{(?:CMAKE_CURRENT_LIST_DIR|CMAKE_CURRENT_SOURCE_DIR|CMAKE_SOURCE_DIR|PROJECT_SOURCE_DIR)\}\//;

/** Folders of components outside of a project of ESP-IDF, as far as they are plain. */
function componentFolders({ name, arguments: given }: CMakeCommand): readonly string[] {
  const values = name === 'set' ? given : name === 'list' && given[0]?.text === 'APPEND' ? given.slice(1) : [];
  if (values[0]?.text !== 'EXTRA_COMPONENT_DIRS') return [];
  return values
    .slice(1)
    .map(({ text }) => text.replace(here, ''))
    .filter((text) => !text.includes('$') && !text.startsWith('/'));
}

/**
 * The Pico SDK builds for a Pico where nothing names another board.
 * Source: raspberrypi/pico-sdk, src/cmake/generic_board.cmake and pico_sdk_init.cmake.
 */
function addUsualBoard(list: FactList, commands: readonly CMakeCommand[]): void {
  const sdk = commands.find(({ arguments: given }) => given.some(({ text }) => text.includes('pico_sdk_i')));
  const naming = commands.filter(({ arguments: given }) =>
    given.some(({ text }) => text.includes('PICO_BOARD') || text.includes('PICO_PLATFORM')),
  );
  if (sdk === undefined || naming.length > 1) return;
  const [platform] = naming;
  if (platform === undefined) list.add('usualBoard', 'pico', sdk);
  else if (platform.name === 'set' && !platform.isConditional && platform.arguments[0].text === 'PICO_PLATFORM') {
    list.add('usualBoard', platformBoards.get(platform.arguments[1]?.text ?? ''), platform);
  }
}

function addFetched(list: FactList, { arguments: given }: CMakeCommand): void {
  const after = (key: string): PlacedText | undefined => {
    const at = given.findIndex(({ text }) => text === key);
    return at < 0 ? undefined : given.at(at + 1);
  };
  const [address, tag] = [after('GIT_REPOSITORY'), after('GIT_TAG')];
  const library = address && repositoryOf(address.text);
  if (address === undefined || library === undefined || address.text.includes('$')) return;
  if (tag === undefined || tag.text.includes('$')) list.add('library', { name: library.name, isExact: false }, address);
  else list.add('library', { name: library.name, version: tag.text, isExact: isCommitOrRelease(tag.text) }, tag);
}

/** Arguments of a command that sets definitions, `-D` taken off; its target, where it has one. */
function definitionsOf({ name, arguments: given }: CMakeCommand): readonly PlacedText[] {
  if (name === 'add_compile_definitions') return given.map((each) => each);
  if (name === 'target_compile_definitions') return given.slice(1).filter(({ text }) => !scopes.has(text));
  const options = name === 'target_compile_options' ? given.slice(1) : name.startsWith('add_') ? given : [];
  const isOptions = ['target_compile_options', 'add_compile_options', 'add_definitions'].includes(name);
  return (isOptions ? options : [])
    .filter(({ text }) => text.startsWith('-D'))
    .map((each) => ({ ...each, text: each.text.slice(2) }));
}

/** Names that a branch, a loop or a function defines: what they are is not known. */
function uncertainNames(commands: readonly CMakeCommand[]): ReadonlySet<string> {
  return new Set(
    commands
      .filter(({ isConditional }) => isConditional)
      .flatMap((command) => definitionsOf(command).map(({ text }) => text.split('=')[0])),
  );
}

/** A name that has several meanings, of several targets, has none. */
function addDefinitions(list: FactList, plain: readonly CMakeCommand[], uncertain: ReadonlySet<string>): void {
  const found = plain
    .flatMap(definitionsOf)
    .map((word) => ({ word, definition: definitionOf(word.text) }))
    .filter(({ definition }) => definition !== undefined && !uncertain.has(definition.name));
  const meanings = new Map<string, Set<string | undefined>>();
  for (const { definition } of found) {
    if (definition === undefined) continue;
    const texts = meanings.get(definition.name) ?? new Set();
    meanings.set(definition.name, texts.add(definition.text));
  }
  for (const { word, definition } of found) {
    if (definition !== undefined && meanings.get(definition.name)?.size === 1) list.add('define', definition, word);
  }
}
