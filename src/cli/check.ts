import { existsSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { Command } from 'commander';
import { Option } from 'commander';
import { analyse } from '../core/analysis/analyse';
import type { AnalysisRequest } from '../core/analysis/analysis';
import type { FirmwareChoices } from '../core/analysis/firmware';
import { withIds } from '../core/estimate/findings';
import type { ProjectRoom } from '../core/firmwareRules/projectRooms';
import type { Finding, Report } from '../core/estimate/report';
import { isFileFix } from '../core/fixes/fix';
import { fixesFor } from '../core/fixes/fixes';
import type { Budget } from '../core/model/budget';
import { budgets, underBudget } from '../core/model/budget';
import type { RecordedArray } from '../core/firmwareRules/rule';
import type { FileFix } from '../core/model/problem';
import { HumanError } from '../core/model/problem';
import { ownProjectFile } from '../core/project/fileNames';
import { mergedChoices, projectLayers } from '../core/project/layers';
import { readProject } from '../core/project/project';
import type { ProjectText } from '../core/project/projectEdit';
import type { CheckedModel } from './checkedModel';
import { githubText, markdownReport } from './checkFormats';
import { earlierReport, folderReport, projectReport } from './checkReports';
import { exitCodes } from './exitCodes';
import { checkRevision } from './gitFile';
import { FolderSiblings } from '../dataset/folderSiblings';
import { replaceFileSync } from '../files/writing';
import { checkFolder, hasErrors, printFolder, printFolderJson } from './checkFolder';
import { readFile, readFoundFile } from './files';
import { findingPlace } from './findingPlace';
import { FolderBuild } from './folderBuild';
import { nearestLayers } from './nearestProject';
import { layerOf } from './targetOptions';
import { kindOfPath, modelPlaceOf, programKinds, resultKind } from '../core/formats/kinds';
import type { ProjectModel } from '../core/project/projectValues';
import { sourceProblems } from './checkSources';
import { storedMeasurements } from './measurements';
import { folderSarifLog, sarifLog } from './sarif';
import { writeLine, writeOut } from './output';

interface Flags {
  readonly config: string;
  readonly sarif?: string;
  readonly json?: true;
  readonly format?: Format;
  readonly since?: string;
  readonly board?: string;
  readonly runtime?: string;
}

/** How findings are printed. */
const formats = ['text', 'json', 'github', 'markdown'] as const;
type Format = (typeof formats)[number];

type Unfixed = Omit<CheckedModel, 'findings'> & { readonly findings: readonly Finding[] };

/** `milliwatt check`: every model of a workspace file against its budgets. `work`: what looking at each may take. */
export function addCheck(program: Command, work: Budget = budgets.analysis): void {
  program
    .command('check')
    .description('budgets and findings of the models of a workspace')
    .argument('[folder]', 'look through this folder instead: its models, and how its firmware uses them')
    .option('--config <file>', 'the workspace file', 'milliwatt.json')
    .option('--sarif <file>', 'also write the findings as SARIF 2.1.0')
    .option('--json', 'the same as --format json')
    .addOption(
      new Option('--format <format>', 'text, json with fixes, annotations of GitHub, or a summary in Markdown').choices(
        formats,
      ),
    )
    .option('--since <revision>', 'with --format markdown: also what changed since this revision of Git')
    .option('--board <id>', 'with a folder: the board, by its id in "milliwatt boards"')
    .option('--runtime <id>', 'with a folder: the runtime, by its id in "milliwatt runtimes"')
    .action((folder: string | undefined, flags: Flags) => {
      const timely = untilLate(work);
      if (folder !== undefined) {
        checkFirmware(folder, flags, timely);
        return;
      }
      const { config, since } = flags;
      const place = dirname(resolve(config));
      if (since !== undefined) checkRevision(since, place);
      const build = new FolderBuild(place);
      const checked = checkProject({ config, since }, build, timely);
      const format = formatOf(flags);
      if (format === 'json') printJson(checked, build);
      else if (format === 'text') printProject(checked, build);
      else writeOut(texts[format](projectReport(checked)));
      if (flags.sarif !== undefined)
        replaceFileSync(flags.sarif, [Buffer.from(`${JSON.stringify(sarifLog(checked), undefined, 2)}\n`)]);
      const failed = checked.some(({ findings }) => findings.some(({ severity }) => severity === 'error'));
      if (failed) process.exitCode = exitCodes.failed;
    });
}

const texts = { github: githubText, markdown: markdownReport };

function formatOf({ format, json }: Flags): Format {
  return format ?? (json === true ? 'json' : 'text');
}

/** A check of hundreds of models ends after minutes; those that it has not come to by then are failures. */
const longestMs = 10 * 60_000;

/** What each model may take, and all of them together. */
function untilLate(work: Budget): Budget {
  const end = performance.now() + longestMs;
  const check = (): void => {
    work.check?.();
    if (performance.now() <= end) return;
    throw new HumanError(
      'over-budget',
      `It was not looked at: the check has taken ${longestMs / 60_000} minutes, which is all it may. Check fewer models at once.`,
    );
  };
  return { ...work, check };
}

/** Without a project file: what a folder holds. A project file there or above still says which board. */
function checkFirmware(folder: string, flags: Flags, work: Budget): void {
  const { board, runtime, sarif, since } = flags;
  if (since !== undefined) checkRevision(since, folder);
  const layers = [...nearestLayers(join(folder, `model${resultKind.written}`)), layerOf({ board, runtime })];
  const build = new FolderBuild(folder);
  const choicesOf = (path: string, rooms: readonly ProjectRoom[]): FirmwareChoices => {
    // What a program leaves open is said for each by itself.
    const chosen =
      kindOfPath(path, programKinds) === undefined
        ? layers
        : [...nearestLayers(join(folder, path)), layerOf({ board, runtime })];
    return mergedChoices(build.layersFor(join(folder, path), chosen, rooms));
  };
  const choices = {
    choicesOf,
    flagsOf: build.flagsOf,
    buildOf: build.buildOf,
    found: (sources: readonly string[]) => build.findLast(sources),
    recorded: recordedIn(folder),
  };
  const checked = checkFolder(folder, choices, work);
  const format = formatOf(flags);
  if (format === 'json') printFolderJson(checked, build);
  else if (format === 'text') {
    for (const line of [...build.lines, ...build.lastLines]) writeLine(line);
    printFolder(checked);
  } else {
    const before = (path: string): Report | undefined =>
      since === undefined
        ? undefined
        : earlierReport(since, folder, { ...choicesOf(modelPlaceOf(path).file, []), path }, work);
    writeOut(texts[format](folderReport(checked, before)));
  }
  if (sarif !== undefined) {
    replaceFileSync(sarif, [Buffer.from(`${JSON.stringify(folderSarifLog(checked), undefined, 2)}\n`)]);
  }
  if (hasErrors(checked)) process.exitCode = exitCodes.failed;
}

/** Which arrays are made from which models, as the folder's own project file says. */
function recordedIn(folder: string): readonly RecordedArray[] {
  const file = join(folder, ownProjectFile);
  if (!existsSync(file)) return [];
  const { models = [] } = readProject(new TextDecoder().decode(readFile(file, 'project'))).project;
  return models.flatMap(({ path, array, sources }) => (array === undefined ? [] : [{ path, array, sources }]));
}

function checkProject(
  { config: file, since }: Pick<Flags, 'config' | 'since'>,
  build: FolderBuild,
  work: Budget,
): readonly CheckedModel[] {
  const text = new TextDecoder().decode(readFile(file, 'project'));
  const reading = readProject(text);
  const { project, problems } = reading;
  if (problems.length > 0) throw new HumanError('usage-config', problems.join(' '));
  if (project.models === undefined || project.models.length === 0) {
    throw new HumanError('usage-config', `${file} names no models. Add them under "models", each with its "path".`);
  }
  const folder = dirname(resolve(file));
  const measured = storedMeasurements(join(folder, '.milliwatt', 'measurements.json'));
  return project.models.map((entry) => {
    const path = addressOf(entry);
    const layers = projectLayers(reading, { origin: ownProjectFile, file, path });
    const choices = mergedChoices(build.layersFor(join(folder, modelPlaceOf(entry.path).file), layers));
    const request = { ...choices, path, measured };
    const checked = checkModel(folder, request, work);
    const before = since === undefined ? undefined : earlierReport(since, folder, request, work);
    const { target, rules } = choices;
    const inSources = withIds(
      isReadable(checked) ? sourceProblems(folder, entry, { target, rules, flagsOf: build.flagsOf, work }) : [],
      [],
    );
    const all = { ...checked, findings: [...checked.findings, ...inSources] };
    return { ...withFixes(all, { file: basename(file), text }), before };
  });
}

function isReadable({ report }: Unfixed): boolean {
  return report !== undefined;
}

/** The path of a model with the array that holds it, where that is a source. */
function addressOf({ path, array }: ProjectModel): string {
  return array === undefined || kindOfPath(path)?.isFirmware !== true ? path : `${path}#${array}`;
}

function checkModel(root: string, request: Omit<AnalysisRequest, 'bytes'>, work: Budget): Unfixed {
  const { path } = request;
  const file = join(root, path);
  try {
    const bytes = readFoundFile(modelPlaceOf(file).file, 'model');
    const siblings = new FolderSiblings(modelPlaceOf(file).file, root);
    const { report } = underBudget(work, () => {
      work.check?.();
      return analyse({ ...request, bytes, siblings });
    });
    return { path, report, findings: report.findings };
  } catch (error) {
    if (!(error instanceof HumanError)) throw error;
    const { code, message } = error;
    return { path, findings: withIds([{ code, severity: 'error', message }], []) };
  }
}

/** What compressions would bring is a command's work, so that none are estimated here. */
function withFixes({ path, report, findings }: Unfixed, project: ProjectText): CheckedModel {
  const fixes = (finding: Finding): readonly FileFix[] =>
    fixesFor({ finding, layers: report?.layers, project, offers: [] }).filter(isFileFix);
  return { path, report, findings: findings.map((finding) => ({ ...finding, fixes: fixes(finding) })) };
}

function printJson(checked: readonly CheckedModel[], { proposed }: FolderBuild): void {
  const models = checked.map(({ path, findings }) => ({ path, findings }));
  writeOut(`${JSON.stringify({ models, proposed }, undefined, 2)}\n`);
}

function printProject(checked: readonly CheckedModel[], { lines }: FolderBuild): void {
  for (const line of lines) writeLine(line);
  for (const model of checked) printModel(model);
}

function printModel({ path, report, findings }: CheckedModel): void {
  for (const { severity, code, message, layer, origin } of findings) {
    const place = layer === undefined ? '' : ` ${report?.layers[layer].name ?? ''}:`;
    const source = origin?.place?.span && ` ${findingPlace(path, origin).text}:`;
    writeLine(`${path}:${source ?? place} ${severity}: ${message} [${code}]`);
  }
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  writeLine(`${path}: ${errors === 0 ? 'ok' : `${errors} ${errors === 1 ? 'error' : 'errors'}`}`);
}
