import type { FirmwareEvent } from '../events';
import { ConstantPrefix } from '../constantPrefix';
import { noEvents } from '../parser';
import type { Dialect, LineParser } from '../parser';

const header = '"Unique Tag","Total ticks across all events with that tag."';
const total = /"total number of ticks",\s*(-?\d{1,10})/;
const row = /^([^",]{1,120}), (-?\d{1,10})$/;
const patience = 32;

/**
 * TFLM's `MicroProfiler::LogTicksPerTagCsv`: sums by tag between a header and a total. Rows count only after a header.
 */
export const tflmPerTagCsv: Dialect = {
  id: 'tflm-per-tag',
  describes: 'MicroProfiler::LogTicksPerTagCsv of TensorFlow Lite Micro: ticks summed by kind of operator',
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
      return [{ type: 'profile-start', dialect: 'tflm-per-tag' }];
    }
    if (linesLeft === 0) return noEvents;
    linesLeft -= 1;
    const end = total.exec(line);
    if (end !== null) {
      linesLeft = 0;
      return [{ type: 'profile-end', dialect: 'tflm-per-tag', totalTicks: parseUnsigned(end[1]) }];
    }
    const found = row.exec(prefix.strip(line));
    if (found === null) return noEvents;
    linesLeft = patience;
    return [{ type: 'profile-tag-sum', tag: found[1], ticks: parseUnsigned(found[2]) }];
  };
  return { id: 'tflm-per-tag', feed };
}

/** The sums are `int`s: above 2^31 they are printed as negative. */
function parseUnsigned(printed: string): number {
  const value = Number(printed);
  return value < 0 ? value + 2 ** 32 : value;
}
