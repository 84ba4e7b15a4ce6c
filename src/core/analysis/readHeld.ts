import type { Report } from '../estimate/report';
import type { FirmwareModel } from '../firmwareRules/rule';
import { readModel } from '../formats/formats';
import { resultKind } from '../formats/kinds';
import type { Budget } from '../model/budget';
import { budgets, underBudget } from '../model/budget';
import { HumanError } from '../model/problem';
import { analyse } from './analyse';
import type { AnalysisRequest } from './analysis';
import type { HeldBytes, HeldModel } from './indexedSource';
import { arenasWhereOpen } from './possibleArenas';
import { subjectOf } from './subject';

/** A model of a folder: its report, or the sentence why it has none. */
export interface FolderModel extends HeldModel {
  readonly report?: Report;
  readonly failure?: { readonly code: string; readonly message: string };
}

/** What a model is analysed with. */
export type HeldRequest = Omit<AnalysisRequest, 'bytes' | 'read' | 'siblings'>;

/** Such a model, and what rules look at, where it can be read. */
export interface ReadHeld {
  readonly found: FolderModel;
  readonly usable?: FirmwareModel;
}

/** Where an array stands may change while what it holds does not. */
export function placed(read: ReadHeld, { at }: HeldBytes): ReadHeld {
  return read.usable === undefined ? read : { ...read, usable: { ...read.usable, at } };
}

/** Reads a model of a firmware and analyses it, or says why it cannot be read. */
export function readHeld(held: HeldBytes, asked: HeldRequest, work: Budget = budgets.analysis): ReadHeld {
  const { path, array } = held;
  try {
    return underBudget(work, () => {
      // Of thousands of small models none may come to ask.
      work.check?.();
      return readWithin(held, asked, work);
    });
  } catch (error) {
    if (!(error instanceof HumanError)) throw error;
    return { found: { path, array, failure: { code: error.code, message: error.message } } };
  }
}

function readWithin({ path, array, at, bytes, hash }: HeldBytes, asked: HeldRequest, work: Budget): ReadHeld {
  const read = readModel({ path: `model${resultKind.written}`, bytes });
  const request: AnalysisRequest = { ...asked, bytes, read };
  const { report } = analyse(request);
  const { target } = subjectOf(request);
  const arenas = arenasWhereOpen(request, work);
  return {
    found: { path, array, report },
    usable: { path, array, at, hash, model: read.model, report, target, arenas },
  };
}
