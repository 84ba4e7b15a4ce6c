import { variablesNamed } from './elfFile';
import type { LastBuild } from './lastBuild';
import type { LinkedRegion } from './memories';
import { memoryAt } from './memories';

/** What the last build left of the memory that a variable lies in. */
export interface BuiltRoom {
  readonly region: LinkedRegion;
  /** Less than nothing where too much is linked. */
  readonly freeBytes: number;
  /** Of the variable itself, which are not among the free ones; absent where the build has none of its name. */
  readonly variableBytes?: number;
}

/**
 * The memory of a variable, by its name in the sources; where no program says where it lies, or it has no name, the
 * only memory with variables. Nothing where that is not sure.
 */
export function roomOf({ regions, program }: LastBuild, name: string | undefined): BuiltRoom | undefined {
  const found = program === undefined || name === undefined ? [] : variablesNamed(program, name);
  if (found.length > 1) return undefined;
  const [variable] = found;
  const withVariables = regions.filter(({ holdsVariables }) => holdsVariables);
  const only = withVariables.length === 1 ? withVariables[0] : undefined;
  const region = found.length === 0 ? only : memoryAt(regions, variable.address);
  if (region === undefined) return undefined;
  const room = { region, freeBytes: region.bytes - region.takenBytes };
  return found.length === 0 ? room : { ...room, variableBytes: variable.bytes };
}
