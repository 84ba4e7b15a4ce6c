import assert from 'node:assert/strict';
import type { PageTests } from '../driver/pageTests';
import { eventually } from '../support/eventually';
import { dragTo, layerRows, openFile, runCommand, waitForText, webview } from './workbench';

/** The controls of the model editor, in this order in one window. */
export const modelPageTests: PageTests = {
  'tabs change by click and by key, and one alone is shown': async ({ page }) => {
    await openFile(page, 'models/digits.tflite');
    await waitForText(layerRows(page), /features\s+CONV_2D/);
    const tab = (name: string) => webview(page).getByRole('tab', { name });
    await tab('Memory map').click();
    await webview(page).locator('.arena svg').waitFor({ state: 'visible' });
    await webview(page).locator('.table').waitFor({ state: 'hidden' });
    assert.equal(await tab('Memory map').getAttribute('aria-selected'), 'true');
    for (const key of ['ArrowLeft', 'ArrowLeft', 'ArrowLeft', 'Enter']) await page.keyboard.press(key);
    await webview(page).locator('.table').waitFor({ state: 'visible' });
    await webview(page).locator('.arena svg').waitFor({ state: 'hidden' });
  },
  'the filter leaves the layers that match': async ({ page }) => {
    const all = await layerRows(page).count();
    const filter = webview(page).getByRole('textbox', { name: 'Filter layers' });
    await filter.click();
    await page.keyboard.type('softmax');
    await eventually(async () => assert.equal(await layerRows(page).count(), 1));
    await page.keyboard.press('Control+a');
    await page.keyboard.press('Delete');
    await eventually(async () => assert.equal(await layerRows(page).count(), all));
    await runCommand(page, 'View: Close All Editors');
  },
  'a model that is dragged out of the explorer and dropped into the editor area opens in the model editor': async ({
    page,
  }) => {
    await openFile(page, 'models/digits.tflite');
    await waitForText(layerRows(page), /CONV_2D/);
    await runCommand(page, 'View: Close All Editors');
    const row = page.locator('.explorer-folders-view .monaco-list-row', { hasText: 'digits.tflite' }).first();
    await dragTo(page, row, page.locator('.part.editor'));
    await waitForText(layerRows(page), /CONV_2D/);
    await runCommand(page, 'View: Close All Editors');
  },
};
