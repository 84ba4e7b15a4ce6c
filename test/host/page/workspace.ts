import assert from 'node:assert/strict';
import { copyFileSync, existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { PageTests } from '../driver/pageTests';
import { examplesFolder } from '../driver/places';
import { eventually } from '../support/eventually';
import {
  chooseTab,
  openFile,
  openListing,
  pickInQuickInput,
  quantizeFromListing,
  runCommand,
  statusBar,
  textInEditor,
  waitForLine,
  waitForText,
  webview,
  layerRows,
} from './workbench';

/** In this order in one window: later tests find what earlier ones chose. */
export const workspacePageTests: PageTests = {
  'a click on a model opens its table': async ({ page }) => {
    await openFile(page, 'models/digits.tflite');
    const rows = layerRows(page);
    await waitForText(rows, /features\s+CONV_2D\s+2\.30k/);
    assert.equal(await rows.count(), 3);
  },
  'the bars of the table are as long as its figures say': async ({ page }) => {
    const fills = webview(page).locator('td.ramBytes .fill');
    const widths = await Promise.all([0, 1, 2].map(async (row) => (await fills.nth(row).boundingBox())?.width ?? 0));
    // 368, 272 and 32 bytes.
    assert.deepEqual(
      widths.map((width) => Math.round((width / widths[0]) * 100)),
      [100, 74, 9],
    );
  },
  'the table sorts by a click on a heading': async ({ page }) => {
    const table = webview(page).locator('table[aria-label="Layers"]');
    await table.locator('th button', { hasText: 'MACs' }).click();
    await eventually(async () => {
      const names = await table.locator('td.name').allInnerTexts();
      assert.deepEqual(names, ['scores', 'features', 'probabilities']);
    });
  },
  'the table is worked by keys alone': async ({ page }) => {
    const rows = layerRows(page);
    // Tab leads from the last heading to the one row that is in the order of tabs.
    await webview(page).locator('th.cycles button').focus();
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    const selected = webview(page).locator('tr[aria-selected="true"]:focus');
    await waitForText(selected, /features\s+CONV_2D/);
    assert.equal(await rows.locator('xpath=self::tr[@tabindex="0"]').count(), 1);
    await waitForText(webview(page).locator('aside'), /RAM at this step\s+368 bytes/);
    await page.keyboard.press('Enter');
    await waitForLine(page, /features +CONV_2D/);
    await chooseTab(page, 'digits.tflite');
  },
  'the board is picked by typing, and the status bar shows it': async ({ page }) => {
    await runCommand(page, 'Milliwatt: Choose Board');
    await pickInQuickInput(page, 'nano 33 ble sense rev2', 'Arduino Nano 33 BLE Sense Rev2');
    await waitForText(statusBar(page), /Nano 33 BLE Sense Rev2/);
  },
  'the listing shows the cost beside each operator': async ({ page }) => {
    await openListing(page, 'models/digits.tflite');
    await waitForLine(page, /^ *0 +368 .* features +CONV_2D/);
    await waitForLine(page, /^ *2 +32 .* probabilities +SOFTMAX/);
  },
  'the hover explains an operator': async ({ page }) => {
    await textInEditor(page, 'CONV_2D').hover();
    await waitForText(page.locator('.monaco-hover:visible'), /2,304/);
  },
  'Ctrl+. offers the fixes of a problem, and one of them softens it in milliwatt.json': async ({ page, folder }) => {
    await openListing(page, 'models/foreign.tflite');
    await waitForLine(page, /GELU/);
    await textInEditor(page, 'GELU').click();
    const menu = page.locator('.action-widget .monaco-list-row');
    await eventually(async () => {
      await page.keyboard.press('Control+.');
      await menu.first().waitFor({ state: 'visible', timeout: 1500 });
    });
    await waitForText(menu, /Explain "operator-unsupported"/);
    await menu.filter({ hasText: 'Report "operator-unsupported" as warning in milliwatt.json' }).click();
    const file = path.join(folder, 'milliwatt.json');
    await eventually(() => {
      assert.deepEqual(JSON.parse(readFileSync(file, 'utf8')), { rules: { 'operator-unsupported': 'warning' } });
    });
    await waitForText(statusBar(page), /^\s*2\s+1\s*$/);
    rmSync(file);
    await waitForText(statusBar(page), /^\s*3\s+0\s*$/);
  },
  'Ctrl+. on a float listing says what quantizing brings; it writes a file, a comparison and a report': async ({
    page,
    folder,
  }) => {
    const made = path.join(folder, 'models', 'float.int8.tflite');
    copyFileSync(
      path.join(examplesFolder, 'digits', 'digits_float.tflite'),
      path.join(folder, 'models', 'float.tflite'),
    );
    await openListing(page, 'models/float.tflite');
    await waitForLine(page, /CONV_2D/);
    await quantizeFromListing(page);
    await waitForText(webview(page).locator('h1'), /^float\.int8\.tflite$/);
    await waitForText(webview(page).locator('table.costs tbody tr'), /RAM\s+[\d.]+ KB\s+[\d.]+ KB\s+−\d+ %/);
    await waitForText(webview(page).locator('table.layers tbody tr'), /CONV_2D\s[^]*\d dB/);
    await waitForText(page.locator('.tab'), /float\.tflite ↔ float\.int8\.tflite/);
    assert.ok(existsSync(made));
    await webview(page).locator('vscode-button', { hasText: 'Discard' }).click();
    await waitForText(webview(page).locator('header'), /discarded: the file is gone/);
    assert.ok(!existsSync(made));
    rmSync(path.join(folder, 'models', 'float.tflite'));
    await openListing(page, 'models/foreign.tflite');
    await waitForLine(page, /GELU/);
  },
  'typing into a listing changes nothing': async ({ page }) => {
    const before = await waitForLine(page, /GELU/);
    await textInEditor(page, 'GELU').click();
    await page.keyboard.type('x');
    await waitForText(statusBar(page), /generated from foreign\.tflite/);
    await eventually(async () => assert.equal(await waitForLine(page, /GELU/), before));
  },
  'tabs survive a reload of the window': async ({ page }) => {
    // The command, since it waits until the state of the window is stored, as reloading the page does not.
    await runCommand(page, 'Developer: Reload Window');
    await page.waitForEvent('load');
    await waitForLine(page, /^ *1 .* z +GELU/);
    await chooseTab(page, 'digits.tflite');
    await waitForText(layerRows(page), /features\s+CONV_2D/);
  },
};
