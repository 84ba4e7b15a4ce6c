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

/** A model on configurations, with its smallest arena on each: found out when it is first asked for, and once. */
export class ArenasOf {
  readonly #model: Model;
  readonly #configurations: readonly Configuration[];
  #least: readonly (number | undefined)[] | undefined;

  constructor(model: Model, configurations: readonly Configuration[]) {
    this.#model = model;
    this.#configurations = configurations;
  }

  /** Compares with the smallest arenas of another form of the model, where both are known. */
  compare(after: Model): ArenaComparison {
    this.#least ??= this.#configurations.map(({ target }) => leastArenaOf(this.#model, target));
    const before = this.#least;
    return comparison(
      this.#configurations.map(({ name, target }, index) => {
        const [least, next] = [before[index], leastArenaOf(after, target)];
        return { name, bytes: least === undefined || next === undefined ? 0 : least - next };
      }),
    );
  }
}

function comparison(gains: readonly { readonly name: string; readonly bytes: number }[]): ArenaComparison {
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
