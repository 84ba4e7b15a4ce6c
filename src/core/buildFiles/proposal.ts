import { boardById } from '../boards/boards';
import { knownCore } from '../boards/cores';
import type { LibraryVersion } from '../runtimes/libraries';
import { libraries, libraryVersion } from '../runtimes/libraries';
import { runtimeById, runtimes } from '../runtimes/runtimes';
import { isVersionName } from '../runtimes/tflm/versions';
import { ofBoard } from './boardKeys';
import type { ProjectEnvironment } from './buildProjects';
import { chipOf } from './buildProjects';
import { configFacts } from './configFacts';
import type { CopiedVersion } from './copies';
import { copiedRelease, copiedRuntime, copiedVersion } from './copies';
import type { BuildFact, FactKind, FactOf, FactPlace } from './facts';
import { factsOf, lastFact } from './facts';
import type { MemoryValue } from './memoryValues';
import { memoryValues } from './memoryValues';
import { fileNameOf } from './syntax/paths';

/** Keys of a target that a project says. */
type ProposedKey =
  'board' | 'runtime' | 'tflmVersion' | 'kernelsVersion' | 'optimization' | 'clockHz' | MemoryValue['key'];

/** A value of a target that the files of a project say. */
export interface ProposedValue {
  readonly key: ProposedKey;
  readonly value: string | number;
  readonly place: FactPlace;
}

/** The target that a project is built for, as far as its files say. */
export interface ProposedTarget {
  readonly values: readonly ProposedValue[];
  /** Every name of the proposed board, in lower case. */
  readonly boardNames: readonly string[];
  /** Complete sentences: what the files say that is not known here. */
  readonly remarks: readonly string[];
}

/** The target of an environment. What is not sure is left out. */
export function proposedTarget({ facts: said }: ProjectEnvironment): ProposedTarget {
  const facts = [...said, ...configFacts(said)];
  const { board, remarks } = boardOf(facts);
  const library = libraryOf(facts, board?.value);
  const runtime = board && runtimeOf(library, facts, board.value);
  const values = [
    board,
    ...(board === undefined ? [] : [clockOf(facts), ...memoryValues(facts, boardById(board.value)), runtime]),
    newestWord(library, copiedVersion(facts, library?.version.library)),
    kernelsOf(facts, board?.value, runtime?.value),
    optimizationOf(facts),
  ];
  return {
    values: values.filter((value) => value !== undefined),
    boardNames: board === undefined ? [] : namesOf(board.value),
    remarks,
  };
}

/** What all environments say alike, with the places in the first of them. */
export function commonTarget(targets: readonly ProposedTarget[]): ProposedTarget {
  const [first, ...others] = targets;
  if (first === undefined) return { values: [], boardNames: [], remarks: [] };
  const isSaid = ({ key, value }: ProposedValue): boolean =>
    others.every(({ values }) => values.some((each) => each.key === key && each.value === value));
  const values = first.values.filter(isSaid);
  const hasBoard = values.some(({ key }) => key === 'board');
  // Of another board a clock or a runtime says nothing.
  const held = hasBoard ? values : values.filter(({ key }) => !ofBoard.includes(key));
  return { values: held, boardNames: hasBoard ? first.boardNames : [], remarks: first.remarks };
}

function namesOf(id: string): readonly string[] {
  const { aliases = [] } = boardById(id) ?? {};
  return [id, ...aliases].map((name) => name.toLowerCase());
}

interface BoardSaid {
  readonly board?: ProposedValue & { readonly value: string };
  readonly remarks: readonly string[];
}

/**
 * The board of the last build, else the one that is named, else that of the framework, else a chip's own development
 * kit. Two that differ are none.
 */
function boardOf(facts: readonly BuildFact[]): BoardSaid {
  const named = factsOf(facts, 'board');
  const said = lastFact(facts, 'builtBoard') ?? named.at(-1) ?? lastFact(facts, 'usualBoard');
  if (said === undefined) return { board: kitOfChip(facts), remarks: [] };
  const board = boardById(said.value);
  // Where the configuration names the chip, its kit has the same memories and the same core.
  if (board === undefined) return { board: kitOfChip(facts), remarks: [unknownBoard(said)] };
  const other = named.find(({ value, place }) => place.file !== said.place.file && isAnother(value, board.id));
  if (said.kind === 'board' && other !== undefined) return { remarks: [differentBoards(said, other)] };
  return { board: { key: 'board', value: board.id, place: said.place }, remarks: [] };
}

