import type { FirmwareEvent } from '../events';
import { headedTableParser, unsignedTicks } from '../headedTable';
import type { Dialect } from '../parser';

/** `%d,%s,%u`; with CMSIS-NN or on Hexagon the ticks are printed as a signed number. */
const row = /^(\d{1,6}),([^,"]{1,120}),(-?\d{1,10})$/;

/** TFLM's `MicroProfiler::LogCsv`: a header, then a numbered row an event. */
export const tflmCsv: Dialect = {
  id: 'tflm-csv',
  describes: 'MicroProfiler::LogCsv of TensorFlow Lite Micro: numbered ticks of each operator',
  create: () => headedTableParser({ id: 'tflm-csv', header: '"Event","Tag","Ticks"', read }),
};

function read(line: string): readonly FirmwareEvent[] | undefined {
  const found = row.exec(line);
  if (found === null) return undefined;
  const [, index, tag, ticks] = found;
  return [{ type: 'profile-entry', dialect: 'tflm-csv', index: Number(index), tag, ticks: unsignedTicks(ticks) }];
}
