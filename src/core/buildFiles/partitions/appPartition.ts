import type { BuildFact, FactOf, FactPlace } from '../facts';
import { factsOf, lastFact } from '../facts';
import { fileNameOf } from '../syntax/paths';
import { knownTable, largestApp, usualTable } from './knownTables';
import type { Partition } from './partition';

/** The part of flash that a program of Espressif's chips must fit into. */
export interface AppPartition {
  readonly name: string;
  readonly bytes: number;
  /** Name or path of its table. */
  readonly table: string;
  /** Where its size is said; of a table that comes with the framework, where that is chosen. */
  readonly place: FactPlace;
  /** The project's own table; else one that comes with the framework, or that it takes by itself. */
  readonly kind: 'own' | 'chosen' | 'usual';
  /** The whole table. */
  readonly partitions: readonly Partition[];
}

interface TableChoice {
  readonly name: string;
  readonly place: FactPlace;
  readonly kind: 'chosen' | 'usual';
}

/**
 * The partition of a project's program, of several for programs the largest: what is larger fits into none. Nothing
 * where it is not known which table counts. `folder`: of the project, in the folder that is looked through.
 */
export function appPartition(facts: readonly BuildFact[], folder: string): AppPartition | undefined {
  const framework = lastFact(facts, 'framework');
  if (framework?.value !== 'arduino' && framework?.value !== 'esp-idf') return undefined;
  const isPlatformio = fileNameOf(framework.place.file) === 'platformio.ini';
  const inFolder = (name: string): string => (folder === '' ? name : `${folder}/${name.replace(/^\.\//, '')}`);
  // Arduino takes the table that lies beside a sketch before every other.
  const beside =
    isPlatformio || framework.value !== 'arduino' ? undefined : ownTable(facts, inFolder('partitions.csv'));
  if (beside !== undefined) return beside;
  const choice = isPlatformio
    ? platformioChoice(facts, framework)
    : framework.value === 'arduino'
      ? arduinoChoice(facts)
      : idfChoice(facts, framework);
  if (choice === undefined) return undefined;
  const known = knownTable(framework.value, choice.name);
  if (known === undefined) return ownTable(facts, inFolder(choice.name));
  const app = largestApp(known);
  if (app === undefined) return undefined;
  const table = choice.name.endsWith('.csv') ? choice.name : `${choice.name}.csv`;
  return { name: app.name, bytes: app.bytes, table, place: choice.place, kind: choice.kind, partitions: known };
}

/** The table in a file of the project. */
function ownTable(facts: readonly BuildFact[], path: string): AppPartition | undefined {
  const own = factsOf(facts, 'partition').filter(({ place }) => place.file === path);
  const partitions = own.map(({ value }) => value);
  const app = largestApp(partitions);
  const place = own.find(({ value }) => value === app)?.place;
  if (app === undefined || place === undefined) return undefined;
  return { name: app.name, bytes: app.bytes, table: path, place, kind: 'own', partitions };
}

/** PlatformIO goes by its own option alone, whatever ESP-IDF's configuration says. */
function platformioChoice(facts: readonly BuildFact[], framework: FactOf<'framework'>): TableChoice | undefined {
  const said = factsOf(facts, 'partitions').filter(({ place }) => place.file === framework.place.file);
  const chosen = said.at(-1);
  if (chosen !== undefined) return { name: chosen.value, place: chosen.place, kind: 'chosen' };
  if (framework.value === 'arduino') return usualChoice(facts);
  // Source: platformio/platform-espressif32@4ed1943 builder/frameworks/espidf.py.
  return { name: 'partitions_singleapp.csv', place: framework.place, kind: 'usual' };
}

function arduinoChoice(facts: readonly BuildFact[]): TableChoice | undefined {
  const chosen = lastFact(facts, 'partitions');
  return chosen === undefined ? usualChoice(facts) : { name: chosen.value, place: chosen.place, kind: 'chosen' };
}

function usualChoice(facts: readonly BuildFact[]): TableChoice | undefined {
  const board = lastFact(facts, 'board');
  const name = board && usualTable(board.value);
  return board === undefined || name === undefined ? undefined : { name, place: board.place, kind: 'usual' };
}

/** Choices of ESP-IDF by the ends of their names. Source: components/partition_table/Kconfig.projbuild. */
const idfChoices: readonly (readonly [option: string, table: string])[] = [
  ['SINGLE_APP', 'partitions_singleapp.csv'],
  ['SINGLE_APP_LARGE', 'partitions_singleapp_large.csv'],
  ['TWO_OTA', 'partitions_two_ota.csv'],
  ['TWO_OTA_LARGE', 'partitions_two_ota_large.csv'],
];

/** What a whole configuration has worked out, else the choice that was made; where none was, a single program. */
function idfChoice(facts: readonly BuildFact[], framework: FactOf<'framework'>): TableChoice {
  const config = (name: string): FactOf<'config'> | undefined =>
    factsOf(facts, 'config')
      .filter(({ value }) => value.name === `CONFIG_PARTITION_TABLE_${name}`)
      .at(-1);
  const whole = config('FILENAME');
  if (whole !== undefined) return { name: whole.value.value, place: whole.place, kind: 'chosen' };
  const custom = config('CUSTOM');
  if (custom?.value.value === 'y') {
    const file = config('CUSTOM_FILENAME');
    return { name: file?.value.value ?? 'partitions.csv', place: (file ?? custom).place, kind: 'chosen' };
  }
  const made = idfChoices.flatMap(([option, name]) => {
    const said = config(option);
    return said?.value.value === 'y' ? [{ name, place: said.place, kind: 'chosen' } as const] : [];
  });
  return made.at(-1) ?? { name: 'partitions_singleapp.csv', place: framework.place, kind: 'usual' };
}
