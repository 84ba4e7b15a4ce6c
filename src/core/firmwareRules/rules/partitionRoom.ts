import type { BuildFact } from '../../buildFiles/facts';
import { factsOf } from '../../buildFiles/facts';
import type { AppPartition } from '../../buildFiles/partitions/appPartition';
import { appPartition } from '../../buildFiles/partitions/appPartition';
import { largerTable } from '../../buildFiles/partitions/knownTables';
import { variablesNamed } from '../../lastBuild/elfFile';
import type { LastBuild } from '../../lastBuild/lastBuild';
import { exactBytesText } from '../../text/units';
import { modelArrays } from '../arrays';
import { configEdits, replacingFact } from '../buildEdits';
import { staleSentence } from '../builtRooms';
import type { BuildHit, FirmwareContext, FirmwareRule } from '../rule';

/** A program that the partition it is written to has no room for, with the model as it is now. */
export const partitionRoom: FirmwareRule = {
  code: 'build-partition',
  severity: 'error',
  documentation: 'The program is larger than the partition of flash that it is written to.',
  find: (context) =>
    programs(context).flatMap(({ facts, folder, last, grownBytes }): readonly BuildHit[] => {
      const partition = appPartition(facts, folder);
      const { image } = last;
      if (partition === undefined || image === undefined) return [];
      const bytes = image.bytes + grownBytes;
      const missing = bytes - partition.bytes;
      if (missing <= 0) return [];
      const grown = grownBytes === 0 ? '' : `, and models have ${grownText(grownBytes)} since`;
      const larger = largerFor(partition, bytes);
      return [
        {
          place: partition.place,
          message: [
            `The program takes ${image.isLeast ? 'at least ' : ''}${exactBytesText(bytes)} of flash (${last.file}${grown}),`,
            `${exactBytesText(missing)} more than the ${exactBytesText(partition.bytes)} that the partition ${partition.name} of ${partition.table} has.`,
            waysText(partition, missing, larger),
            ...staleSentence(last),
          ].join(' '),
          fixes: larger === undefined ? [] : largerFixes(facts, partition, larger),
        },
      ];
    }),
};

interface Program {
  readonly folder: string;
  readonly facts: readonly BuildFact[];
  readonly last: LastBuild;
  /** What models take more than they did in the last build; less than 0 where they take less. */
  readonly grownBytes: number;
}

function programs(context: FirmwareContext): readonly Program[] {
  const found = new Map<string, Program>();
  const arrays = modelArrays(context);
  for (const { path } of [...context.pairings.map(({ file }) => file), ...arrays.map(({ file }) => file)]) {
    const { folder, facts, last } = context.buildOf(path) ?? {};
    if (folder === undefined || facts === undefined || last === undefined || found.has(folder)) continue;
    const own = arrays.filter(({ file }) => context.buildOf(file.path)?.folder === folder);
    const grownBytes = own.reduce((sum, { variable, model }) => {
      const built = last.program === undefined ? [] : variablesNamed(last.program, variable.name);
      return built.length === 1 ? sum + model.report.model.bytes - built[0].bytes : sum;
    }, 0);
    found.set(folder, { folder, facts, last, grownBytes });
  }
  return [...found.values()];
}

function grownText(bytes: number): string {
  return bytes < 0 ? `${exactBytesText(-bytes)} less` : `${exactBytesText(bytes)} more`;
}

/** Partitions of programs begin and end at multiples of it. Source: ESP-IDF v5, "Partition Tables", "Offset & Size". */
const appAlignment = 0x10000;
/** Subtypes of file systems and the like, which may be smaller; what the framework keeps for itself may not. */
const needed: ReadonlySet<string> = new Set(['nvs', 'nvs_keys', 'phy', 'ota', 'coredump', 'efuse']);

/** What to move or shrink, in bytes. */
function waysText(
  { partitions, bytes: own, kind }: AppPartition,
  missing: number,
  larger: LargerTable | undefined,
): string {
  const wanted = Math.ceil((own + missing) / appAlignment) * appAlignment - own;
  const spare = partitions
    .filter(({ isApp, subtype, bytes }) => !isApp && !needed.has(subtype) && bytes > wanted)
    .map(({ name, bytes }) => `${name} (${exactBytesText(bytes)})`);
  const taken = spare.length === 0 ? [] : [`give it ${exactBytesText(wanted)} of ${spare.join(' or ')}`];
  const table = larger === undefined ? [] : [`choose ${larger.name}, which has ${exactBytesText(larger.appBytes)}`];
  const others =
    kind === 'own' ? [...taken, ...table] : [...table, ...taken.map((way) => `${way} in a table of your own`)];
  const ways = [...others, `make the model or the program ${exactBytesText(missing)} smaller`].join(', or ');
  return `${ways.slice(0, 1).toUpperCase()}${ways.slice(1)}.`;
}

interface LargerTable {
  readonly name: string;
  readonly appBytes: number;
}

/** A table that comes with the framework and has room for so much. */
function largerFor({ table }: AppPartition, bytes: number): LargerTable | undefined {
  if (table !== idfSingle) return largerTable(table, bytes);
  const [name, appBytes] = idfLarge;
  return bytes <= appBytes ? { name, appBytes } : undefined;
}

const idfSingle = 'partitions_singleapp.csv';
const idfLarge = ['partitions_singleapp_large.csv', 1500 * 1024] as const;

/** Only where the table was chosen: else there is no place for the choice. */
function largerFixes(
  facts: readonly BuildFact[],
  { place, kind, table }: AppPartition,
  { name, appBytes }: LargerTable,
): BuildHit['fixes'] {
  if (kind !== 'chosen') return [];
  const title = `Take the table ${name}, whose programs have ${exactBytesText(appBytes)}`;
  if (table !== idfSingle) {
    const isWhole = factsOf(facts, 'partitions').some(({ value }) => value === table);
    return isWhole && place.file.endsWith('platformio.ini')
      ? [{ title, isPreferred: true, edits: [replacingFact(place, name)] }]
      : [];
  }
  const option = 'CONFIG_PARTITION_TABLE_SINGLE_APP';
  const isSaid = (key: string): boolean =>
    factsOf(facts, 'config').some((fact) => fact.value.name === key && fact.place.file === place.file);
  const wanted = new Map([
    [option, 'n'],
    [`${option}_LARGE`, 'y'],
    ...(isSaid('CONFIG_PARTITION_TABLE_FILENAME') ? [['CONFIG_PARTITION_TABLE_FILENAME', `"${name}"`] as const] : []),
  ]);
  return [{ title, isPreferred: true, edits: configEdits(facts, Object.fromEntries(wanted), place) }];
}
