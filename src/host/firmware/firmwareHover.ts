import * as vscode from 'vscode';
import type { PlacedNote } from '../../core/firmwareRules/firmwareNotes';
import { markdownText } from '../../core/text/markdown';
import type { FirmwareFolder } from './firmwareFolder';

/** Commands that a hover may lead to. */
const enabledCommands = ['milliwatt.openListing', 'milliwatt.openModel'];

/** What is known at a place and how, with ways to the models and to what was put together. */
export function noteHover(note: PlacedNote, folder: FirmwareFolder): vscode.MarkdownString {
  const [first, ...others] = note.says.map(markdownText);
  const text = [`**${first}**`, others.join(' '), linksOf(note, folder)].filter((part) => part !== '').join('\n\n');
  const hover = new vscode.MarkdownString(text);
  hover.isTrusted = { enabledCommands };
  return hover;
}

function linksOf({ models, places }: PlacedNote, folder: FirmwareFolder): string {
  const ofModels = models.flatMap((model) => {
    const uri = folder.modelUri(model);
    const name = markdownText(model.array ?? model.path);
    return [
      `[Listing of ${name}](${commandUri('milliwatt.openListing', uri)})`,
      `[Model editor](${commandUri('milliwatt.openModel', uri)})`,
    ];
  });
  const toPlaces = places.map(({ name, file, span }) => {
    const at = folder.sources.uriOf(file).with({ fragment: `L${span.line + 1},${span.column + 1}` });
    return `[Go to ${name}](${at.toString()})`;
  });
  return [...ofModels, ...toPlaces].join(' | ');
}

function commandUri(command: string, model: vscode.Uri): string {
  return `command:${command}?${encodeURIComponent(JSON.stringify([model]))}`;
}
