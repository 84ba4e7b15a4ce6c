import type { FirmwareEvent } from '../events';
import { withoutLogPrefix } from '../logPrefix';
import { noEvents } from '../parser';
import type { Dialect, LineParser } from '../parser';

/** Pico SDK, `panic()` of `pico_platform` and `pico_runtime`; RIOT, `core/lib/panic.c`. */
const banner = /^\*{3} (?:PANIC \*{3}|RIOT kernel panic:?)$/;
const patience = 4;

/** A panic that is a banner with its message in a line of its own behind it, blank ones between them. */
export const panicBanner: Dialect = {
  id: 'panic-banner',
  describes: 'Pico SDK and RIOT: the banner of a panic, and its message',
  create,
};

function create(): LineParser {
  let crash = 0;
  let linesLeft = 0;
  const feed = (line: string): readonly FirmwareEvent[] => {
    if (line.includes('*** ') && banner.test(withoutLogPrefix(line))) {
      crash += 1;
      linesLeft = patience;
      return [{ type: 'crash', kind: 'panic', crash, reason: 'panic' }];
    }
    if (linesLeft === 0) return noEvents;
    linesLeft -= 1;
    const message = withoutLogPrefix(line).slice(0, 200);
    if (message === '') return noEvents;
    linesLeft = 0;
    return [{ type: 'crash', kind: 'panic', crash, reason: message }];
  };
  return { id: 'panic-banner', feed };
}
