import type { Command } from 'commander';
import { analyse } from '../core/analysis/analyse';
import type { Analysis } from '../core/analysis/analysis';
import { programReport, type ProgramReport } from '../core/analysis/programReport';
import type { Report } from '../core/estimate/report';
import type { Budget } from '../core/model/budget';
import { budgets, underBudget } from '../core/model/budget';
import { exitCodes } from './exitCodes';
import { isAboutFile } from './files';
import { modelsOf, requestFor } from './modelRequest';
import { reportText } from './reportText';
import { addTargetOptions } from './targetOptions';
import type { TargetFlags } from './targetOptions';
import { writeErrorLine, writeOut } from './output';

interface Flags extends TargetFlags {
  readonly json?: boolean;
  readonly detail?: boolean;
  readonly measured: boolean;
}

interface BoundedFlags extends Flags {
  readonly budget: Budget;
}

/** `milliwatt analyze MODEL…`: the report of each model, in order. `budget`: what each may take. */
export function addAnalyze(program: Command, budget: Budget = budgets.analysis): void {
  const command = program
    .command('analyze')
    .description('RAM, flash, cycles and energy of models, layer by layer')
    .argument('<models...>');
  addTargetOptions(command)
    .option('--json', 'one JSON object a line')
    .option('--no-measured', 'leave out what .milliwatt/measurements.json holds: measurements and calibration')
    .option('--detail', 'with --json: also every buffer of the arena with its offset')
    .action((models: readonly string[], flags: Flags) => {
      for (const path of models) analyzeAll(path, { ...flags, budget });
    });
}

/** The models of a source that holds several, one after the other. */
function analyzeAll(path: string, flags: BoundedFlags): void {
  try {
    for (const model of modelsOf(path, flags)) analyzeOne(model, flags);
  } catch (error) {
    failOne(path, error, flags);
  }
}

function analyzeOne(path: string, flags: BoundedFlags): void {
  try {
    const analysis = underBudget(flags.budget, () => analysisFor(path, flags));
    writeOut(
      flags.json
        ? `${JSON.stringify(forJson(analysis, flags))}\n`
        : `${reportText(analysis.report, analysis.program)}\n`,
    );
  } catch (error) {
    failOne(path, error, flags);
  }
}

function analysisFor(path: string, flags: Flags): Analysis {
  const request = requestFor(path, flags);
  return analyse(flags.measured ? request : { ...request, measured: undefined });
}

function failOne(path: string, error: unknown, flags: Flags): void {
  // A wrong target is wrong for every model: it ends the command, while a model that cannot be read lets the others
  // follow.
  if (!isAboutFile(error)) throw error;
  process.exitCode = exitCodes.failed;
  if (flags.json) writeOut(`${JSON.stringify({ model: { path }, error: error.message })}\n`);
  else writeErrorLine(`${path}: ${error.message}`);
}

function forJson({ report, program }: Analysis, flags: Flags): Report | ProgramReport {
  const shown =
    flags.detail || report.arena === undefined ? report : { ...report, arena: { ...report.arena, detail: undefined } };
  return program === undefined ? shown : programReport(shown, program);
}
