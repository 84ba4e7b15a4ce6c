import { arenaRows } from './arena';
import { branchRows } from './branches';
import { builtRows } from './built';
import type { CorpusRow } from './corpus';
import { lastBuildRows } from './lastBuild';
import { layoutRows } from './layout';
import { libraryVersionRows } from './libraryVersions';
import { madeRows } from './made';
import { memoryRows } from './memory';
import { partitionRows } from './partitions';
import { resolverRows } from './resolver';
import { runningRows } from './running';
import { valueRows } from './values';

/** Every project of the corpus. */
export const rows: readonly CorpusRow[] = [
  ...arenaRows,
  ...resolverRows,
  ...madeRows,
  ...builtRows,
  ...lastBuildRows,
  ...partitionRows,
  ...libraryVersionRows,
  ...layoutRows,
  ...memoryRows,
  ...runningRows,
  ...branchRows,
  ...valueRows,
];
