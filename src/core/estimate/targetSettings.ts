import { arenaRegions } from '../boards/arenaRegions';
import type { ArenaRegion, Board, CoreId, FlashMode, Optimization } from '../boards/board';
import { flashModes } from '../boards/board';
import { cores } from '../boards/cores';
import { HumanError } from '../model/problem';
import { kernelsVersions } from '../runtimes/libraries';
import { isVersionName, versionNames } from '../runtimes/tflm/versions';
import { nearest, quotedChoice } from '../text/nearest';

/** The settings of a target that were given, read and checked. */
export interface TargetSettings {
  readonly core?: CoreId;
  readonly tflmVersion?: string;
  readonly kernelsVersion?: string;
  readonly optimization?: Optimization;
  readonly clockHz?: number;
  readonly arenaRegion?: string;
  readonly weightsRegion?: string;
  readonly flashMode?: FlashMode;
  readonly flashHz?: number;
  readonly cacheBytes?: number;
  readonly dcacheBytes?: number;
  readonly resourceVariableSlots?: number;
  readonly preserveAllTensors?: boolean;
  readonly enumBytes?: 1 | 4;
  readonly rounding?: 'double' | 'single';
  readonly logStrings?: boolean;
  readonly int8Registrations?: boolean;
}

type Value = string | number | boolean;
type Reader<T> = (value: Value, key: string, board: Board | undefined) => T;

/** One reader for each setting: the list of what `--set key=value` takes. */
const readers: { readonly [Key in keyof Required<TargetSettings>]: Reader<NonNullable<TargetSettings[Key]>> } = {
  core: readCore,
  tflmVersion: (value, key) => known(key, readVersion(value, key), isVersionName, versionNames),
  kernelsVersion: (value, key) =>
    known(key, readVersion(value, key), (name) => kernelsVersions().includes(name), kernelsVersions),
  optimization: (value, key) => oneOf(key, String(value).replace(/^-/, ''), ['Os', 'O2', 'O3']),
  clockHz: readClock,
  arenaRegion: (value, key, board) => regionNamed(key, String(value), boardFor(key, board)).name,
  weightsRegion: readWeightsRegion,
  flashMode: (value, key) => oneOf(key, String(value), flashModes),
  flashHz: readClock,
  cacheBytes: readBytes,
  dcacheBytes: readBytes,
  resourceVariableSlots: readCount,
  preserveAllTensors: readFlag,
  enumBytes: (value, key) => (oneOf(key, String(value), ['1', '4']) === '1' ? 1 : 4),
  rounding: (value, key) => oneOf(key, String(value), ['double', 'single']),
  logStrings: readFlag,
  int8Registrations: readFlag,
};

/** Names of the settings, in the order of the documentation. */
const targetSettingKeys = Object.keys(readers) as readonly (keyof TargetSettings)[];

/**
 * Reads and checks settings as given by the user. Throws a `HumanError` for an unknown key or a value that it cannot
 * take.
 */
export function readSettings(given: Readonly<Record<string, Value>>, board: Board | undefined): TargetSettings {
  const entries = Object.entries(given).map(([key, value]) => {
    const known = targetSettingKeys.find((candidate) => candidate === key);
    if (known === undefined) throw unknownSetting(key);
    return [known, readers[known](value, known, board)];
  });
  return Object.fromEntries(entries) as TargetSettings;
}

function unknownSetting(key: string): HumanError {
  const near = quotedChoice(nearest(key, targetSettingKeys));
  return new HumanError(
    'unknown-target-setting',
    `There is no target setting "${key.slice(0, 80)}"; did you mean ${near}? The settings are ${targetSettingKeys.join(', ')}.`,
  );
}

function bad(key: string, must: string, value: Value): HumanError {
  return new HumanError(
    'bad-target-setting',
    `The target setting ${key} must be ${must}, not "${String(value).slice(0, 80)}".`,
  );
}

function oneOf<T extends string>(key: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((candidate) => candidate.toLowerCase() === value.toLowerCase());
  if (found === undefined) throw bad(key, quotedChoice(allowed), value);
  return found;
}

