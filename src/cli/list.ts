import { basename } from 'node:path';
import type { Command } from 'commander';
import { analyse, listingWithCosts } from '../core/analysis/analyse';
import { listingText } from '../core/listing/listingText';
import { readFile } from './files';
import { measurementsPath, storedMeasurements } from './measurements';
import { addTargetOptions, choiceOf } from './targetOptions';
import type { TargetFlags } from './targetOptions';

/** `milliwatt list MODEL`: the listing. Without a board it holds nothing but the model, so that two versions of it can be compared. */
export function addList(program: Command): void {
  const command = program.command('list').description('a model as text, one operator a line').argument('<model>');
  addTargetOptions(command).action((path: string, flags: TargetFlags) => {
    const request = { path: basename(path), bytes: readFile(path), target: choiceOf(flags) };
    if (flags.board === undefined && flags.runtime === undefined && flags.set === undefined) {
      process.stdout.write(listingText(analyse(request).listing, undefined));
      return;
    }
    const measured = storedMeasurements(measurementsPath(path));
    const { listing, analysis } = listingWithCosts({ ...request, measured });
    process.stdout.write(listingText(listing, analysis.report));
  });
}