function isAnother(name: string, id: string): boolean {
  const board = boardById(name);
  return board !== undefined && board.id !== id;
}

function kitOfChip(facts: readonly BuildFact[]): BoardSaid['board'] {
  const chip = chipOf(facts);
  const place = chip === undefined ? undefined : placeOfChip(facts, chip);
  const board = chip === undefined ? undefined : boardById(chip);
  return board === undefined || place === undefined ? undefined : { key: 'board', value: board.id, place };
}

function placeOfChip(facts: readonly BuildFact[], chip: string): FactPlace | undefined {
  const configured = factsOf(facts, 'config').filter(({ value }) => value.name === 'CONFIG_IDF_TARGET');
  return (
    configured.at(-1)?.place ??
    factsOf(facts, 'chip')
      .filter(({ value }) => value === chip)
      .at(-1)?.place
  );
}

type NamedBoard = FactOf<'board' | 'builtBoard' | 'usualBoard'>;

function unknownBoard({ value, place }: NamedBoard): string {
  return (
    `${fileNameOf(place.file)} names the board "${value.slice(0, 80)}", which is not in the table. ` +
    'Choose the nearest one, or none.'
  );
}

function differentBoards(one: NamedBoard, other: NamedBoard): string {
  const [first, second] = [one, other].map(({ value, place }) => `"${value.slice(0, 80)}" (${fileNameOf(place.file)})`);
  return `The project names two boards, ${first} and ${second}. Choose one.`;
}

function clockOf(facts: readonly BuildFact[]): ProposedValue | undefined {
  return proposed('clockHz', lastFact(facts, 'clockHz'));
}

interface LibrarySaid {
  readonly version: LibraryVersion;
  readonly place: FactPlace;
}

/** The one library of the project that brings an interpreter: two that differ are none. Exact versions go first. */
function libraryOf(facts: readonly BuildFact[], board: string | undefined): LibrarySaid | undefined {
  const found = factsOf(facts, 'library').flatMap(({ value: { name, version, isExact }, place }) => {
    const known = libraryVersion({ name, version, board });
    return known?.library.holds === 'interpreter' ? [{ version: known, isExact, place }] : [];
  });
  const ids = new Set(found.map(({ version }) => version.library.id));
  if (ids.size !== 1) return undefined;
  return found.filter(({ isExact }) => isExact).at(-1) ?? found.at(-1);
}

/**
 * The library's runtime, where it runs on the board; of Zephyr, what is configured; where no library is named, that of
 * the copies of TFLM, or of the kernels.
 */
function runtimeOf(
  library: LibrarySaid | undefined,
  facts: readonly BuildFact[],
  board: string,
): ProposedValue | undefined {
  const said =
    configuredKernels(facts) ?? libraryRuntime(library) ?? copiedRuntime(facts) ?? kernelsRuntime(facts, board);
  const { id, place } = said ?? {};
  const core = boardById(board)?.core;
  if (id === undefined || place === undefined || core === undefined) return undefined;
  const runs = runtimeById(id)?.isas.includes(knownCore(core).kernelIsa) === true;
  return runs ? { key: 'runtime', value: id, place } : undefined;
}

interface RuntimeSaid {
  readonly id: string | undefined;
  readonly place: FactPlace;
}

/** Nothing but the library says, where one is named: which kernels another copy holds does not matter then. */
function libraryRuntime(library: LibrarySaid | undefined): RuntimeSaid | undefined {
  return library?.version.runtime === undefined ? undefined : { id: library.version.runtime, place: library.place };
}

/** The runtime of the library of kernels that a lock file has, where it has one and no interpreter is named. */
function kernelsRuntime(facts: readonly BuildFact[], board: string): RuntimeSaid | undefined {
  const found = factsOf(facts, 'library').map(({ value, place }) => ({
    known: libraryVersion({ ...value, board }),
    isExact: value.isExact,
    place,
  }));
  if (found.some(({ known }) => known?.library.holds === 'interpreter' && known.library.kernelLibrary !== undefined))
    return undefined;
  const kernels = found.filter(({ known, isExact }) => isExact && known?.library.holds === 'kernels');
  const ids = new Set(kernels.map(({ known }) => known?.runtime));
  const last = kernels.at(-1);
  return ids.size === 1 && last !== undefined ? { id: last.known?.runtime, place: last.place } : undefined;
}

