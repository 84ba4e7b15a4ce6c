import { existsSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { Command } from 'commander';
import { Option } from 'commander';
import { exportModel } from '../core/analysis/exportModel';
import type { ExportedFile } from '../core/export/exportFirmware';
import { exportName, writePlan } from '../core/export/exportFirmware';
import type { ExportStyle } from '../core/export/exportStyles';
import { exportStyles, styleOfFolder } from '../core/export/exportStyles';
import { modelPlaceOf } from '../core/formats/kinds';
import { HumanError } from '../core/model/problem';
import { mostBytesOf } from '../files/limits';
import { readFileSync } from '../files/reading';
import { makeFolderSync } from '../files/folders';
import { namesIn } from '../files/walking';
import { removeFile, replaceFileSync, unwritable } from '../files/writing';
import { exitCodes } from './exitCodes';
import { requestFor } from './modelRequest';
import { writeErrorLine, writeLine } from './output';
import type { TargetFlags } from './targetOptions';
import { addTargetOptions } from './targetOptions';

interface ExportFlags extends TargetFlags {
  readonly style?: string;
  readonly out?: string;
  readonly force?: boolean;
}

/** `milliwatt export MODEL`: the sources that run a model, in the style of the project that they are written into. */
export function addExport(program: Command): void {
  const command = program
    .command('export')
    .description('sources that run a model: its array, its operators, its arena, its inputs and outputs')
    .argument('<model>');
  addTargetOptions(command)
    .addOption(
      new Option('--style <style>', 'of which framework; that of the project in the folder when absent').choices(
        exportStyles.map(({ id }) => id),
      ),
    )
    .option('--out <dir>', "the project's folder; where the command runs when absent")
    .option('--force', 'write over files that somebody has changed since they were exported')
    .action(exportFile);
}

async function exportFile(path: string, flags: ExportFlags): Promise<void> {
  const folder = resolve(flags.out ?? '.');
  const style = exportStyles.find(({ id }) => id === flags.style) ?? styleOf(folder);
  const files = exportModel(requestFor(path, flags), { style, path: wayTo(folder, path) });
  const { writes, edited } = writePlan(files, (file) => textAt(folder, file));
  if (edited.length > 0 && flags.force !== true) {
    const names = edited.map((file) => file.path).join(', ');
    writeErrorLine(`Changed since they were exported, or of another origin: ${names}. --force writes over them.`);
    process.exitCode = exitCodes.failed;
    return;
  }
  await writeAll(folder, [...writes, ...edited]);
  for (const { path: file } of [...writes, ...edited]) writeLine(`wrote ${join(flags.out ?? '', file)}`);
  if (writes.length + edited.length === 0) writeLine('Everything is as it was exported.');
  else writeLine(style.next(exportName(path)));
}

/** All or none of what is new: half an export builds no firmware. */
async function writeAll(folder: string, files: readonly ExportedFile[]): Promise<void> {
  const made: string[] = [];
  try {
    for (const { path, text } of files) {
      const target = join(folder, path);
      const isNew = !existsSync(target);
      makeFolder(dirname(target), folder);
      replaceFileSync(target, [new TextEncoder().encode(text)]);
      if (isNew) made.push(target);
    }
  } catch (error) {
    for (const path of made) await removeFile(path);
    throw error;
  }
}

/** Entries of a project's folder that are looked at. */
const mostEntries = 10_000;

function styleOf(folder: string): ExportStyle {
  const names = ['', 'main'].flatMap((below) =>
    namesIn(join(folder, below), mostEntries).map((name) => join(below, name)),
  );
  const files = names.map((name) => name.split(sep).join('/'));
  const found = styleOfFolder({ files, cmake: textAt(folder, 'CMakeLists.txt') });
  if (found !== undefined) return found;
  const ids = exportStyles.map(({ id }) => id).join(', ');
  throw new HumanError(
    'usage-style',
    `Nothing in ${folder} says which framework its project is of. Name it with --style: ${ids}.`,
  );
}

/** Within the project: no link of it leads the sources elsewhere. */
function makeFolder(path: string, project: string): void {
  try {
    makeFolderSync(path, [project]);
  } catch (error) {
    throw unwritable(error, path);
  }
}

function textAt(folder: string, name: string): string | undefined {
  const path = join(folder, name);
  if (!existsSync(path)) return undefined;
  return new TextDecoder().decode(readFileSync(path, { name, mostBytes: mostBytesOf.source, within: [folder] }));
}

/** A model's path from a folder; of one on another drive its name. */
function wayTo(folder: string, path: string): string {
  const way = relative(folder, resolve(modelPlaceOf(path).file));
  return isAbsolute(way) ? basename(way) : way.split(sep).join('/');
}
