import type { AppPartition } from '../buildFiles/partitions/appPartition';
import type { ProposedTarget } from '../buildFiles/proposal';
import type { BudgetChoice } from '../estimate/choice';
import { exactBytesText } from '../text/units';
import type { ChoiceLayer } from './layers';

/** What a model may take, as the last build of its project says. */
interface BuiltLimit {
  /** The file that says so. */
  readonly file: string;
  readonly ramBytes?: number;
  readonly ramSource?: string;
  readonly modelFlashBytes?: number;
  readonly flashSource?: string;
}

/** What is known of a project, and how layers name one of its files. */
interface ProjectSays {
  readonly target?: ProposedTarget;
  readonly partition?: AppPartition;
  readonly addressOf: (file: string) => string;
}

/**
 * What is chosen, above what the last build left, or else the part of flash that the program has: such a limit holds
 * where nobody chose one, nor another board than the project's; that of RAM neither where another memory was chosen for
 * the arena.
 */
export function withBuiltLimit(
  layers: readonly ChoiceLayer[],
  limit: BuiltLimit | undefined,
  { target, partition, addressOf }: ProjectSays,
): readonly ChoiceLayer[] {
  const proposesBoard = target?.values.some(({ key }) => key === 'board') === true;
  const isOther = layers.some(({ values, isProposed }) => isProposed !== true && values.target?.board !== undefined);
  const isKept = layers.some(({ isProposed }) => isProposed === true);
  if (proposesBoard && isOther && !isKept) return layers;
  const isChosen = (key: 'ramBytes' | 'flashBytes'): boolean =>
    layers.some(({ values }) => values.budget?.[key] !== undefined);
  const hasRegion = layers.some(({ values }) => values.target?.settings?.arenaRegion !== undefined);
  const ram = hasRegion || isChosen('ramBytes') ? {} : ramOf(limit);
  const flash = isChosen('flashBytes') ? {} : flashOf(limit, partition);
  const budget = { ...ram, ...flash };
  const file = limit?.file ?? partition?.place.file;
  if (file === undefined || Object.keys(budget).length === 0) return layers;
  return [{ origin: file, file: addressOf(file), values: { budget } }, ...layers];
}

function ramOf(limit: BuiltLimit | undefined): BudgetChoice {
  return limit?.ramBytes === undefined ? {} : { ramBytes: limit.ramBytes, ramSource: limit.ramSource };
}

function flashOf(limit: BuiltLimit | undefined, partition: AppPartition | undefined): BudgetChoice {
  if (limit?.modelFlashBytes !== undefined)
    return { modelFlashBytes: limit.modelFlashBytes, flashSource: limit.flashSource };
  if (partition === undefined) return {};
  const { name, table, bytes } = partition;
  const flashSource = `The partition ${name} of ${table} has ${exactBytesText(bytes)} for the whole program.`;
  return { programFlashBytes: bytes, flashSource };
}