/** Zephyr's option for the kernels of CMSIS-NN. */
function configuredKernels(facts: readonly BuildFact[]): RuntimeSaid | undefined {
  const option = factsOf(facts, 'config')
    .filter(({ value: { name } }) => name === 'CONFIG_TENSORFLOW_LITE_MICRO_CMSIS_NN_KERNELS')
    .at(-1);
  if (option === undefined) return undefined;
  return { id: option.value.value === 'y' ? 'tflm-cmsis-nn' : 'tflm-reference', place: option.place };
}

/** A range of versions, and a manifest that came with several, say none; nor does a version that is not described. */
function versionOf(library: LibrarySaid | undefined): ProposedValue | undefined {
  const version = library?.version.tflmVersion;
  if (library?.version.known !== 'exact' || version === undefined || !isVersionName(version)) return undefined;
  return { key: 'tflmVersion', value: version, place: library.place };
}

/** What a manifest says of a copy beside it may be older than the copy: its contents decide. */
function newestWord(library: LibrarySaid | undefined, copied: CopiedVersion | undefined): ProposedValue | undefined {
  const said = versionOf(library);
  if (said === undefined || copied === undefined) return said ?? copied?.said;
  const { file } = said.place;
  const beside = file.slice(0, file.length - fileNameOf(file).length);
  const isOfCopy = manifests.has(fileNameOf(file)) && copied.copies.every((copy) => copy.startsWith(beside));
  return isOfCopy && said.value !== copied.said.value ? copied.said : said;
}

/** Files by which a library says its own version. */
const manifests: ReadonlySet<string> = new Set(['library.properties', 'library.json', 'idf_component.yml']);

/** The release of the runtime's own library of kernels, where the project says just which. */
function kernelsOf(
  facts: readonly BuildFact[],
  board: string | undefined,
  runtime: string | number | undefined,
): ProposedValue | undefined {
  const found = factsOf(facts, 'library').flatMap(({ value: { name, version, isExact }, place }) => {
    const known = isExact ? libraryVersion({ name, version, board }) : undefined;
    const isOwn = known?.library.holds === 'kernels' && runtime !== undefined && known.runtime === runtime;
    return isOwn && known.known === 'exact' && known.kernelsVersion !== undefined
      ? [{ key: 'kernelsVersion', value: known.kernelsVersion, place } as const]
      : [];
  });
  if (found.length === 0) return ownCopy(facts, runtime);
  return new Set(found.map(({ value }) => value)).size === 1 ? found.at(-1) : undefined;
}

/** The release of a copy of the runtime's own library of kernels, by its code. */
function ownCopy(facts: readonly BuildFact[], runtime: string | number | undefined): ProposedValue | undefined {
  const kernels = runtimes.find(({ id }) => id === runtime)?.kernelLibrary;
  const own = libraries.find(({ holds, kernelLibrary }) => holds === 'kernels' && kernelLibrary === kernels);
  return own && copiedRelease(facts, own.id);
}

/** Levels that figures are known for, by the compiler's own words. */
const levels: ReadonlyMap<string, string> = new Map([
  ['Os', 'Os'],
  ['O2', 'O2'],
  ['O3', 'O3'],
  // The tables of boards take it for -O3 as well.
  ['Ofast', 'O3'],
]);

/** Espressif's component asks for -O3 by itself, whatever the project is built with. */
function optimizationOf(facts: readonly BuildFact[]): ProposedValue | undefined {
  if (lastFact(facts, 'framework')?.value === 'esp-idf') return undefined;
  const fact = lastFact(facts, 'optimization');
  const value = fact && levels.get(fact.value);
  return fact === undefined || value === undefined ? undefined : { key: 'optimization', value, place: fact.place };
}

function proposed<Kind extends FactKind & ProposedKey>(
  key: Kind,
  fact: FactOf<Kind> | undefined,
): ProposedValue | undefined {
  return fact === undefined ? undefined : { key, value: fact.value, place: fact.place };
}
