import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { xxdSource } from '../../support/sources';
import { webModel } from '../../support/webModel';
import type { PageTests } from '../driver/pageTests';
import { digitsModel } from '../support/sampleModels';
import { openFile, pickInQuickInput, runCommand, waitForText, webview } from './workbench';

/** A trained file beside firmware that holds its models in arrays, and what it can become. */
async function pick(page: Page, folder: string): Promise<void> {
  const { json, weights } = webModel();
  mkdirSync(path.join(folder, 'firmware'));
  writeFileSync(path.join(folder, 'firmware', 'model_data.c'), xxdSource('g_old', digitsModel()));
  writeFileSync(path.join(folder, 'model.json'), json);
  writeFileSync(path.join(folder, 'weights.bin'), weights);
  await openFile(page, 'model.json');
  await runCommand(page, 'Milliwatt: Convert…');
  await waitForText(page.locator('.quick-input-widget .monaco-list-row'), /C array/);
}

/** A trained file on its way to a model: what is asked, and the proof of what came of it. */
export const convertScenes: PageTests = {
  'convert-pick': async ({ page, folder }) => {
    await pick(page, folder);
    await page.mouse.move(900, 700);
  },
  'convert-report': async ({ page, folder }) => {
    await pick(page, folder);
    await pickInQuickInput(page, 'float32 model', 'float32 model');
    await waitForText(webview(page).locator('body'), /official/i);
    await page.mouse.move(900, 700);
  },
};
