import type { Command } from 'commander';
import { boards } from '../core/boards/boards';
import { overheads } from '../core/boards/overheads';
import { bytesText, hertzText } from '../core/text/units';
import { tableText } from './table';
import { writeOut } from './output';

interface Flags {
  readonly json?: boolean;
  readonly overheads?: boolean;
}

/** `milliwatt boards`: the table of boards, or of what operating systems and frameworks take of their memory. */
export function addBoards(program: Command): void {
  program
    .command('boards')
    .description('the boards that are known')
    .option('--json', 'as JSON, with the source of every figure')
    .option('--overheads', 'instead: RAM and flash that operating systems and frameworks take')
    .action((flags: Flags) => {
      if (flags.json) {
        writeOut(`${JSON.stringify(flags.overheads ? overheads : boards, undefined, 2)}\n`);
        return;
      }
      writeOut(`${flags.overheads ? overheadTable() : boardTable()}\n`);
    });
}

function boardTable(): string {
  const rows = boards.map((board) => [
    board.id,
    board.name,
    board.mcu,
    board.core,
    hertzText(board.clockHz.value),
    optionalBytes(board.largestContiguousRamBytes.value),
    optionalBytes((board.applicationFlashBytes ?? board.flashBytes)?.value),
  ]);
  return tableText([['id', 'name', 'mcu', 'core', 'clock', 'largest RAM', 'flash'], ...rows], 4);
}

function overheadTable(): string {
  const rows = overheads.map((overhead) => [
    overhead.id,
    overhead.name,
    overhead.target,
    optionalBytes(overhead.ramBytes),
    optionalBytes(overhead.flashBytes),
  ]);
  return tableText([['id', 'name', 'for', 'RAM', 'flash'], ...rows], 3);
}

function optionalBytes(bytes: number | undefined): string {
  return bytes === undefined ? '-' : bytesText(bytes);
}
