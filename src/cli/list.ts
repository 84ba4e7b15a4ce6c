import { statSync } from 'node:fs';
import { basename } from 'node:path';
import type { Command } from 'commander';
import { analyse, listingWithCosts } from '../core/analysis/analyse';
import { readModel } from '../core/formats/formats';
import { listingText } from '../core/listing/listingText';
import type { Budget } from '../core/model/budget';
import { budgets, underBudget } from '../core/model/budget';
import { exitCodes } from './exitCodes';
import { modelLines } from './modelsOfFolder';
import { chosenSource, requestFor } from './modelRequest';
import { addTargetOptions } from './targetOptions';
import type { TargetFlags } from './targetOptions';
import { writeOut } from './output';

/**
 * `milliwatt list MODEL`: the listing. Without a board it holds nothing but the model, so that two versions of it can
 * be compared. Of a folder: the models in its files and in the arrays of its sources, one a line.
 * `budget`: what a model may take.
 */
export function addList(program: Command, budget: Budget = budgets.analysis): void {
  const command = program.command('list').description('a model as text, one operator a line').argument('<model>');
  addTargetOptions(command).action((path: string, flags: TargetFlags) => {
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) {
      for (const { text, isFailure } of modelLines(path)) {
        writeOut(`${text}\n`);
        if (isFailure) process.exitCode = exitCodes.failed;
      }
      return;
    }
    writeOut(underBudget(budget, () => listed(path, flags)));
  });
}

function listed(path: string, flags: TargetFlags): string {
  if (flags.board === undefined && flags.runtime === undefined && flags.set === undefined) {
    const source = chosenSource(path, flags);
    const { listing } = analyse({ ...source, path: basename(path), read: readModel(source), target: {} });
    return listingText(listing, undefined);
  }
  const request = requestFor(path, flags);
  const { listing, analysis } = listingWithCosts({ ...request, path: basename(path), read: readModel(request) });
  return listingText(listing, analysis.report);
}
