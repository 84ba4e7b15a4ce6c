import { arenaRegions, defaultArenaRegion } from '../boards/arenaRegions';
import type { Board, Core } from '../boards/board';
import { boardById, boardNames } from '../boards/boards';
import { knownCore } from '../boards/cores';
import { HumanError } from '../model/problem';
import type { Problem } from '../model/problem';
import { usualLibrary, usualVersion } from '../runtimes/libraries';
import { defaultRuntime, runtimeById, runtimes } from '../runtimes/runtimes';
import type { RuntimeId } from '../runtimes/runtimeId';
import type { Target } from '../runtimes/target';
import { newestVersion } from '../runtimes/tflm/versions';
import { nearest, quotedChoice } from '../text/nearest';
import type { TargetChoice } from './choice';
import { readSettings } from './targetSettings';
import type { TargetSettings } from './targetSettings';
import { lookup } from '../text/lookup';

/** `enumBytes` by ABI: arm-none-eabi compiles with short enums; the compilers for Xtensa and RISC-V do not. */
const enumBytesOfAbi: Readonly<Record<Core['abi'], 1 | 4>> = { 'arm-eabi': 1, xtensa: 4, 'riscv-ilp32': 4 };

/**
 * The target that a choice means: what was chosen, and for the rest the defaults of the board and its usual framework.
 * Without a board the core is a Cortex-M4F without clock and memory. Throws a `HumanError` for a board, runtime,
 * setting or value that is not known; what can be answered all the same comes back as a problem.
 */
export function resolveTarget(choice: TargetChoice): {
  readonly target: Target;
  readonly problems: readonly Problem[];
} {
  const board = choice.board === undefined || choice.board === '' ? undefined : boardOf(choice.board);
  const settings = readSettings(choice.settings ?? {}, board);
  const core = coreOf(board, settings);
  const { runtime, problems } = runtimeOf(choice.runtime, core);
  return {
    target: {
      ...values(board, core, settings),
      runtime,
      ...versionFor(runtime, board, settings),
      origins: origins(choice, runtime, board, settings),
    },
    problems,
  };
}

function values(
  board: Board | undefined,
  core: Core,
  settings: TargetSettings,
): Omit<Target, 'runtime' | 'tflmVersion' | 'origins'> {
  const arenaRegion = settings.arenaRegion ?? (board && defaultArenaRegion(board)?.name);
  return {
    board,
    core,
    clockHz: settings.clockHz ?? board?.clockHz.value,
    kernelsVersion: settings.kernelsVersion,
    optimization: settings.optimization ?? board?.defaultOptimization.value ?? 'O2',
    rounding: settings.rounding ?? 'double',
    arenaRegion,
    arenaRegionBytes: board && arenaRegions(board).find(({ name }) => name === arenaRegion)?.bytes,
    weightsRegion: settings.weightsRegion ?? (board && (board.memory?.constantsRegion?.value ?? 'flash')),
    flashMode: settings.flashMode ?? board?.memory?.flashMode?.value,
    flashHz: settings.flashHz ?? board?.memory?.flashHz?.value,
    cacheBytes: settings.cacheBytes ?? board?.memory?.instructionCacheBytes?.value,
    dcacheBytes: settings.dcacheBytes ?? board?.memory?.dataCacheBytes?.value,
    resourceVariableSlots: settings.resourceVariableSlots,
    enumBytes: settings.enumBytes ?? enumBytesOfAbi[core.abi],
    preserveAllTensors: settings.preserveAllTensors ?? false,
    logStrings: settings.logStrings ?? false,
    int8Registrations: settings.int8Registrations ?? false,
  };
}

/** The version that is set, else that of the library that the board's framework usually brings. */
function versionFor(
  runtime: RuntimeId,
  board: Board | undefined,
  { tflmVersion }: TargetSettings,
): Pick<Target, 'tflmVersion' | 'isVersionAssumed'> {
  if (tflmVersion !== undefined) return { tflmVersion };
  return board === undefined
    ? { tflmVersion: newestVersion }
    : { tflmVersion: usualVersion(board.framework.id, runtime), isVersionAssumed: true };
}

function boardOf(id: string): Board {
  const board = boardById(id);
  if (board !== undefined) return board;
  throw new HumanError(
    'unknown-board',
    `There is no board "${id.slice(0, 80)}"; did you mean ${quotedChoice(nearest(id, boardNames()))}? ` +
      '`milliwatt boards` lists all.',
  );
}

/** The board's core with the FPU of its part; without a board the one that was set, else the Cortex-M4F. */
function coreOf(board: Board | undefined, settings: TargetSettings): Core {
  const core = knownCore(board?.core ?? settings.core ?? 'cortex-m4f');
  return board?.floatingPoint === undefined ? core : { ...core, floatingPoint: board.floatingPoint };
}

function runtimeOf(
  chosen: string | undefined,
  core: Core,
): { readonly runtime: RuntimeId; readonly problems: readonly Problem[] } {
  const usual = defaultRuntime(core);
  if (chosen === undefined || chosen === '') return { runtime: usual, problems: [] };
  const runtime = runtimeById(chosen);
  if (runtime === undefined) {
    const ids = quotedChoice(runtimes.map(({ id }) => id));
    throw new HumanError('unknown-runtime', `There is no runtime "${chosen.slice(0, 80)}"; it must be ${ids}.`);
  }
  if (runtime.isas.includes(core.kernelIsa)) return { runtime: runtime.id, problems: [] };
  const message =
    `The runtime "${runtime.id}" is not made for the ${core.name}; the figures are those of "${usual}". ` +
    'Choose another runtime or another board.';
  return { runtime: usual, problems: [{ code: 'runtime-not-for-core', severity: 'warning', message }] };
}

/** Why a version stands for one that is not set. */
function ofLibrary(runtime: RuntimeId, board: Board | undefined): string {
  const library = board && usualLibrary(board.framework.id, runtime);
  return library === undefined ? 'default' : `assumed: ${library.name}, usual with ${board!.framework.name}`;
}

/** Where each value came from, by key: the chooser's own words for what was chosen, else the kind of default. */
function origins(
  choice: TargetChoice,
  runtime: RuntimeId,
  board: Board | undefined,
  settings: TargetSettings,
): Readonly<Record<string, string>> {
  const ofBoard = board === undefined ? 'default' : 'board default';
  const ofFramework = board === undefined ? 'default' : `board default (${board.framework.name})`;
  const defaults: Readonly<Record<string, string>> = lookup({
    core: board === undefined ? 'default' : 'board',
    clockHz: ofBoard,
    runtime: 'fastest for the core',
    tflmVersion: ofLibrary(runtime, board),
    optimization: ofFramework,
    rounding: 'default',
    arenaRegion: ofBoard,
    weightsRegion: ofBoard,
    flashMode: ofFramework,
    flashHz: ofFramework,
    cacheBytes: ofBoard,
    dcacheBytes: ofBoard,
    enumBytes: 'ABI of the core',
    preserveAllTensors: 'default',
    logStrings: 'default',
    int8Registrations: 'default',
  });
  const chosen = [
    ...(board === undefined ? [] : ['board']),
    ...(choice.runtime === runtime ? ['runtime'] : []),
    ...Object.keys(settings),
  ];
  return {
    ...defaults,
    ...Object.fromEntries(chosen.map((key) => [key, choice.origins?.[key] ?? 'chosen'])),
  };
}
