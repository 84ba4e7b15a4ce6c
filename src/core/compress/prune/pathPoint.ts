import type { Report } from '../../estimate/report';
import { totalsOf } from '../totals';

/** What is known of a point, or worked out when it is asked for: most points of a long way are only passed. */
interface PointParts {
  readonly removedChannels: number;
  readonly removed: () => ReadonlySet<number>;
  readonly report: () => Report;
  /** Where it is known without the report: as `PathPoint.spread`. */
  readonly spread?: number;
  readonly lost: number;
}

/** One model on the way of a search. */
export class PathPoint {
  readonly removedChannels: number;
  /** Sum of the importances of what was removed. */
  readonly lost: number;
  readonly #parts: PointParts;
  #removed: ReadonlySet<number> | undefined;
  #report: Report | undefined;

  constructor(parts: PointParts) {
    this.#parts = parts;
    this.removedChannels = parts.removedChannels;
    this.lost = parts.lost;
  }

  /** A point of which everything is known. */
  static of({
    removed,
    report,
    lost,
  }: {
    readonly removed: ReadonlySet<number>;
    readonly report: Report;
    readonly lost: number;
  }): PathPoint {
    return new PathPoint({ removedChannels: removed.size, removed: () => removed, report: () => report, lost });
  }

  /** Ids of the channels that are gone: the same set each time. */
  get removed(): ReadonlySet<number> {
    this.#removed ??= this.#parts.removed();
    return this.#removed;
  }

  get report(): Report {
    this.#report ??= this.#parts.report();
    return this.#report;
  }

  /** Cycles where they are known of all operators, else MACs: what curves are spread over. */
  get spread(): number {
    return this.#parts.spread ?? totalsOf(this.report).cycles ?? this.report.model.macs;
  }
}
