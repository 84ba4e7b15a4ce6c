import { ConstantPrefix } from './constantPrefix';
import type { FirmwareEvent, ProfileDialect } from './events';
import { noEvents } from './parser';
import type { LineParser } from './parser';

/** So many lines of another kind end the table: a row that only looks like one must not join it. */
const patience = 32;

/** A table whose rows count only after its header. */
interface HeadedTable {
  readonly id: ProfileDialect;
  readonly header: string;
  /** The events of a row, its prefix taken off; `undefined` for a line that is none. */
  readonly read: (line: string) => readonly FirmwareEvent[] | undefined;
}

/** Reads a profile that is printed as a table. Lines may have a prefix, which is learned from the header. */
export function headedTableParser({ id, header, read }: HeadedTable): LineParser {
  const prefix = new ConstantPrefix();
  let linesLeft = 0;
  const feed = (line: string): readonly FirmwareEvent[] => {
    const at = line.indexOf(header);
    if (at >= 0) {
      prefix.learn(line.slice(0, at));
      linesLeft = patience;
      return [{ type: 'profile-start', dialect: id }];
    }
    if (linesLeft === 0) return noEvents;
    linesLeft -= 1;
    const events = read(prefix.strip(line));
    if (events === undefined) return noEvents;
    linesLeft = events.some(({ type }) => type === 'profile-end') ? 0 : patience;
    return events;
  };
  return { id, feed };
}

/** Ticks that are printed as signed 32-bit numbers: above 2^31 they stand there as negative. */
export function unsignedTicks(printed: string): number {
  const value = Number(printed);
  return value < 0 ? value + 2 ** 32 : value;
}
