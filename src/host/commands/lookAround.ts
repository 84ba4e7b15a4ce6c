import * as vscode from 'vscode';
import { modelPattern } from '../../core/formats/kinds';
import { modelEditorType } from '../openModels';
import { pathOf } from '../places';
import { aroundRows } from './aroundRows';
import type { AroundRow } from './aroundRows';
import type { CommandServices } from './services';

/** Models, and sources of firmware, that are shown: a longer list says nothing at a first look. */
const mostShown = 20;

interface FoundSource {
  readonly uri: vscode.Uri;
  readonly says: string;
  readonly problems: number;
  readonly line: number;
}

/** Shows the models, the firmware and the target of the opened folders, and what Milliwatt would do with each. */
export async function lookAround(services: CommandServices): Promise<void> {
  const looking = { location: vscode.ProgressLocation.Window, title: 'Milliwatt looks for models and firmware' };
  const found = await vscode.window.withProgress(looking, async () => ({
    models: await vscode.workspace.findFiles(modelPattern(), '**/node_modules/**', mostShown),
    sources: await sourcesOf(services),
  }));
  const first = found.models.at(0) ?? found.sources.at(0)?.uri;
  const target = first && (await services.builds.of(first))?.target;
  const rows = aroundRows({
    models: found.models.map(pathOf),
    sources: found.sources.map(({ uri, says, problems }) => ({ file: pathOf(uri), says, problems })),
    target: (target?.values ?? []).map(({ key, value }) => `${key} ${value}`),
  });
  const placeHolder = 'What is here, and what picking it does';
  const picked = await vscode.window.showQuickPick(rows, { title: 'Milliwatt: What Is Here', placeHolder });
  if (picked !== undefined) await follow(picked, found, first);
}

async function sourcesOf({ firmwares }: CommandServices): Promise<readonly FoundSource[]> {
  const folders = await Promise.all(
    firmwares.folders.map(async (folder) => {
      const { notes, findings } = await folder.settled();
      const files = [...new Set(notes.map(({ file }) => file))];
      return files.map((file): FoundSource => {
        const note = notes.find((each) => each.file === file)!;
        const problems = findings.filter((each) => each.file === file).length;
        return {
          uri: folder.sources.uriOf(file),
          says: note.hint ?? note.says.join(' '),
          problems,
          line: note.span.line,
        };
      });
    }),
  );
  return folders.flat().slice(0, mostShown);
}

interface Found {
  readonly models: readonly vscode.Uri[];
  readonly sources: readonly FoundSource[];
}

async function follow({ does }: AroundRow, found: Found, first: vscode.Uri | undefined): Promise<void> {
  if (does.kind === 'command') await vscode.commands.executeCommand(`milliwatt.${does.command}`, first);
  else if (does.kind === 'model') {
    await vscode.commands.executeCommand('vscode.openWith', found.models[does.index], modelEditorType);
  } else {
    const { uri, line } = found.sources[does.index];
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document, { selection: new vscode.Range(line, 0, line, 0), preview: false });
  }
}
