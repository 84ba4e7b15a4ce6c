import * as vscode from 'vscode';
import type { BoardItem } from './boardItems';
import { boardItems } from './boardItems';
import type { ChoicePlace } from './choiceStore';
import type { DetectedBoards } from './detectedBoards';

/** What the picker shows as chosen, and where a choice may go. */
interface BoardPickerOptions {
  readonly title: string;
  readonly chosen?: string;
  readonly detected: DetectedBoards;
  /** The first is where the choice goes unless the user switches; empty when it is not kept at all. */
  readonly places: readonly ChoicePlace[];
}

interface PickedBoard {
  /** Absent for "no board". */
  readonly board?: string;
  readonly place?: ChoicePlace;
}

interface BoardRow extends vscode.QuickPickItem {
  readonly item: BoardItem;
}

/** Lets the user pick a board: grouped by vendor, searched by name, part and core, with what is plugged in first. */
export async function pickBoard(options: BoardPickerOptions): Promise<PickedBoard | undefined> {
  const { boards } = await import('../../core/boards/boards');
  const rows = boardItems(boards, options.chosen, await options.detected.list()).map(rowOf);
  const picker = vscode.window.createQuickPick<BoardRow>();
  picker.title = options.title;
  picker.placeholder = 'Search by board, microcontroller or core';
  picker.matchOnDescription = true;
  picker.matchOnDetail = true;
  picker.items = rows;
  picker.activeItems = rows
    .filter(({ item }) => item.type === 'board' && item.board !== undefined && item.isChosen)
    .slice(0, 1);
  return showing(picker, options);
}

function showing(
  picker: vscode.QuickPick<BoardRow>,
  { title, places }: BoardPickerOptions,
): Promise<PickedBoard | undefined> {
  let position = 0;
  const showPlace = (): void => {
    const place = places.at(position);
    picker.title = place === undefined ? title : `${title}, kept in ${place}`;
    picker.buttons = places.length < 2 ? [] : [switchButton(places[(position + 1) % places.length])];
  };
  showPlace();
  return new Promise((resolve) => {
    picker.onDidTriggerButton(() => {
      position = (position + 1) % places.length;
      showPlace();
    });
    picker.onDidAccept(() => {
      const item = picker.selectedItems.at(0)?.item;
      resolve(item?.type === 'board' ? { board: item.board, place: places.at(position) } : undefined);
      picker.hide();
    });
    picker.onDidHide(() => {
      resolve(undefined);
      picker.dispose();
    });
    picker.show();
  });
}

function switchButton(next: ChoicePlace): vscode.QuickInputButton {
  return { iconPath: new vscode.ThemeIcon('save-as'), tooltip: `Keep the choice in ${next} instead` };
}

function rowOf(item: BoardItem): BoardRow {
  if (item.type === 'heading') return { label: item.label, kind: vscode.QuickPickItemKind.Separator, item };
  const { label, description, detail, isChosen } = item;
  return { label: isChosen ? `$(check) ${label}` : label, description, detail, item };
}
