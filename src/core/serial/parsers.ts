import { withoutAnsi } from './ansi';
import { arduinoPlot } from './dialects/arduinoPlot';
import { arenaShort } from './dialects/arenaShort';
import { arenaUsed } from './dialects/arenaUsed';
import { benchmarkTables } from './dialects/benchmarkTables';
import { cortexMFault } from './dialects/cortexMFault';
import { csvPlot } from './dialects/csvPlot';
import { espPanic } from './dialects/espPanic';
import { espTaskWatchdog } from './dialects/espTaskWatchdog';
import { inferenceTime } from './dialects/inferenceTime';
import { interpreterFailures } from './dialects/interpreterFailures';
import { kernelRefusals } from './dialects/kernelRefusals';
import { mbedError } from './dialects/mbedError';
import { milliwattProfile } from './dialects/milliwattProfile';
import { operatorMissing } from './dialects/operatorMissing';
import { panicBanner } from './dialects/panicBanner';
import { recordingAllocator } from './dialects/recordingAllocator';
import { teensyCrash } from './dialects/teensyCrash';
import { teleplot } from './dialects/teleplot';
import { tflmCsv } from './dialects/tflmCsv';
import { tflmLog } from './dialects/tflmLog';
import { tflmPerTagCsv } from './dialects/tflmPerTagCsv';
import { zephyrFault } from './dialects/zephyrFault';
import type { FirmwareEvent } from './events';
import { noEvents } from './parser';
import type { Dialect, LineParser } from './parser';

/** Every dialect that is understood. A new one: one file in `dialects/`, one line here. */
export const dialects: readonly Dialect[] = [
  milliwattProfile,
  tflmLog,
  tflmCsv,
  tflmPerTagCsv,
  recordingAllocator,
  benchmarkTables,
  arenaUsed,
  arenaShort,
  operatorMissing,
  interpreterFailures,
  kernelRefusals,
  espPanic,
  zephyrFault,
  cortexMFault,
  mbedError,
  teensyCrash,
  panicBanner,
  espTaskWatchdog,
  inferenceTime,
  teleplot,
  csvPlot,
  arduinoPlot,
];

/**
 * Plots yield to each other in the order of the list: numbers under a header are not numbers without a name as well.
 */
const plotDialects: ReadonlySet<string> = new Set([teleplot.id, csvPlot.id, arduinoPlot.id]);

/**
 * One parser that asks all dialects, in the order of the list, about each line of one stream. A dialect that fails at a
 * line forgets what it remembered; the others and the lines after it are not concerned.
 */
export function createFirmwareParser(chosen: readonly Dialect[] = dialects): LineParser {
  const parsers = chosen.map((dialect) => dialect.create());
  const arePlots = parsers.map(({ id }) => plotDialects.has(id));
  const feed = (line: string, timeMs: number): readonly FirmwareEvent[] => {
    const text = withoutAnsi(line);
    let found = noEvents;
    let isPlotted = false;
    for (let index = 0; index < parsers.length; index += 1) {
      const isPlot = arePlots[index];
      if (isPlot && isPlotted) continue;
      const events = eventsOf(parsers[index], text, timeMs);
      if (events === undefined) parsers[index] = chosen[index].create();
      if (events === undefined || events.length === 0) continue;
      isPlotted ||= isPlot;
      found = found.length === 0 ? events : [...found, ...events];
    }
    return found;
  };
  return { id: 'all', feed };
}

/** Nothing where the parser failed at the line. */
function eventsOf(parser: LineParser, text: string, timeMs: number): readonly FirmwareEvent[] | undefined {
  try {
    return parser.feed(text, timeMs);
  } catch {
    return undefined;
  }
}
