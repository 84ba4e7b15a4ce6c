import { join } from 'node:path';
import { analyse } from '../core/analysis/analyse';
import type { FirmwareChoices } from '../core/analysis/firmware';
import type { FirmwareAnalysis } from '../core/analysis/firmwareIndex';
import type { ReadProgramModel } from '../core/analysis/programModels';
import { programModels, sayingWhy } from '../core/analysis/programModels';
import type { Budget } from '../core/model/budget';
import { underBudget } from '../core/model/budget';
import { FolderSiblings } from '../dataset/folderSiblings';

type FolderModels = FirmwareAnalysis['models'];

interface ProgramChoices {
  readonly choicesOf: (path: string) => FirmwareChoices;
  /** What looking at each program, and at each of its models, may take. */
  readonly work: Budget;
}

/** Whether a program may build a model: most of a folder's do not, and are not read any further. */
export function speaksOfKeras(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes('keras');
}

/** The model of a file that others beside it belong to; `path` is from the folder. */
export function modelOfFiles(folder: string, path: string, bytes: Uint8Array, choices: ProgramChoices): FolderModels {
  const { choicesOf, work } = choices;
  const siblings = new FolderSiblings(join(folder, path), folder);
  return [
    sayingWhy(path, () => ({
      path,
      report: underBudget(work, () => analyse({ ...choicesOf(path), path, bytes, siblings }).report),
    })),
  ];
}

/** What a program of a folder builds. */
interface CheckedProgram {
  /** Of each model that is no part of another one its report, or why it has none. */
  readonly models: FolderModels;
  /** All that could be read, parts too. */
  readonly read: readonly ReadProgramModel[];
}

/** The models that a program of a folder builds; `path` is from the folder. */
export function programOfFolder(
  folder: string,
  path: string,
  bytes: Uint8Array,
  { choicesOf, work }: ProgramChoices,
): CheckedProgram {
  const siblings = new FolderSiblings(join(folder, path), folder);
  const choices = choicesOf(path);
  const all = programModels({ path, bytes, siblings, programChoice: choices.programChoice }, work);
  const models = all.flatMap((each): FolderModels => {
    if ('failure' in each) return [each];
    const { id, within, read } = each;
    if (within !== undefined) return [];
    const model = `${path}#${id}`;
    return [
      sayingWhy(model, () => {
        const { report } = underBudget(work, () => analyse({ ...choices, path: model, bytes, siblings, read }));
        return { path: model, report };
      }),
    ];
  });
  return { models, read: all.filter((each) => 'read' in each) };
}
