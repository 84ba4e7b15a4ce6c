import type { LastBuild } from '../lastBuild/lastBuild';
import type { BuiltRoom } from '../lastBuild/room';
import { roomOf } from '../lastBuild/room';
import type { FirmwareContext, ModelPairing } from './rule';

/** What the last build left of the memory of an arena. */
export interface ArenaRoom extends BuiltRoom {
  readonly build: LastBuild;
  /** The arena's name; absent for memory that is asked for as the program runs. */
  readonly name?: string;
}

/** Nothing where no build says so, or the arena may be one of several. */
export function arenaRoom({ buildOf }: FirmwareContext, { file, arena }: ModelPairing): ArenaRoom | undefined {
  const build = buildOf(file.path)?.last;
  const [origin] = arena?.origins ?? [];
  if (build === undefined || arena?.origins.length !== 1 || origin.kind === 'unknown') return undefined;
  const name = origin.kind === 'variable' ? origin.variable.variable.name : undefined;
  const room = roomOf(build, name);
  return room && { ...room, build, ...(name === undefined ? {} : { name }) };
}

/** That the build is older than a source; nothing where it is not. */
export function staleSentence({ file, newerSource }: LastBuild): readonly string[] {
  return newerSource === undefined ? [] : [`${newerSource} was changed since ${file} was linked: build again.`];
}
