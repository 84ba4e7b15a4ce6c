import type { Model } from '../../model/model';
import type { ArenaFacts } from '../../runtimes/facts';
import type { Target } from '../../runtimes/target';
import { planArena } from '../../runtimes/tflm/arena';
import type { Configuration } from './configurations';

/** How the arenas of two forms of a model compare. */
export interface ArenaComparison {
  /** A library, version and core that needs this many bytes more with the second; absent where none does. */
  readonly worse?: { readonly name: string; readonly bytes: number };
  /** Those that need fewer, and as many. */
  readonly helpsOn: readonly string[];
  readonly sameOn: readonly string[];
}

/** Compares the smallest arenas where both are known. */
export function compareArenas(before: Model, after: Model, configurations: readonly Configuration[]): ArenaComparison {
  const gains = configurations.map(({ name, target }) => {
    const [least, next] = [leastArenaOf(before, target), leastArenaOf(after, target)];
    return { name, bytes: least === undefined || next === undefined ? 0 : least - next };
  });
  const worse = gains.find(({ bytes }) => bytes < 0);
  const helpsOn = gains.filter(({ bytes }) => bytes > 0).map(({ name }) => name);
  const sameOn = gains.filter(({ bytes }) => bytes === 0).map(({ name }) => name);
  return { ...(worse !== undefined && { worse: { name: worse.name, bytes: -worse.bytes } }), helpsOn, sameOn };
}

/** Bytes of the smallest arena; `undefined` where they are not known, or a lower bound only. */
export function leastArenaOf(model: Model, target: Target): number | undefined {
  return arenaOf(model, target)?.minimumBytes;
}

/** Bytes that the interpreter's planner takes for tensors and scratch buffers, as `leastArenaOf`. */
export function plannedBytesOf(model: Model, target: Target): number | undefined {
  return arenaOf(model, target)?.plannedBytes;
}

function arenaOf(model: Model, target: Target): ArenaFacts | undefined {
  const outcome = planArena(model, target);
  return outcome.known && outcome.lowerBound === undefined ? outcome.arena : undefined;
}
