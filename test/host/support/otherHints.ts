import * as vscode from 'vscode';

/** What a language server of Python shows in lines: types of variables and of results, names of parameters. */
const hints: readonly { readonly after: RegExp; readonly text: string }[] = [
  { after: /^model(?= = keras\.Sequential)/, text: ': Sequential' },
  { after: /(?:Conv2D|Conv1D)\((?=\d)/, text: 'filters=' },
  { after: /(?:Conv2D|Conv1D)\(\d+, (?=[(\d])/, text: 'kernel_size=' },
  { after: /Dense\((?=\w)/, text: 'units=' },
  { after: /Dropout\((?=\d)/, text: 'rate=' },
  { after: /^NUM_CLASSES(?= =)/, text: ': int' },
];

/** Hints of somebody else in programs of Python, as Pylance has them. */
export function registerOtherHints(): vscode.Disposable {
  return vscode.languages.registerInlayHintsProvider([{ language: 'python' }, { pattern: '**/*.py' }], {
    provideInlayHints: (document, { start, end }) => {
      const lines = Array.from({ length: end.line - start.line + 1 }, (_each, index) => start.line + index);
      return lines.flatMap((line) => hintsIn(document.lineAt(line)));
    },
  });
}

/** As an extension of its own, for pictures. */
export function activate({ subscriptions }: vscode.ExtensionContext): void {
  subscriptions.push(registerOtherHints());
}

function hintsIn({ text, lineNumber }: vscode.TextLine): readonly vscode.InlayHint[] {
  return hints.flatMap(({ after, text: label }) => {
    const found = after.exec(text);
    if (found === null) return [];
    return [new vscode.InlayHint(new vscode.Position(lineNumber, found.index + found[0].length), label)];
  });
}
