import type { BuildFileKind } from '../buildFile';
import type { Partition } from '../partitions/partition';
import { damagedSentence } from '../syntax/damage';
import { FactList, TextPlaces } from '../syntax/factList';
import type { PlacedText } from '../syntax/lines';
import { linesOf } from '../syntax/lines';

/** A table with more partitions is none: it has room for 95 in flash. */
const mostPartitions = 95;

/**
 * A table of partitions of ESP-IDF. Other tables have such names, too: what has no partition in its first line that is
 * no comment says nothing. Source: ESP-IDF v5, "Partition Tables", "Creating Custom Tables".
 */
export const partitionTable: BuildFileKind = {
  id: 'partitions.csv',
  names: ['partition*.csv', '*partitions.csv', '*_app.csv', '*_ota.csv', '*MB.csv'],
  isPart: true,
  read: (text, path) => {
    const list = new FactList(new TextPlaces(path, text));
    let isTable = false;
    for (const [index, line] of linesOf(text).entries()) {
      const said = line.text.replace(/^\uFEFF/, '').trim();
      if (said === '' || said.startsWith('#')) continue;
      const partition = partitionOf(said);
      // Half of a table says nothing of which partition is the largest.
      if (partition === undefined || list.facts.length === mostPartitions) {
        return { environments: [{ facts: [] }], problems: isTable ? [damagedSentence(path, index)] : [] };
      }
      isTable = true;
      list.add('partition', partition, trimmed(line));
    }
    return { environments: [{ facts: list.facts }], problems: [] };
  },
};

/** `name, type, subtype, offset, size, flags`. */
function partitionOf(line: string): Partition | undefined {
  const [name, type, subtype, offset, size] = line.split(',').map((part) => part.trim());
  const bytes = (size as string | undefined) === undefined ? undefined : bytesOf(size);
  if (name === '' || name.length > 16 || bytes === undefined || !isType(type)) return undefined;
  if (offset !== '' && bytesOf(offset) === undefined) return undefined;
  const isApp = /^(?:app|0x0?0|0)$/i.test(type);
  // Programs take whole sectors: a number that is half written has none.
  return isApp && bytes % 0x1000 !== 0 ? undefined : { name, isApp, subtype, bytes };
}

function isType(type: string): boolean {
  return /^(?:app|data|bootloader|partition_table|0x[0-9a-f]{1,2}|\d{1,3})$/i.test(type);
}

/** `0x140000`, `1M`, `1500K`, `4096`. */
function bytesOf(size: string): number | undefined {
  const match = /^(0x[0-9a-f]{1,8}|\d{1,10})([KM]?)$/i.exec(size);
  if (match === null) return undefined;
  const unit = new Map([
    ['K', 1024],
    ['M', 1024 * 1024],
  ]).get(match[2].toUpperCase());
  return Number(match[1]) * (unit ?? 1);
}

function trimmed({ text, start, end }: PlacedText): Pick<PlacedText, 'start' | 'end'> {
  return { start: start + text.length - text.trimStart().length, end: end - (text.length - text.trimEnd().length) };
}
