import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { writeTflite } from '../../../src/core/formats/tflite/writer';
import { cellLoop } from '../../compress/tflm/cellLoop';
import type { PageTests } from '../driver/pageTests';
import { eventually } from '../support/eventually';
import { codeActions, openListing, runCommand, textInEditor, waitForLine, waitForText, webview } from './workbench';

const title = /Rewrite for TFLM/;

/** The listing of a recurrent layer that a board answers wrongly to. */
async function gestures(page: Page, folder: string): Promise<void> {
  writeFileSync(path.join(folder, 'gestures.tflite'), writeTflite(cellLoop({ passes: 10, rows: 10 })));
  await openListing(page, 'gestures.tflite');
  await waitForLine(page, /RAM +flash +(cycles|instr\.) +share/);
}

/** The light bulb at that layer, once it is known what rewriting brings. */
async function lightBulb(page: Page): Promise<void> {
  await textInEditor(page, 'WHILE').first().click();
  await eventually(async () => {
    await page.keyboard.press('Escape');
    const rows = await codeActions(page);
    assert.match((await rows.allInnerTexts()).join(), title);
  });
}

/** A model that a board answers wrongly to: the problem, what can be done, and the proof of it. */
export const rewriteScenes: PageTests = {
  'rewrite-problem': async ({ page, folder }) => {
    await gestures(page, folder);
    await runCommand(page, 'Problems: Focus on Problems View');
    await waitForText(page.locator('.markers-panel'), /shape-contradiction/);
  },
  'rewrite-fix': async ({ page, folder }) => {
    await gestures(page, folder);
    await lightBulb(page);
  },
  'rewrite-report': async ({ page, folder }) => {
    await gestures(page, folder);
    await lightBulb(page);
    await page.locator('.action-widget .monaco-list-row').filter({ hasText: title }).first().click();
    await waitForText(webview(page).locator('body'), /decisions/);
    await page.mouse.move(900, 700);
  },
};
