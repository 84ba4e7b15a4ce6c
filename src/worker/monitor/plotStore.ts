import type { PlotSample } from '../../core/serial/events';
import type { PlotPart } from '../../protocol/monitorState';

/** Points kept of one series, the oldest dropped first. */
const pointsPerSeries = 500_000;
/** Texts are held one by one and cost more. */
const textsPerSeries = 10_000;
const mostSeries = 128;
/** Of the texts of all series together: the oldest of the series that has most go first. */
const mostTextBytes = 16 * 1024 * 1024;
/** A string costs this much beside its characters of two bytes. */
const bytesPerText = 48;
/**
 * Room of all series together, in points of 16 bytes: where it is used up, a series that is full loses its older half.
 */
const mostRoom = 8 * 1024 * 1024;
const firstCapacity = 1024;

interface Series {
  readonly name: string;
  readonly kind: PlotPart['kind'];
  readonly isBoardTime: boolean;
  unit?: string;
  isHidden: boolean;
  x: Float64Array;
  y: Float64Array;
  texts: string[];
  textBytes: number;
  count: number;
  /** Points from here on have not been taken. */
  taken: number;
  /** True until a part told that what was before is gone. */
  isCleared: boolean;
}

/** All that a board has plotted, in bounded memory. */
export class PlotStore {
  readonly #series = new Map<string, Series>();

  get points(): number {
    return this.#all.reduce((sum, { count }) => sum + count, 0);
  }

  /** What the texts of all series cost in memory. */
  get textBytes(): number {
    return this.#all.reduce((sum, { textBytes }) => sum + textBytes, 0);
  }

  get #all(): readonly Series[] {
    return [...this.#series.values()];
  }

  /** `timeMs`: when the line arrived, for samples without a time of their own. */
  add(samples: readonly PlotSample[], timeMs: number): void {
    for (const sample of samples) {
      const series = this.#seriesFor(sample);
      if (series === undefined) continue;
      if (series.count === series.x.length) this.#makeRoom(series);
      append(series, sample, timeMs);
      if (series.kind === 'text') this.#limitTexts();
    }
  }

  /** Twice the room, or at the limit the older half goes. */
  #makeRoom(series: Series): void {
    const limit = series.kind === 'text' ? textsPerSeries : pointsPerSeries;
    const room = this.#all.reduce((sum, { x }) => sum + x.length, 0);
    if (series.count >= limit || room + series.count > mostRoom) dropOlderHalf(series);
    else grow(series, Math.min(limit, series.count * 2));
  }

  #limitTexts(): void {
    while (this.textBytes > mostTextBytes) {
      dropOlderHalf(this.#all.reduce((most, series) => (series.textBytes > most.textBytes ? series : most)));
    }
  }

  /** What was added since the last call, or everything. */
  take(what: 'new' | 'all'): readonly PlotPart[] {
    const parts: PlotPart[] = [];
    for (const series of this.#series.values()) {
      const from = what === 'all' ? 0 : series.taken;
      if (what === 'all' || series.isCleared || from < series.count) parts.push(partOf(series, from));
      series.taken = series.count;
      series.isCleared = false;
    }
    return parts;
  }

  clear(): void {
    this.#series.clear();
  }

  /** Every point as a line of comma-separated values: series, x, y or text, unit. */
  *csvLines(): Generator<string> {
    yield 'series,x,value,unit';
    for (const { name, kind, unit, x, y, texts, count } of this.#series.values()) {
      for (let index = 0; index < count; index++) {
        const value = kind === 'text' ? quoteCell(texts[index]) : String(y[index]);
        yield `${quoteCell(name)},${x[index]},${value},${quoteCell(unit ?? '')}`;
      }
    }
  }

  #seriesFor(sample: PlotSample): Series | undefined {
    const kind = kindOf(sample);
    const known = this.#series.get(sample.series);
    const isNew = known === undefined || known.kind !== kind || sample.clear === true;
    if (!isNew) return known;
    if (known === undefined && this.#series.size >= mostSeries) return undefined;
    const series: Series = {
      name: sample.series,
      kind,
      isBoardTime: kind !== 'curve' && sample.timeMs !== undefined,
      isHidden: sample.hidden ?? false,
      x: new Float64Array(firstCapacity),
      y: new Float64Array(kind === 'text' ? 0 : firstCapacity),
      texts: [],
      textBytes: 0,
      count: 0,
      taken: 0,
      isCleared: known !== undefined,
    };
    this.#series.set(sample.series, series);
    return series;
  }
}

function kindOf({ text, x }: PlotSample): PlotPart['kind'] {
  if (text !== undefined) return 'text';
  return x === undefined ? 'time' : 'curve';
}

function append(series: Series, sample: PlotSample, timeMs: number): void {
  const time = series.isBoardTime ? (sample.timeMs ?? timeMs) : timeMs;
  series.x[series.count] = series.kind === 'curve' ? (sample.x ?? NaN) : time;
  if (series.kind === 'text') {
    // A copy: a part of a line would keep the whole line.
    const text = Buffer.from(sample.text ?? '', 'utf16le').toString('utf16le');
    series.texts.push(text);
    series.textBytes += costOf(text);
  } else series.y[series.count] = sample.value ?? NaN;
  series.count += 1;
  series.unit = sample.unit ?? series.unit;
}

function costOf(text: string): number {
  return text.length * 2 + bytesPerText;
}

function grow(series: Series, capacity: number): void {
  series.x = resizeValues(series.x, capacity);
  if (series.kind !== 'text') series.y = resizeValues(series.y, capacity);
}

function dropOlderHalf(series: Series): void {
  const gone = Math.ceil(series.count / 2);
  series.x.copyWithin(0, gone);
  series.y.copyWithin(0, gone);
  for (const text of series.texts.splice(0, gone)) series.textBytes -= costOf(text);
  series.count -= gone;
  series.taken = Math.max(0, series.taken - gone);
}

function resizeValues(values: Float64Array, capacity: number): Float64Array {
  const grown = new Float64Array(capacity);
  grown.set(values);
  return grown;
}

function partOf({ name, unit, kind, isBoardTime, isHidden, isCleared, ...data }: Series, from: number): PlotPart {
  const isText = kind === 'text';
  return {
    name,
    unit,
    kind,
    isBoardTime,
    isHidden,
    isCleared,
    x: data.x.slice(from, data.count),
    y: isText ? new Float64Array(0) : data.y.slice(from, data.count),
    texts: isText ? data.texts.slice(from) : [],
  };
}

function quoteCell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
