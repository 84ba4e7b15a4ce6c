import type { PlacedGroup } from '../../core/serial/eventGroups';
import { FirmwareReader } from '../../core/serial/firmwareReader';
import { History } from '../../core/serial/history';
import type { HistoryLine } from '../../core/serial/history';
import { LineFramer, lineText } from '../../core/serial/lines';
import type { RawLine } from '../../core/serial/lines';
import type { LinesReply } from '../../protocol/monitor';
import type { Extent, Filter, HighlightRule } from '../../protocol/monitorState';
import { ByteRing } from './byteRing';
import { Highlights } from './highlights';
import { LineFilter } from './lineFilter';
import { PlotStore } from './plotStore';
import { Rates } from './rates';
import { drawnLine, lineBefore, LineStyles } from './rows';

const keptBytes = 32 * 1024 * 1024;
const mostLinesAtOnce = 2000;
/** What was understood and waits to be told: beyond this no more is understood until some of it is taken. */
const mostGroups = 500;
/** At most so many are sent at once, so that the listener is not blocked. */
const mostGroupsAtOnce = 100;
/** A line longer than this is no message of a firmware. */
const longestParsedBytes = 4096;

/** Everything kept of one stream of bytes: lines, bytes, points, events. */
export class MonitorStream {
  readonly history = new History();
  readonly bytes = new ByteRing(keptBytes);
  readonly plots = new PlotStore();
  readonly highlights: Highlights;
  readonly #framer = new LineFramer();
  readonly #rates = new Rates();
  #reader = new FirmwareReader();
  #styles = new LineStyles();
  #filter?: LineFilter;
  #filterChoice?: Filter;
  #groups: PlacedGroup[] = [];
  #generation = 1;
  #sentBytes = 0;
  #startMs?: number;
  /** When the line that is not finished began. */
  #begunMs?: number;

  /** `dropped` is told of a highlight that takes too long. */
  constructor(dropped: (rule: HighlightRule, message: string) => void = () => undefined) {
    this.highlights = new Highlights(dropped);
  }

  get generation(): number {
    return this.#generation;
  }

  get startMs(): number {
    return this.#startMs ?? 0;
  }

  get filter(): LineFilter | undefined {
    return this.#filter;
  }

  /** Keeps the bytes as they are; they are understood by `understand`, in the same order. */
  keep(bytes: Uint8Array, timeMs: number): void {
    this.#startMs ??= timeMs;
    this.bytes.push(bytes, timeMs);
    this.#rates.addBytes(bytes.length, timeMs);
  }

  understand(bytes: Uint8Array, timeMs: number): void {
    let begunMs = this.#begunMs ?? timeMs;
    for (const line of this.#framer.push(bytes)) {
      this.#add(line, begunMs);
      begunMs = timeMs;
    }
    const hasRest = this.#framer.unfinished.length > 0;
    this.#begunMs = hasRest ? begunMs : undefined;
  }

  /** What was sent; among the lines where it is to be shown. */
  addSent(bytes: Uint8Array, timeMs: number, isShown: boolean): void {
    this.#startMs ??= timeMs;
    this.#sentBytes += bytes.length;
    if (!isShown) return;
    const framer = new LineFramer();
    for (const line of [...framer.push(bytes), ...framer.flush()]) this.history.append(line, timeMs, 'sent');
  }

  /** The connection broke: what was begun is a line. */
  interrupt(timeMs: number): void {
    for (const line of this.#framer.flush()) this.#add(line, this.#begunMs ?? timeMs);
    this.#begunMs = undefined;
  }

  clear(): void {
    this.history.clear();
    this.bytes.clear();
    this.plots.clear();
    this.#styles = new LineStyles();
    this.#groups = [];
    this.#reader = new FirmwareReader();
    this.#startMs = undefined;
    this.setFilter(this.#filterChoice);
  }

  /** @throws {HumanError} where a pattern is no regular expression; the filter stays as it was then. */
  setFilter(filter: Filter | undefined): void {
    this.#filter = filter && new LineFilter(filter, this.history);
    this.#filterChoice = filter;
    this.#generation += 1;
  }

  /** The rows that are shown, as far as they are kept. */
  get rowRange(): { readonly first: number; readonly end: number } {
    const filter = this.#filter;
    if (filter !== undefined) return { first: filter.firstRow, end: filter.endRow };
    return { first: this.history.firstLine, end: this.history.endLine };
  }

  /** The lines of rows, each with its row. */
  *rows(from: number, to: number): Generator<{ readonly row: number; readonly line: HistoryLine }> {
    const { first, end } = this.rowRange;
    const start = Math.max(from, first);
    const stop = Math.min(to, end);
    if (this.#filter === undefined) {
      for (const line of this.history.lines(start, stop)) yield { row: line.number, line };
      return;
    }
    for (let row = start; row < stop; row++) {
      const number = this.#filter.lineAt(row);
      const line = number === undefined ? undefined : this.history.lines(number, number + 1).at(0);
      if (line !== undefined) yield { row, line };
    }
  }

  lines(from: number, to: number): LinesReply {
    const rows = [...this.rows(from, Math.min(to, from + mostLinesAtOnce))];
    const drawn = rows.map(({ row, line }) =>
      drawnLine(row, line, this.#styles.at(line.number), lineBefore(this.history, line.number)),
    );
    return { generation: this.#generation, lines: this.highlights.marked(drawn), startMs: this.startMs };
  }

  extent(nowMs: number): Extent {
    const { first, end } = this.rowRange;
    const { history, bytes } = this;
    return {
      generation: this.#generation,
      firstRow: first,
      endRow: end,
      firstLine: history.firstLine,
      endLine: history.endLine,
      receivedBytes: bytes.endOffset,
      firstHexByte: bytes.firstOffset,
      sentBytes: this.#sentBytes,
      ...this.#rates.at(nowMs),
      unfinished: this.#unfinished(end),
      unfiltered: this.#filter?.remaining ?? 0,
      plottedPoints: this.plots.points,
    };
  }

  /** The next groups to tell. */
  takeGroups(): readonly PlacedGroup[] {
    return this.#groups.splice(0, mostGroupsAtOnce);
  }

  /** True where groups must be taken before more is understood. */
  get isFull(): boolean {
    return this.#groups.length >= mostGroups;
  }

  /** Where a table or dump waits for its end: a number that grows with every line that meant something. */
  get waitingFor(): number | undefined {
    return this.#reader.isWaiting ? this.#reader.eventLines : undefined;
  }

  /** The board has been silent: what waits for its end is complete. */
  silent(): void {
    this.#groups.push(...this.#reader.silent());
  }

  #unfinished(row: number): Extent['unfinished'] {
    const bytes = this.#framer.unfinished;
    if (bytes.length === 0) return undefined;
    const number = this.history.endLine;
    const line = { number, bytes, timeMs: this.#begunMs ?? 0, cut: false, sent: false };
    const [drawn] = this.highlights.marked([
      drawnLine(row, line, this.#styles.at(number), lineBefore(this.history, number)),
    ]);
    return drawn;
  }

  #add(line: RawLine, timeMs: number): void {
    const number = this.history.endLine;
    this.history.append(line, timeMs);
    this.#styles.add(number, line.bytes);
    this.#rates.addLine(timeMs);
    if (line.bytes.length > longestParsedBytes) return;
    const { groups, samples } = this.#reader.read(lineText(line.bytes), { line: number, timeMs });
    if (samples.length > 0) this.plots.add(samples, timeMs);
    if (groups.length > 0) this.#groups.push(...groups);
  }
}
