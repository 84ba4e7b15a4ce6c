import type { Model } from '../../model/model';
import type { Channels } from '../channels/channels';
import type { ChannelImportances } from './filterImportance';
import { distances, isMet, measureOf } from './goal';
import type { Guide } from './goal';
import { quickForecast } from './pruned';
import type { PruneGoal } from './request';
import type { Report } from '../../estimate/report';
import type { PrunedPlace } from './writtenCosts';
import { writtenReportOf } from './writtenCosts';

/** What a search looks at. */
interface Search {
  readonly model: Model;
  readonly channels: Channels;
  readonly place: PrunedPlace;
  readonly importances: ChannelImportances;
  readonly goal: PruneGoal;
  /** The first so many channels of a group go at once: its size over this, one at least. */
  readonly stepsPerGroup: number;
}

/** One model on the way. */
export interface PathPoint {
  readonly removed: ReadonlySet<number>;
  readonly report: Report;
  /** Sum of the importances of what was removed. */
  readonly lost: number;
}

/**
 * From the original on, always removes the channels that save most for what they matter, as the estimator sees it: what
 * does not help on this target (a number of channels that its kernels handle worse, RAM away from the peak) is left.
 * Yields every model on the way; ends when the goal is met or nothing helps any more.
 */
export function* searchPath(search: Search): Generator<PathPoint> {
  const path = new Path(search);
  yield path.point;
  while (path.advance()) yield path.point;
}

interface Candidate {
  readonly group: number;
  /** What it saved for its importance when it was last asked. */
  score: number;
  askedAt: number;
}

class Path {
  readonly #search: Search;
  readonly #original: Report;
  /** Channels of each group, the least important first. */
  readonly #orders: readonly (readonly number[])[];
  readonly #positions: number[];
  #candidates: Candidate[];
  #guide: Guide | undefined;
  #steps = 0;
  point: PathPoint;

  constructor(search: Search) {
    this.#search = search;
    this.#original = writtenReportOf(search.model, search.place);
    this.point = { removed: new Set(), report: this.#original, lost: 0 };
    this.#orders = search.channels.groups.map(({ channels }) => inOrder(channels, search.importances));
    this.#positions = this.#orders.map(() => 0);
    this.#candidates = this.#fresh();
  }

  /** Removes one more step of a group; false where the goal is met or nothing helps. */
  advance(): boolean {
    const { goal } = this.#search;
    const [now, original] = [this.point.report, this.#original];
    if (distances(goal, now, original).length > 0 && isMet(goal, now, original)) return false;
    const guide = distances(goal, now, original).find(({ over }) => over > 0)?.guide ?? defaultGuide(original);
    if (guide !== this.#guide) this.#candidates = this.#fresh();
    this.#guide = guide;
    const next = this.#best(guide);
    if (next === undefined) return false;
    this.#positions[next.group] += next.channels.length;
    this.point = next.point;
    this.#steps += 1;
    return true;
  }

  #fresh(): Candidate[] {
    return this.#orders.map((_, group) => ({ group, score: Infinity, askedAt: -1 }));
  }

  /**
   * Asks the most promising candidate anew until one keeps its place: savings fall as models shrink, so that few have
   * to be asked.
   */
  #best(
    guide: Guide,
  ): { readonly group: number; readonly channels: readonly number[]; readonly point: PathPoint } | undefined {
    const found = new Map<number, PathPoint>();
    for (;;) {
      this.#candidates.sort((a, b) => b.score - a.score);
      const first = this.#nextToAsk();
      if (first === undefined) return undefined;
      const channels = this.#nextOf(first.group);
      const known = found.get(first.group);
      if (first.askedAt === this.#steps && known !== undefined) return { group: first.group, channels, point: known };
      if (channels.length === 0) {
        this.#candidates.splice(this.#candidates.indexOf(first), 1);
        continue;
      }
      const point = this.#without(channels);
      found.set(first.group, point);
      const saved =
        measureOf(this.point.report, guide, this.#search.goal) - measureOf(point.report, guide, this.#search.goal);
      first.score = saved / (point.lost - this.point.lost + 1e-12);
      first.askedAt = this.#steps;
    }
  }

  /** The best candidate; where none promises anything, one that has not been asked since the last step. */
  #nextToAsk(): Candidate | undefined {
    const [first] = this.#candidates;
    if (first === undefined || first.score > 0) return first;
    return this.#candidates.find(({ askedAt }) => askedAt < this.#steps);
  }

  /** The next step of a group; one channel always stays. */
  #nextOf(group: number): readonly number[] {
    const order = this.#orders[group];
    const step = Math.max(1, Math.round(order.length / this.#search.stepsPerGroup));
    const from = this.#positions[group];
    return order.slice(from, Math.min(from + step, order.length - 1));
  }

  #without(channels: readonly number[]): PathPoint {
    const removed = new Set([...this.point.removed, ...channels]);
    const lost = channels.reduce((sum, id) => sum + this.#search.importances[id], this.point.lost);
    return { removed, report: quickForecast(this.#search, removed), lost };
  }
}

/** The least important first; of equal ones the later one, so that results do not depend on how a list was sorted. */
export function inOrder(channels: readonly number[], importances: ChannelImportances): readonly number[] {
  return [...channels].sort((a, b) => importances[a] - importances[b] || b - a);
}

function defaultGuide({ latency }: Report): Guide {
  return latency?.cycles === undefined && latency?.instructions === undefined ? 'macs' : 'cycles';
}
