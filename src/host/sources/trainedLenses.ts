import * as vscode from 'vscode';
import type { ProgramWeights } from '../../core/model/program';
import { markdownCode as code } from '../../core/text/markdown';
import { fileUriOf } from '../places';
import { linkTo } from '../targetHover';
import type { LensesOf } from './sourceLenses';

/** Above a program's model: the file that it was trained to, and what can be made of the two. */
export const trainedLenses: LensesOf = ({ uri }, { analysis, head, key }) => {
  const { trained } = analysis.program ?? {};
  if (trained === undefined || uri.path !== key.uri.path) return [];
  const place = new vscode.Range(head.start.line, 0, head.start.line, 0);
  const commands = [fileCommand(trained, key.uri), ...(trained.misfit === undefined ? [convertCommand(key.uri)] : [])];
  return commands.map((command) => new vscode.CodeLens(place, command));
};

function fileCommand(trained: ProgramWeights, model: vscode.Uri): vscode.Command {
  const { file, isWhole, misfit } = trained;
  const name = file.slice(file.lastIndexOf('/') + 1);
  const opened = fileOf(trained, model);
  return {
    title: misfit === undefined ? `$(database) ${name}` : `$(warning) ${name} differs`,
    tooltip: misfit ?? `The weights are those of ${file}.`,
    // Weights alone are nothing to look at.
    ...(isWhole
      ? { command: 'milliwatt.openModel', arguments: [opened] }
      : { command: 'revealInExplorer', arguments: [opened] }),
  };
}

function convertCommand(model: vscode.Uri): vscode.Command {
  const tooltip = 'Make a .tflite or a C array of this model with the weights of its trained file.';
  return { title: '$(arrow-swap) Convert…', tooltip, command: 'milliwatt.convert', arguments: [model] };
}

function fileOf({ file }: ProgramWeights, model: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(fileUriOf(model), '..', file);
}

/** What the hover over a program's model says of its trained file, as Markdown; one of another version is a problem. */
export function trainedHover(trained: ProgramWeights, model: vscode.Uri): string {
  if (trained.misfit !== undefined) return '';
  return `Trained: the weights are those of [${code(trained.file)}](<${linkTo(fileOf(trained, model).toString())}>).`;
}