function readCore(value: Value, key: string, board: Board | undefined): CoreId {
  const ids = cores.map((core) => core.id);
  const core = oneOf(key, String(value), ids);
  if (board !== undefined && board.core !== core) {
    throw bad(key, `"${board.core}" on the board "${board.id}"; leave the board out to choose a core`, value);
  }
  return core;
}

function readVersion(value: Value, key: string): string {
  const version = String(value).trim();
  if (!/^[\w.+-]{1,64}$/.test(version)) throw bad(key, 'a commit or a release, for instance "90b983c2"', value);
  return version.toLowerCase();
}

/** A near miss is told, so that no other version stands in for it without a word. */
function known(
  key: string,
  version: string,
  isKnown: (name: string) => boolean,
  names: () => readonly string[],
): string {
  if (isKnown(version)) return version;
  throw new HumanError(
    'unknown-version',
    `There is no version "${version}" for ${key}; did you mean ${quotedChoice(nearest(version, names()))}?` +
      (key === 'tflmVersion' ? ' A commit of tensorflow/tflite-micro or a day such as "2024-05-29" will do, too.' : ''),
  );
}

/** Hertz as a number, or with a unit as people write it: `64000000`, `64 MHz`. */
function readClock(value: Value, key: string): number {
  const match = /^(\d+(?:\.\d+)?(?:e\d+)?)\s*(k|m|g)?(?:hz)?$/i.exec(String(value).trim());
  const factor = { k: 1e3, m: 1e6, g: 1e9 }[(match?.[2] ?? '').toLowerCase()] ?? 1;
  const hertz = match === null ? 0 : Math.round(Number(match[1]) * factor);
  if (!(hertz >= 1 && hertz <= 1e11)) throw bad(key, 'a clock in hertz, for instance 64000000 or "64MHz"', value);
  return hertz;
}

function readCount(value: Value, key: string): number {
  const count = typeof value === 'boolean' || value === '' ? NaN : Number(value);
  if (!Number.isInteger(count) || count < 0 || count > 1e6) throw bad(key, 'a whole number, 0 or more', value);
  return count;
}

/** Bytes as a number, or with a unit as people write it: `32768`, `32 KB`. */
function readBytes(value: Value, key: string): number {
  const match = /^(\d+)\s*(k|m)?(?:i?b)?$/i.exec(String(value).trim());
  const factor = { k: 1024, m: 1048576 }[(match?.[2] ?? '').toLowerCase()] ?? 1;
  const bytes = match === null ? NaN : Number(match[1]) * factor;
  if (!(bytes <= 1e9)) throw bad(key, 'a number of bytes, for instance 32768 or "32KB"', value);
  return bytes;
}

function readFlag(value: Value, key: string): boolean {
  return oneOf(key, String(value), ['true', 'false']) === 'true';
}

function boardFor(key: string, board: Board | undefined): Board {
  if (board !== undefined) return board;
  throw new HumanError(
    'target-setting-needs-board',
    `The target setting ${key} names a memory of a board; choose a board as well.`,
  );
}

/** `flash`, or a memory of the board. Weights in flash need no board. */
function readWeightsRegion(value: Value, key: string, board: Board | undefined): string {
  const name = String(value);
  if (name.toLowerCase() === 'flash') return 'flash';
  return regionNamed(key, name, boardFor(key, board)).name;
}

/**
 * A memory by its own name, by that of one region it is made of, or as `RAM` (the default one) and `PSRAM` (outside the
 * chip).
 */
function regionNamed(key: string, typed: string, board: Board): ArenaRegion {
  const wanted = typed.toLowerCase();
  const regions = arenaRegions(board);
  const found =
    regions.find((region) => region.name.toLowerCase() === wanted) ??
    regions.find((region) => region.name.toLowerCase().split('+').includes(wanted)) ??
    (wanted === 'ram' ? regions.find((region) => region.isDefault) : undefined) ??
    (wanted === 'psram' ? regions.find((region) => region.kind === 'psram') : undefined);
  if (found !== undefined) return found;
  const names = quotedChoice([...(key === 'weightsRegion' ? ['flash'] : []), ...regions.map((region) => region.name)]);
  throw bad(key, `${names} on the board "${board.id}"`, typed);
}
