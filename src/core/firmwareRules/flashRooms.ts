import { appPartition } from '../buildFiles/partitions/appPartition';
import { variablesNamed } from '../lastBuild/elfFile';
import type { LastBuild } from '../lastBuild/lastBuild';
import { memoryAt } from '../lastBuild/memories';
import { leftText } from '../lastBuild/regionText';
import { exactBytesText } from '../text/units';
import { staleSentence } from './builtRooms';
import type { FirmwareContext } from './rule';

/** An array of a source that holds a model. */
export interface HeldArray {
  readonly path: string;
  /** Its name, without namespaces. */
  readonly name: string;
}

interface FlashRoom {
  readonly folder: string;
  readonly file: string;
  readonly modelFlashBytes: number;
  readonly flashSource: string;
}

/**
 * For each project whose last build holds one model: what is free of its flash, and what the model had of it, which it
 * is to have. Flash is the partition of the program, where it is divided, else the memory of the model.
 */
export function flashRooms({ buildOf }: FirmwareContext, arrays: readonly HeldArray[]): readonly FlashRoom[] {
  const found = new Map<string, BuiltArray[]>();
  for (const { path, name } of arrays) {
    const { folder, facts, last } = buildOf(path) ?? {};
    const variables = last?.program === undefined ? [] : variablesNamed(last.program, name);
    if (folder === undefined || facts === undefined || last === undefined || variables.length !== 1) continue;
    const built = { ...variables[0], name, folder, facts, last };
    const others = (found.get(folder) ?? []).filter(({ address }) => address !== built.address);
    found.set(folder, [...others, built]);
  }
  return [...found.values()].flatMap((built) => {
    const [only] = built;
    const room = built.length === 1 ? roomOfArray(only) : undefined;
    return room === undefined ? [] : [room];
  });
}

type FoundBuild = NonNullable<ReturnType<FirmwareContext['buildOf']>>;

interface BuiltArray extends Pick<FoundBuild, 'folder' | 'facts'> {
  readonly name: string;
  readonly address: number;
  readonly bytes: number;
  readonly last: LastBuild;
}

function roomOfArray({ name, address, bytes, folder, facts, last }: BuiltArray): FlashRoom | undefined {
  const flash = flashOf(last, { folder, facts, address });
  if (flash === undefined) return undefined;
  const { freeBytes } = flash;
  return {
    folder,
    file: last.file,
    modelFlashBytes: Math.max(0, freeBytes + bytes),
    flashSource: [
      `After the last build (${last.file}) ${flash.name} has ${leftText(freeBytes)} beside the ${exactBytesText(bytes)} of ${name}.`,
      ...staleSentence(last),
    ].join(' '),
  };
}

/** The partition of the program, or the memory that an address lies in, and what is free there. */
function flashOf(
  last: LastBuild,
  { folder, facts, address }: Pick<BuiltArray, 'folder' | 'facts' | 'address'>,
): { readonly name: string; readonly freeBytes: number } | undefined {
  const partition = appPartition(facts, folder);
  if (partition !== undefined) {
    const image = last.image;
    return image && { name: `the partition ${partition.name}`, freeBytes: partition.bytes - image.bytes };
  }
  const region = memoryAt(last.regions, address);
  return region && { name: region.name, freeBytes: region.bytes - region.takenBytes };
}
