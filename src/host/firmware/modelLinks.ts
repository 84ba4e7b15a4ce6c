import * as vscode from 'vscode';
import type { PlacedLink } from '../../core/analysis/placedLinks';
import { fileUriOf, rangeOf } from '../places';
import type { FirmwareFolder } from './firmwareFolder';

/** Links of one model that are shown: a firmware for several boards may hold it often. */
const mostLinks = 2;

/** Where the firmware beside a program holds one of its models, and in what arena: each opens the array. */
export function heldCommands(folders: readonly FirmwareFolder[], model: vscode.Uri): readonly vscode.Command[] {
  const file = fileUriOf(model);
  const folder = folders.find(({ sources }) => sources.placeOf(file) !== undefined);
  const path = folder?.sources.placeOf(file);
  if (folder === undefined || path === undefined) return [];
  return folder.result.links
    .filter(({ program }) => program.path === path && [program.id, program.within].includes(model.fragment))
    .slice(0, mostLinks)
    .map(({ held, text, says, isTooLarge }) => ({
      title: `$(${isTooLarge ? 'warning' : 'chip'}) ${text}`,
      tooltip: says.join('\n'),
      ...opening(folder, held),
    }));
}

function opening(folder: FirmwareFolder, { path, span }: PlacedLink['held']): Omit<vscode.Command, 'title'> {
  const uri = folder.sources.uriOf(path);
  if (span === undefined) return { command: 'milliwatt.openModel', arguments: [uri] };
  return { command: 'vscode.open', arguments: [uri, { selection: rangeOf(span) }] };
}

/** Above an array: the program that built what it holds. */
export function builtLenses(folder: FirmwareFolder, links: readonly PlacedLink[]): readonly vscode.CodeLens[] {
  return links.flatMap(({ program, held: { span }, isSame, isSure, says }) => {
    if (span === undefined) return [];
    const { file, span: made, cell } = program.place ?? { file: program.path };
    const name = file.slice(file.lastIndexOf('/') + 1);
    const line = made === undefined || cell !== undefined ? '' : `:${made.line + 1}`;
    const what = isSame ? 'built by' : `${isSure ? '' : 'perhaps '}another version in`;
    const selection = made === undefined || cell !== undefined ? {} : { selection: rangeOf(made) };
    const at = new vscode.Range(span.line, 0, span.line, 0);
    return new vscode.CodeLens(at, {
      title: `$(file-code) ${what} ${name}${line}`,
      tooltip: says[0],
      command: 'vscode.open',
      arguments: [folder.sources.uriOf(file), selection],
    });
  });
}
