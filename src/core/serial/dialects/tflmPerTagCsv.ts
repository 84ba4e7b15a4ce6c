import type { FirmwareEvent } from '../events';
import { headedTableParser, unsignedTicks } from '../headedTable';
import type { Dialect } from '../parser';

const header = '"Unique Tag","Total ticks across all events with that tag."';
const total = /"total number of ticks",\s*(-?\d{1,10})/;
const row = /^([^",]{1,120}), (-?\d{1,10})$/;

/** TFLM's `MicroProfiler::LogTicksPerTagCsv`: sums by tag between a header and a total. The sums are `int`s. */
export const tflmPerTagCsv: Dialect = {
  id: 'tflm-per-tag',
  describes: 'MicroProfiler::LogTicksPerTagCsv of TensorFlow Lite Micro: ticks summed by kind of operator',
  create: () => headedTableParser({ id: 'tflm-per-tag', header, read }),
};

function read(line: string): readonly FirmwareEvent[] | undefined {
  const end = total.exec(line);
  if (end !== null) return [{ type: 'profile-end', dialect: 'tflm-per-tag', totalTicks: unsignedTicks(end[1]) }];
  const found = row.exec(line);
  return found === null ? undefined : [{ type: 'profile-tag-sum', tag: found[1], ticks: unsignedTicks(found[2]) }];
}
