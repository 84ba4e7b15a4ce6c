import type { ArenaSection, FirmwareEvent } from '../events';
import { ConstantPrefix } from '../constantPrefix';
import { noEvents } from '../parser';
import type { Dialect, LineParser } from '../parser';

const title = /\[\[ (?:Table|CSV) \]\]: (Arena|Allocations)/;
const configuredPattern = /Configured arena size = (\d{1,10})/;
const patience = 24;
/** A map: names come from the board, and `constructor` is one of them. */
const sections: ReadonlyMap<string, ArenaSection['section']> = new Map([
  ['Total', 'total'],
  ['NonPersistent', 'head'],
  ['Persistent', 'tail'],
]);

/**
 * The tables of TFLM's generic benchmark (`tools/benchmarking/metrics.cc`), with bars or as CSV: `Arena` (bytes by
 * section) and `Allocations` (id, used, requested, count by kind).
 */
export const benchmarkTables: Dialect = {
  id: 'benchmark-tables',
  describes: 'Tables of the generic benchmark of TensorFlow Lite Micro: what the arena is spent on',
  create,
};

function create(): LineParser {
  let table: string | undefined;
  const prefix = new ConstantPrefix();
  let linesLeft = 0;
  const feed = (line: string): readonly FirmwareEvent[] => {
    const found = line.includes(']]: ') ? title.exec(line) : null;
    if (found !== null) {
      prefix.learn(line.slice(0, found.index));
      table = found[1];
      linesLeft = patience;
      return noEvents;
    }
    if (linesLeft === 0) return noEvents;
    linesLeft -= 1;
    if (configuredPattern.test(line)) return noEvents;
    const cells = prefix
      .strip(line)
      .trim()
      .split(/\s*[|,]\s*/);
    const event = table === 'Arena' ? arenaRow(cells) : allocationRow(cells);
    return event === undefined ? noEvents : [event];
  };
  return { id: 'benchmark-tables', feed };
}

/** Title, bytes, share; the title of the whole reads `Total`, the others name their part. */
function arenaRow([name, bytes, ...rest]: readonly string[]): FirmwareEvent | undefined {
  const section = sections.get(name);
  if (section === undefined || rest.length !== 1 || !/^\d{1,10}$/.test(bytes)) return undefined;
  return { type: 'arena-section', section, bytes: Number(bytes) };
}

/** Title, id, used, requested, count, share; rows without anything in them say nothing. */
function allocationRow(cells: readonly string[]): FirmwareEvent | undefined {
  if (cells.length !== 6 || !cells.slice(1, 5).every((cell) => /^\d{1,10}$/.test(cell))) return undefined;
  const [usedBytes, requestedBytes, count] = cells.slice(2, 5).map(Number);
  if (usedBytes === 0 && requestedBytes === 0) return undefined;
  return { type: 'arena-allocation', name: cells[0], usedBytes, requestedBytes, count };
}
