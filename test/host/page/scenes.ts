import type { EditorWindow } from '../driver/pageTests';
import { openFile } from './workbench';

/** Something worth a picture: how to bring it onto the screen, from a fresh window on the sample workspace. */
export interface Scene {
  readonly name: string;
  show(window: EditorWindow): Promise<void>;
}

export const scenes: readonly Scene[] = [{ name: 'readme', show: ({ page }) => openFile(page, 'readme.txt') }];
