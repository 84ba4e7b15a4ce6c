import * as vscode from 'vscode';
import type { Toggle } from '../../core/compress/kind';
import { applyToggle, valueOf } from '../../core/compress/toggles';

/** What is asked: with which options something is to be done. */
interface OptionQuestion<Options> {
  readonly title: string;
  /** The first row, which does it: "Quantize". */
  readonly go: string;
  readonly options: Options;
  readonly toggles: readonly Toggle<Options>[];
}

interface OptionRow<Options> extends vscode.QuickPickItem {
  /** Absent for the row that does it. */
  readonly toggle?: Toggle<Options>;
}

/**
 * Shows the options as rows: Enter on the first accepts them as they are, on another changes that one. Nothing when the
 * user gives up.
 */
export function pickOptions<Options>(question: OptionQuestion<Options>): Promise<Options | undefined> {
  const picker = vscode.window.createQuickPick<OptionRow<Options>>();
  let { options } = question;
  const show = (active: number): void => {
    picker.items = rowsOf(question, options);
    picker.activeItems = [picker.items[active]];
  };
  picker.title = question.title;
  picker.placeholder = 'Enter on an option changes it';
  picker.matchOnDescription = true;
  show(0);
  return new Promise((resolve) => {
    picker.onDidAccept(() => {
      const row = picker.selectedItems.at(0) ?? picker.activeItems.at(0);
      if (row?.toggle === undefined) {
        resolve(row === undefined ? undefined : options);
        picker.hide();
        return;
      }
      options = applyToggle(row.toggle, options);
      picker.value = '';
      show(question.toggles.indexOf(row.toggle) + 2);
    });
    picker.onDidHide(() => {
      resolve(undefined);
      picker.dispose();
    });
    picker.show();
  });
}

function rowsOf<Options>({ go, toggles }: OptionQuestion<Options>, options: Options): readonly OptionRow<Options>[] {
  return [
    { label: `$(play) ${go}`, alwaysShow: true },
    { label: 'Options', kind: vscode.QuickPickItemKind.Separator },
    ...toggles.map((toggle) => {
      const { text, detail } = valueOf(toggle, options);
      return { label: toggle.name, description: text, detail, toggle };
    }),
  ];
}
