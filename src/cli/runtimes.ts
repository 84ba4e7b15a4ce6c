import type { Command } from 'commander';
import { runtimes } from '../core/runtimes/runtimes';
import { tableText } from './table';
import { writeOut } from './output';

/** `milliwatt runtimes`: the table of interpreters and kernel libraries. */
export function addRuntimes(program: Command): void {
  program
    .command('runtimes')
    .description('the runtimes that are known')
    .option('--json', 'as JSON')
    .action((flags: { readonly json?: boolean }) => {
      if (flags.json) {
        writeOut(`${JSON.stringify(runtimes, undefined, 2)}\n`);
        return;
      }
      const rows = runtimes.map(({ id, name, isas }) => [id, name, isas.join(', ')]);
      writeOut(`${tableText([['id', 'name', 'kernel paths'], ...rows], 3)}\n`);
    });
}
