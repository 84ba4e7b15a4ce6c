import { posix } from 'node:path';
import * as vscode from 'vscode';
import type { ExportedFile, WritePlan } from '../../core/export/exportFirmware';
import { exportName, writePlan } from '../../core/export/exportFirmware';
import type { ExportStyle, ProjectFolder } from '../../core/export/exportStyles';
import { exportStyles, projectAmong, projectOfExported } from '../../core/export/exportStyles';
import { HumanError } from '../../core/model/problem';
import { mostBytesOf } from '../../files/limits';
import type { AnalysisWorker } from '../analysis/workerClient';
import { besideOf, bytesOfModel } from '../analysis/modelEntry';
import { modelSourceOf } from '../analysis/modelSources';
import type { BuildTargets } from '../buildTargets';
import type { Choices } from '../choices';
import { bytesOf, fileNameOf, fileUriOf, pathOf, placeOf, textOf } from '../places';
import { readIfThere } from '../reading';
import { changeUri } from '../writing';

/** What an export works with. */
export interface ExportServices {
  readonly worker: AnalysisWorker;
  readonly choices: Choices;
  readonly builds: BuildTargets;
}

/** A project's folder that sources are written into, and how. */
export interface ExportPlace {
  readonly folder: vscode.Uri;
  readonly style: ExportStyle;
}

/** Sources that were exported before. */
export interface ExportedBefore {
  readonly model: vscode.Uri;
  /** Where they lie. */
  readonly folder: vscode.Uri;
  /** Id of their style. */
  readonly style: string;
}

/** What an export would write into a project. */
export interface ExportPlan extends WritePlan {
  readonly name: string;
  readonly place: ExportPlace;
  /** Texts of the files that are there already, by path. */
  readonly present: ReadonlyMap<string, string>;
  /** All files, whether or not they change. */
  readonly files: readonly ExportedFile[];
}

/** The project of a model, as its build files or the folders above it show it; nothing where none does. */
export async function projectOf({ builds }: ExportServices, model: vscode.Uri): Promise<ExportPlace | undefined> {
  const root = vscode.workspace.getWorkspaceFolder(placeOf(model))?.uri;
  if (root === undefined) return undefined;
  const built = await builds.of(model);
  if (built !== undefined) {
    const folder = await projectFolder(vscode.Uri.joinPath(built.root, built.folder));
    const found = projectAmong([folder]);
    if (found !== undefined) return { folder: folder.uri, style: found.style };
  }
  const above: (ProjectFolder & { readonly uri: vscode.Uri })[] = [];
  for (let uri = vscode.Uri.joinPath(fileUriOf(placeOf(model)), '..'); ; uri = vscode.Uri.joinPath(uri, '..')) {
    above.push(await projectFolder(uri));
    if (uri.path.length <= root.path.length) break;
  }
  const found = projectAmong(above);
  return found && { folder: found.folder.uri, style: found.style };
}

/** Where sources were exported to. @throws HumanError where they do not lie as their style has them */
function placeOfExported({ model, folder, style: id }: ExportedBefore): ExportPlace {
  const style = exportStyles.find((each) => each.id === id);
  const path = style && projectOfExported(style, exportName(model.path), folder.path);
  if (style !== undefined && path !== undefined)
    return { folder: folder.with({ path: path === '' ? '/' : path }), style };
  throw new HumanError(
    'export-moved',
    `What was exported for ${fileNameOf(model)} does not lie where its project has it. Export the model anew with "Milliwatt: Export for Firmware".`,
  );
}

/** What exporting a model into a project would write. @throws HumanError where no firmware would run the model */
export async function exportPlan(
  { worker, choices }: ExportServices,
  model: vscode.Uri,
  place: ExportPlace,
): Promise<ExportPlan> {
  const source = modelSourceOf(model);
  const { name: content } = await source.version();
  const { request } = await choices.of(model);
  const way = posix.relative(place.folder.path, fileUriOf(placeOf(model)).path);
  const path = model.fragment === '' ? way : `${way}#${model.fragment}`;
  const job = { content, request, beside: besideOf(model), style: place.style.id, path };
  const files = await worker.export(job, bytesOfModel(source));
  const present = new Map<string, string>();
  for (const file of files) {
    const text = await presentText(vscode.Uri.joinPath(place.folder, file.path));
    if (text !== undefined) present.set(file.path, text);
  }
  const plan = writePlan(files, (file) => present.get(file));
  return { ...plan, name: exportName(path), place, present, files };
}

/** The plan of writing sources again that were exported before. */
export async function planAgain(services: ExportServices, before: ExportedBefore): Promise<ExportPlan> {
  return exportPlan(services, before.model, placeOfExported(before));
}

/** Writes sources again that were exported before, but for what somebody has edited; gives a sentence about that. */
export async function exportAgain(services: ExportServices, before: ExportedBefore): Promise<string | undefined> {
  const plan = await planAgain(services, before);
  await writeExported(plan, plan.writes);
  if (plan.edited.length === 0) return undefined;
  const names = plan.edited.map(({ path }) => path).join(', ');
  return `Edited since they were exported, and left as they are: ${names}. Run "Milliwatt: Export for Firmware" on ${fileNameOf(before.model)}.`;
}

/** Writes files of an export, each whole or not at all, within the folders of the workspace. */
export async function writeExported({ place }: ExportPlan, files: readonly ExportedFile[]): Promise<void> {
  for (const { path, text } of files) {
    await changeUri(vscode.Uri.joinPath(place.folder, path), mostBytesOf.source, () => bytesOf(text));
  }
}

/** What a file is: a change in an editor that is not saved would be lost. */
async function presentText(uri: vscode.Uri): Promise<string | undefined> {
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  if (open?.isDirty === true) {
    throw new HumanError(
      'unsaved-export',
      `${pathOf(uri)} has changes that are not saved. Save or revert it, then export again.`,
    );
  }
  const bytes = await readIfThere(uri, mostBytesOf.source);
  return bytes && textOf(bytes);
}

/** What a folder shows of a project. */
async function projectFolder(uri: vscode.Uri): Promise<ProjectFolder & { readonly uri: vscode.Uri }> {
  const files = [
    ...(await namesIn(uri)),
    ...(await namesIn(vscode.Uri.joinPath(uri, 'main'))).map((name) => `main/${name}`),
  ];
  const isBuilt = files.includes('CMakeLists.txt');
  const cmake = isBuilt ? await readIfThere(vscode.Uri.joinPath(uri, 'CMakeLists.txt'), mostBytesOf.source) : undefined;
  return { uri, files, ...(cmake === undefined ? {} : { cmake: textOf(cmake) }) };
}

async function namesIn(folder: vscode.Uri): Promise<readonly string[]> {
  try {
    return (await vscode.workspace.fs.readDirectory(folder)).map(([name]) => name);
  } catch {
    // Most projects have no folder "main".
    return [];
  }
}
