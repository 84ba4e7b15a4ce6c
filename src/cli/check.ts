import { dirname, join, resolve } from 'node:path';
import type { Command } from 'commander';
import { analyse } from '../core/analysis/analyse';
import type { AnalysisRequest } from '../core/analysis/analysis';
import { withIds } from '../core/estimate/findings';
import type { Finding, Report } from '../core/estimate/report';
import { HumanError } from '../core/model/problem';
import { ownProjectFile } from '../core/project/fileNames';
import { mergedChoices, projectLayers } from '../core/project/layers';
import { readProject } from '../core/project/project';
import { exitCodes } from './exitCodes';
import { readFile, writeFile } from './files';
import { storedMeasurements } from './measurements';
import { sarifLog } from './sarif';

interface Flags {
  readonly config: string;
  readonly sarif?: string;
}

/** The findings about one model of a workspace. */
export interface CheckedModel {
  /** Relative to the workspace file. */
  readonly path: string;
  readonly report?: Report;
  readonly findings: readonly Finding[];
}

/** `milliwatt check`: every model of a workspace file against its budgets. */
export function addCheck(program: Command): void {
  program
    .command('check')
    .description('budgets and findings of the models of a workspace')
    .option('--config <file>', 'the workspace file', 'milliwatt.json')
    .option('--sarif <file>', 'also write the findings as SARIF 2.1.0')
    .action((flags: Flags) => {
      const checked = checkProject(flags.config);
      for (const model of checked) printModel(model);
      if (flags.sarif !== undefined) writeFile(flags.sarif, `${JSON.stringify(sarifLog(checked), undefined, 2)}\n`);
      const failed = checked.some(({ findings }) => findings.some(({ severity }) => severity === 'error'));
      if (failed) process.exitCode = exitCodes.failed;
    });
}

function checkProject(file: string): readonly CheckedModel[] {
  const reading = readProject(new TextDecoder().decode(readFile(file)));
  const { project, problems } = reading;
  if (problems.length > 0) throw new HumanError('usage-config', problems.join('\n'));
  if (project.models === undefined || project.models.length === 0) {
    throw new HumanError('usage-config', `${file} names no models. Add them under "models", each with its "path".`);
  }
  const folder = dirname(resolve(file));
  const measured = storedMeasurements(join(folder, '.milliwatt', 'measurements.json'));
  return project.models.map(({ path }) => {
    const layers = projectLayers(reading, { origin: ownProjectFile, file, path });
    return checkModel(join(folder, path), { ...mergedChoices(layers), path, measured });
  });
}

function checkModel(file: string, request: Omit<AnalysisRequest, 'bytes'>): CheckedModel {
  const { path } = request;
  try {
    const { report } = analyse({ ...request, bytes: readFile(file) });
    return { path, report, findings: report.findings };
  } catch (error) {
    if (!(error instanceof HumanError)) throw error;
    const { code, message } = error;
    return { path, findings: withIds([{ code, severity: 'error', message }], []) };
  }
}

function printModel({ path, report, findings }: CheckedModel): void {
  for (const { severity, code, message, layer } of findings) {
    const place = layer === undefined ? '' : ` ${report?.layers[layer].name ?? ''}:`;
    process.stdout.write(`${path}:${place} ${severity}: ${message} [${code}]\n`);
  }
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  process.stdout.write(`${path}: ${errors === 0 ? 'ok' : `${errors} ${errors === 1 ? 'error' : 'errors'}`}\n`);
}
