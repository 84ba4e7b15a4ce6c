import type { Model } from '../../model/model';
import type { Channels } from '../channels/channels';
import { Candidates } from './candidates';
import type { ChannelImportances } from './filterImportance';
import { distances, distancesOf, measureOf } from '../goals/distances';
import type { Guide } from '../goals/distances';
import { PathPoint } from './pathPoint';
import { quickForecast } from './pruned';
import type { Goal } from '../goals/goal';
import type { Report } from '../../estimate/report';
import { SteppedCosts } from './steppedCosts';
import type { PrunedPlace } from './writtenCosts';
import { writtenReportOf } from './writtenCosts';

/** What a search looks at. */
interface Search {
  readonly model: Model;
  readonly channels: Channels;
  readonly place: PrunedPlace;
  readonly importances: ChannelImportances;
  readonly goal: Goal;
  /** The first so many channels of a group go at once: its size over this, one at least. */
  readonly stepsPerGroup: number;
  /** Told with every point: the share of the way to the goal that lies behind, 0 to 1. */
  readonly progress?: (share: number) => void;
}

/**
 * From the original on, always removes the channels that save most for what they matter, as the estimator sees it: what
 * does not help on this target (a number of channels that its kernels handle worse, RAM away from the peak) is left.
 * Yields every model on the way; ends when the goal is met or nothing helps any more, after one question a group and
 * step at the most. Yields nothing after each question, which may take long where it is a forecast of a whole model:
 * see `heard`.
 */
export function* searchPath(search: Search): Generator<PathPoint | undefined> {
  const path = new Path(search);
  const told = (): PathPoint => {
    search.progress?.(path.share);
    return path.point;
  };
  yield told();
  while (yield* path.advance()) yield told();
}

interface Step {
  readonly group: number;
  readonly channels: readonly number[];
}

class Path {
  readonly #search: Search;
  readonly #original: Report;
  /** Channels of each group, the least important first. */
  readonly #orders: readonly (readonly number[])[];
  readonly #positions: number[];
  /** Absent where costs are only known of whole models. */
  readonly #stepped: SteppedCosts | undefined;
  readonly #plansArena: boolean;
  readonly #gone: number[] = [];
  /** Forecasts of this step, by group. */
  readonly #forecasts = new Map<number, Report>();
  #candidates: Candidates;
  #guide: Guide | undefined;
  #steps = 0;
  point: PathPoint;
  #missed: ReturnType<typeof distances>;
  readonly #missedFirst: number;

  constructor(search: Search) {
    this.#search = search;
    this.#original = writtenReportOf(search.model, search.place);
    this.#stepped = SteppedCosts.canFollow(search) ? new SteppedCosts(search, this.#original) : undefined;
    this.#plansArena = SteppedCosts.canPlan(search);
    this.point = PathPoint.of({ removed: new Set(), report: this.#original, lost: 0 });
    this.#orders = search.channels.groups.map(({ channels }) => inOrder(channels, search.importances));
    this.#positions = this.#orders.map(() => 0);
    this.#candidates = new Candidates(this.#orders.length);
    this.#missed = this.#missedNow();
    this.#missedFirst = sumOf(this.#missed);
  }

  /** Removes one more step of a group; false where the goal is met or nothing helps. */
  *advance(): Generator<undefined, boolean> {
    const missed = this.#missed;
    if (missed.length > 0 && missed.every(({ over }) => over === 0)) return false;
    const guide = missed.find(({ over }) => over > 0)?.guide ?? defaultGuide(this.#original);
    if (guide !== this.#guide) this.#candidates = new Candidates(this.#orders.length);
    this.#guide = guide;
    const next = yield* this.#best(guide);
    if (next === undefined) return false;
    this.#take(next);
    return true;
  }

  /** How far the model is from each limit. */
  #missedNow(): ReturnType<typeof distances> {
    const { goal } = this.#search;
    return this.#stepped === undefined || (goal.ramBytes !== undefined && !this.#plansArena)
      ? distances(goal, this.point.report, this.#original)
      : distancesOf(goal, this.#stepped.costs(goal), this.#original);
  }

  /** The share of the way to the goal that lies behind, 0 where that is not known. */
  get share(): number {
    const missed = sumOf(this.#missed);
    return this.#missedFirst > 0 && Number.isFinite(missed) ? Math.max(0, 1 - missed / this.#missedFirst) : 0;
  }

  #take({ group, channels }: Step): void {
    const lost = this.#lostWithout(channels);
    const report = this.#forecasts.get(group);
    this.#positions[group] += channels.length;
    this.#gone.push(...channels);
    this.#forecasts.clear();
    this.#steps += 1;
    this.#stepped?.remove(channels);
    const { length } = this.#gone;
    const removed = (): ReadonlySet<number> => new Set(this.#gone.slice(0, length));
    this.point = new PathPoint({
      removedChannels: length,
      removed,
      report: report === undefined ? () => quickForecast(this.#search, removed()) : () => report,
      spread: this.#stepped?.spread,
      lost,
    });
    this.#missed = this.#missedNow();
  }

  /**
   * Asks the most promising candidate again until one keeps its place: savings fall as models shrink, so that few have
   * to be asked.
   */
  *#best(guide: Guide): Generator<undefined, Step | undefined> {
    const now = this.#measure(guide);
    for (;;) {
      const first = this.#candidates.next(this.#steps);
      if (first === undefined) return undefined;
      const channels = this.#nextOf(first.group);
      if (first.askedAt === this.#steps) return { group: first.group, channels };
      if (channels.length === 0) {
        this.#candidates.remove(first);
        continue;
      }
      const saved = now - this.#measureWithout({ group: first.group, channels }, guide);
      this.#candidates.answer(first, saved / (this.#lostWithout(channels) - this.point.lost + 1e-12), this.#steps);
      yield;
    }
  }

  #measure(guide: Guide): number {
    const { goal } = this.#search;
    if (this.#stepped !== undefined && guide !== 'ram') return this.#stepped.measure(guide);
    return this.#stepped !== undefined && this.#plansArena
      ? this.#stepped.ramMeasure(goal)
      : measureOf(this.point.report, guide, goal);
  }

  #measureWithout({ group, channels }: Step, guide: Guide): number {
    const stepped = this.#stepped;
    if (stepped !== undefined && (guide !== 'ram' || this.#plansArena)) {
      return stepped.without(channels, () => this.#measure(guide));
    }
    const report = quickForecast(this.#search, [...this.#gone, ...channels]);
    this.#forecasts.set(group, report);
    return measureOf(report, guide, this.#search.goal);
  }

  #lostWithout(channels: readonly number[]): number {
    return channels.reduce((sum, id) => sum + this.#search.importances[id], this.point.lost);
  }

  /** The next step of a group; one channel always stays. */
  #nextOf(group: number): readonly number[] {
    const order = this.#orders[group];
    const step = Math.max(1, Math.round(order.length / this.#search.stepsPerGroup));
    const from = this.#positions[group];
    return order.slice(from, Math.min(from + step, order.length - 1));
  }
}

/** The least important first; of equal ones the later one, so that results do not depend on how a list was sorted. */
export function inOrder(channels: readonly number[], importances: ChannelImportances): readonly number[] {
  return [...channels].sort((a, b) => importances[a] - importances[b] || b - a);
}

function sumOf(missed: ReturnType<typeof distances>): number {
  return missed.reduce((sum, { over }) => sum + over, 0);
}

function defaultGuide({ latency }: Report): Guide {
  return latency?.cycles === undefined && latency?.instructions === undefined ? 'macs' : 'cycles';
}
