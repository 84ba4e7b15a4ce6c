import type { FirmwareRule } from './rule';
import { arenaAlignment, arrayAlignment } from './rules/alignment';
import { allOperators } from './rules/allOperators';
import { arenaTooLarge, arenaTooSmall } from './rules/arenaSize';
import { arenaInPsram, arenaRegion, psramAttribute } from './rules/arenaRegion';
import { arrayAbsent } from './rules/arrayAbsent';
import { builtOtherwise, builtTooLarge } from './rules/builtModel';
import { buildRoom } from './rules/buildRoom';
import { modelRoom } from './rules/modelRoom';
import { partitionRoom } from './rules/partitionRoom';
import { compiledAlike } from './rules/compiledAlike';
import { psramOff, slowClock, slowMemory } from './rules/slowBuild';
import { libraryRelease } from './rules/libraryVersion';
import { slowFlash } from './rules/slowFlash';
import { taskStack } from './rules/taskStack';
import { taskWatchdog } from './rules/taskWatchdog';
import { arrayConstant } from './rules/arrayConstant';
import { elementType } from './rules/elementType';
import { exportStale } from './rules/exportStale';
import { heapAlignment } from './rules/heapArena';
import { floatPrint } from './rules/floatPrint';
import { heapInLoop } from './rules/heapInLoop';
import { inputLength } from './rules/inputLength';
import { labelCount, quantizationLiteral } from './rules/literals';
import { rawPixels } from './rules/rawPixels';
import { resolverMissing } from './rules/resolverMissing';
import { resolverRoom } from './rules/resolverRoom';
import { resolverChained, resolverStatus } from './rules/resolverStatus';
import { resolverUnused } from './rules/resolverUnused';
import { resourceVariables } from './rules/resourceVariables';
import { sharedArena } from './rules/sharedArena';
import { staleArray } from './rules/staleArray';
import { arenaOnStack, interpreterDangles, resolverDangles } from './rules/stack';

/** All rules of firmware. A new one is a file beside these and a line here. */
export const firmwareRules: readonly FirmwareRule[] = [
  arenaTooSmall,
  arenaTooLarge,
  resolverMissing,
  resolverRoom,
  resolverUnused,
  allOperators,
  resolverChained,
  resolverStatus,
  arrayAlignment,
  arenaAlignment,
  arrayConstant,
  arrayAbsent,
  staleArray,
  builtOtherwise,
  builtTooLarge,
  arenaOnStack,
  resolverDangles,
  interpreterDangles,
  heapAlignment,
  arenaInPsram,
  arenaRegion,
  psramAttribute,
  sharedArena,
  resourceVariables,
  elementType,
  rawPixels,
  inputLength,
  quantizationLiteral,
  labelCount,
  exportStale,
  floatPrint,
  heapInLoop,
  buildRoom,
  modelRoom,
  partitionRoom,
  compiledAlike,
  taskStack,
  taskWatchdog,
  libraryRelease,
  slowClock,
  slowFlash,
  psramOff,
  slowMemory,
];
