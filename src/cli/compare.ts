import type { Command } from 'commander';
import { compareBoards } from '../core/analysis/compare';
import { compareReasons, compareRows } from '../core/analysis/compareText';
import { boards } from '../core/boards/boards';
import type { Budget } from '../core/model/budget';
import { budgets, underBudget } from '../core/model/budget';
import { HumanError } from '../core/model/problem';
import { listed } from './listed';
import { requestsFor } from './modelRequest';
import { addTargetOptions } from './targetOptions';
import type { TargetFlags } from './targetOptions';
import { tableText } from './table';
import { linesText, writeOut } from './output';

interface Flags extends TargetFlags {
  readonly boards?: string;
  readonly json?: boolean;
}

/**
 * `milliwatt compare MODEL --boards a,b,c`: one model on several boards, what fits first, the fastest first. `budget`:
 * what all boards together may take.
 */
export function addCompare(program: Command, budget: Budget = budgets.analysis): void {
  const command = program.command('compare').description('one model on several boards').argument('<model>');
  addTargetOptions(command)
    .option('--boards <ids>', 'boards, with commas between them (default: all)')
    .option('--json', 'one report a line, in order')
    .action((path: string, flags: Flags) => {
      const ids = flags.boards === undefined ? boards.map(({ id }) => id) : listedBoards(flags.boards);
      const compared = underBudget(budget, () => compareBoards(requestsFor(path, { ...flags, board: undefined }), ids));
      if (flags.json) {
        for (const { report } of compared) writeOut(`${JSON.stringify({ ...report, layers: undefined })}\n`);
        return;
      }
      const reasons = compareReasons(compared);
      writeOut(`${tableText(compareRows(compared), 2)}\n${reasons.length > 0 ? `\n${linesText(reasons)}\n` : ''}`);
    });
}

function listedBoards(text: string): readonly string[] {
  const ids = listed(text);
  if (ids.length > 0) return ids;
  throw new HumanError(
    'usage-boards',
    `--boards "${text}" names no board. Write for instance --boards esp32,raspberry_pi_pico.`,
  );
}
