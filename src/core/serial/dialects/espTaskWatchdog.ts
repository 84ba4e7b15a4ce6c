import type { FirmwareEvent } from '../events';
import { withoutLogPrefix } from '../logPrefix';
import { noEvents } from '../parser';
import type { Dialect, LineParser } from '../parser';

/** ESP-IDF, `components/esp_system/task_wdt/task_wdt.c`. */
const begin = 'Task watchdog got triggered';
const starvedPattern = /(?:^|:) {1,4}- (.{1,40}?)(?: \(CPU [\d/]{1,4}\))?\s*$/;
/** With CONFIG_ESP_TASK_WDT_PANIC. */
const aborting = /^Aborting\.$/;
const running = /^CPU (\d): (\S{1,40})$/;
const patience = 16;

/**
 * The task watchdog of ESP-IDF. Unless it is configured to panic, which it then says, it only prints, and the program
 * goes on: a task did not let another run for too long, as an inference of several seconds does. Names of tasks follow
 * in lines of their own.
 */
export const espTaskWatchdog: Dialect = {
  id: 'esp-task-watchdog',
  describes: 'ESP-IDF: the task watchdog, which tasks it waited for and which ones were running',
  create,
};

function create(): LineParser {
  let linesLeft = 0;
  const feed = (line: string): readonly FirmwareEvent[] => {
    if (line.includes(begin)) {
      linesLeft = patience;
      return [{ type: 'task-watchdog', starved: [], running: [] }];
    }
    if (linesLeft === 0) return noEvents;
    linesLeft -= 1;
    const waiting = starvedPattern.exec(line);
    if (waiting !== null) return [{ type: 'task-watchdog', starved: [waiting[1]], running: [] }];
    const text = withoutLogPrefix(line).slice(0, 120);
    if (aborting.test(text)) return [{ type: 'task-watchdog', starved: [], running: [], aborts: true }];
    const busy = running.exec(text);
    if (busy === null || /^IDLE\d?$/.test(busy[2])) return noEvents;
    return [{ type: 'task-watchdog', starved: [], running: [busy[2]] }];
  };
  return { id: 'esp-task-watchdog', feed };
}
