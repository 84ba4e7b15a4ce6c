import { EventGrouper } from './eventGroups';
import type { PlacedGroup } from './eventGroups';
import type { PlotSample } from './events';
import { createFirmwareParser } from './parsers';
import type { TickHints } from './profile';

/** What one line of a board means: what is complete with it, and what it plots. */
interface ReadLine {
  readonly groups: readonly PlacedGroup[];
  readonly samples: readonly PlotSample[];
}

/** A board that says nothing for so long has ended a table or dump that has no end of its own. */
export const silenceMs = 300;

const nothing: ReadLine = { groups: [], samples: [] };

/**
 * Understands what one board prints, line by line: all dialects, and what their events mean together. In bounded
 * memory.
 */
export class FirmwareReader {
  readonly #parser = createFirmwareParser();
  readonly #grouper = new EventGrouper();
  readonly #hints: TickHints;
  #eventLines = 0;

  /** `hints`: what is known of ticks apart from the lines. */
  constructor(hints: TickHints = {}) {
    this.#hints = hints;
  }

  /** True where something waits for its end, which may be silence. */
  get isWaiting(): boolean {
    return this.#grouper.isWaiting;
  }

  /** Lines so far that meant something. */
  get eventLines(): number {
    return this.#eventLines;
  }

  /** `line` is text without its end, `at` its number in the stream and when it came. */
  read(line: string, at: { readonly line: number; readonly timeMs: number }): ReadLine {
    const events = this.#parser.feed(line, at.timeMs);
    if (events.length === 0) return nothing;
    this.#eventLines += 1;
    const groups: PlacedGroup[] = [];
    const samples: PlotSample[] = [];
    for (const event of events) {
      if (event.type === 'plot-samples') samples.push(...event.samples);
      else groups.push(...this.#grouper.feed(event, at, this.#hints));
    }
    return { groups, samples };
  }

  /** The board has been silent for `silenceMs`, or its stream has ended: whatever is under way is complete. */
  silent(): readonly PlacedGroup[] {
    return this.#grouper.flush(this.#hints);
  }
}
