import type { FirmwareEvent } from '../events';
import { ConstantPrefix } from '../constantPrefix';
import { noEvents } from '../parser';
import type { Dialect, LineParser } from '../parser';

const header = '"Event","Tag","Ticks"';
/** `%d,%s,%u`; with CMSIS-NN or on Hexagon the ticks are printed as a signed number. */
const row = /^(\d{1,6}),([^,"]{1,120}),(-?\d{1,10})$/;
/** So many lines of another kind end the table: a row that only looks like one must not join it. */
const patience = 32;

/** TFLM's `MicroProfiler::LogCsv`: a header, then a numbered row an event. Rows count only after a header. */
export const tflmCsv: Dialect = {
  id: 'tflm-csv',
  describes: 'MicroProfiler::LogCsv of TensorFlow Lite Micro: numbered ticks of each operator',
  create,
};

function create(): LineParser {
  const prefix = new ConstantPrefix();
  let linesLeft = 0;
  const feed = (line: string): readonly FirmwareEvent[] => {
    const at = line.indexOf(header);
    if (at >= 0) {
      prefix.learn(line.slice(0, at));
      linesLeft = patience;
      return [{ type: 'profile-start', dialect: 'tflm-csv' }];
    }
    if (linesLeft === 0) return noEvents;
    linesLeft -= 1;
    const found = row.exec(prefix.strip(line));
    if (found === null) return noEvents;
    linesLeft = patience;
    const [, index, tag, printed] = found;
    const ticks = Number(printed);
    const whole = ticks < 0 ? ticks + 2 ** 32 : ticks;
    return [{ type: 'profile-entry', dialect: 'tflm-csv', index: Number(index), tag, ticks: whole }];
  };
  return { id: 'tflm-csv', feed };
}
