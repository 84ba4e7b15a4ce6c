import type { PlotMessage } from '../../../src/protocol/monitor';
import type { PlotPart } from '../../../src/protocol/monitorState';
import { Series } from './series';

/** What the page keeps of one plotted name. */
export interface PlotSeries {
  readonly name: string;
  readonly unit?: string;
  readonly kind: PlotPart['kind'];
  readonly isBoardTime: boolean;
  /** The firmware asked not to draw it until it is chosen. */
  readonly isHidden: boolean;
  readonly points: Series;
  /** The latest of a series of states. */
  readonly lastText?: string;
}

/** More names than this are not plotted; the page says how many were left out. */
const mostSeries = 32;

/** The points of one tab, as parts of them arrive. */
export class PlotModel {
  #series = new Map<string, PlotSeries>();
  readonly #leftOut = new Set<string>();
  #version = 0;

  /** Grows with every change. */
  get version(): number {
    return this.#version;
  }

  get series(): readonly PlotSeries[] {
    return [...this.#series.values()];
  }

  /** Names beyond the limit. */
  get leftOut(): number {
    return this.#leftOut.size;
  }

  get pointCount(): number {
    return this.series.reduce((sum, { points }) => sum + points.length, 0);
  }

  apply({ isWhole, series }: Pick<PlotMessage, 'isWhole' | 'series'>): void {
    if (isWhole) {
      this.#series = new Map();
      this.#leftOut.clear();
    }
    for (const part of series) this.#add(part);
    this.#version += 1;
  }

  #add(part: PlotPart): void {
    const known = this.#series.get(part.name);
    if (known === undefined && this.#series.size >= mostSeries) {
      if (this.#leftOut.size < 10_000) this.#leftOut.add(part.name);
      return;
    }
    // Another kind under the same name has other axes: its points cannot go on.
    const points = known?.kind === part.kind && known.isBoardTime === part.isBoardTime ? known.points : new Series();
    if (part.isCleared) points.clear();
    if (part.kind !== 'text')
      for (let index = 0; index < part.x.length; index += 1) points.add(part.x[index], part.y[index]);
    const { name, unit, kind, isBoardTime, isHidden } = part;
    const lastText = part.texts.at(-1) ?? (part.isCleared ? undefined : known?.lastText);
    this.#series.set(name, { name, unit, kind, isBoardTime, isHidden: known?.isHidden ?? isHidden, points, lastText });
  }
}
