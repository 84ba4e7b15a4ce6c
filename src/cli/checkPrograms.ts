import { join } from 'node:path';
import { analyse } from '../core/analysis/analyse';
import type { FirmwareChoices } from '../core/analysis/firmware';
import type { FirmwareAnalysis } from '../core/analysis/firmwareIndex';
import { modelsOfSource } from '../core/formats/formats';
import type { Budget } from '../core/model/budget';
import { underBudget } from '../core/model/budget';
import { HumanError } from '../core/model/problem';
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

/** The models that a program of a folder builds, but for those that are parts of others; `path` is from the folder. */
export function programModels(folder: string, path: string, bytes: Uint8Array, choices: ProgramChoices): FolderModels {
  const { choicesOf, work } = choices;
  const siblings = new FolderSiblings(join(folder, path), folder);
  const { programChoice } = choicesOf(path);
  const found = underBudget(work, () =>
    sayingWhy(path, () => modelsOfSource({ path, content: bytes, siblings, programChoice })),
  );
  if ('path' in found) return [found];
  return found
    .filter(({ within }) => within === undefined)
    .map(({ id }) => {
      const model = `${path}#${id}`;
      return sayingWhy(model, () => {
        const { report } = underBudget(work, () => {
          work.check?.();
          return analyse({ ...choicesOf(path), path: model, bytes, siblings });
        });
        return { path: model, report };
      });
    });
}

function sayingWhy<Result>(path: string, read: () => Result): Result | FolderModels[number] {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof HumanError)) throw error;
    const { code, message } = error;
    return { path, failure: { code, message } };
  }
}
