import * as vscode from 'vscode';
import type { PlacedView } from '../placed/placedView';
import { isPlaceIn } from './programPlaces';

/** Ways to say what a program leaves open: in the program, or in the project file. */
const ways = [
  { where: 'comment', title: 'in a Comment Here' },
  { where: 'entry', title: 'in milliwatt.json' },
] as const;

/** What can be done on a line about what its program leaves open: each value may be given in two places. */
export function openValueActions({ analysis, document, key }: PlacedView, line: number): readonly vscode.CodeAction[] {
  const open = (analysis.program?.openValues ?? []).filter(
    ({ canBeGiven, place }) => canBeGiven && place?.span?.line === line && isPlaceIn(document, key.uri, place),
  );
  return [...new Set(open.map(({ name }) => name))].flatMap((name) =>
    ways.map(({ where, title }) => {
      const action = new vscode.CodeAction(`Give ${name} ${title}…`, vscode.CodeActionKind.QuickFix);
      const command = 'milliwatt.giveOpenValue';
      action.command = {
        title: action.title,
        command,
        arguments: [document.uri, name, undefined, line, where, key.uri],
      };
      return action;
    }),
  );
}
