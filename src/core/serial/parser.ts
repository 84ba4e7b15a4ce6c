import type { FirmwareEvent } from './events';

/**
 * Understands one way of printing something, line by line. It keeps what it must remember between lines, in bounded
 * memory, and never throws: a line that is cut, mixed with another or lost costs that line's events and no more.
 */
export interface LineParser {
  readonly id: string;
  /**
   * `line` is text without its end and without colours; `timeMs` is when it was complete, on any clock that does not
   * run back.
   */
  readonly feed: (line: string, timeMs: number) => readonly FirmwareEvent[];
}

/** Makes a parser of one dialect for one stream. */
export interface Dialect {
  readonly id: string;
  /** What it understands, for people. */
  readonly describes: string;
  readonly create: () => LineParser;
}

/** What most lines give: shared, so that they cost no memory. */
export const noEvents: readonly FirmwareEvent[] = [];
