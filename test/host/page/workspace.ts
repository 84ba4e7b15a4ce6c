import assert from 'node:assert/strict';
import { copyFileSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import type { PageTests } from '../driver/pageTests';
import { examplesFolder } from '../driver/places';
import { digitsNpy } from '../support/digitSamples';
import { eventually } from '../support/eventually';
import {
  chooseTab,
  clickTradeoffPoint,
  codeActions,
  openFile,
  openListing,
  pickInQuickInput,
  pruneFromPalette,
  quantizeFromListing,
  runCommand,
  statusBar,
  textInEditor,
  waitForLine,
  waitForText,
  webview,
  layerRows,
} from './workbench';

/**
 * The sample model of the extension as `models/float.tflite`, which `milliwatt.json` gives few digits for; gone again
 * after `use`.
 */
async function withFloatModel(folder: string, use: (models: string) => Promise<void>): Promise<void> {
  const models = path.join(folder, 'models');
  const project = path.join(folder, 'milliwatt.json');
  copyFileSync(path.join(examplesFolder, 'digits', 'digits_float.tflite'), path.join(models, 'float.tflite'));
  writeFileSync(path.join(folder, 'data', 'few.npy'), digitsNpy(15));
  writeFileSync(project, JSON.stringify({ models: [{ path: 'models/float.tflite', calibration: 'data/few.npy' }] }));
  try {
    await use(models);
  } finally {
    rmSync(project, { force: true });
    for (const name of readdirSync(models)) if (name.startsWith('float.')) rmSync(path.join(models, name));
  }
}

/** The listing of a model, its lines on the screen. */
async function showListing(page: Page, model: string, line: RegExp): Promise<void> {
  await openListing(page, model);
  await waitForLine(page, line);
}

/** The table of `digits.tflite`. */
async function showTable(page: Page): Promise<void> {
  await openFile(page, 'models/digits.tflite');
  await waitForText(layerRows(page), /features\s+CONV_2D/);
}

/** In this order in one window. Each opens what it looks at, so that one that fails does not make others fail. */
export const workspacePageTests: PageTests = {
  'a click on a model opens its table': async ({ page }) => {
    await openFile(page, 'models/digits.tflite');
    const rows = layerRows(page);
    await waitForText(rows, /features\s+CONV_2D\s+2\.30k/);
    assert.equal(await rows.count(), 3);
  },
  'the bars of the table are as long as its figures say': async ({ page }) => {
    await showTable(page);
    const fills = webview(page).locator('td.ramBytes .fill');
    const widths = await Promise.all([0, 1, 2].map(async (row) => (await fills.nth(row).boundingBox())?.width ?? 0));
    // 368, 272 and 32 bytes.
    assert.deepEqual(
      widths.map((width) => Math.round((width / widths[0]) * 100)),
      [100, 74, 9],
    );
  },
  'the table sorts by a click on a heading': async ({ page }) => {
    await showTable(page);
    const table = webview(page).locator('table[aria-label="Layers"]');
    await table.locator('th button', { hasText: 'MACs' }).click();
    await eventually(async () => {
      const names = await table.locator('td.name').allInnerTexts();
      assert.deepEqual(names, ['scores', 'features', 'probabilities']);
    });
  },
  'the table is worked by keys alone': async ({ page }) => {
    await showTable(page);
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
    await showListing(page, 'models/digits.tflite', /features +CONV_2D/);
    await textInEditor(page, 'CONV_2D').hover();
    await waitForText(page.locator('.monaco-hover:visible'), /2,304/);
  },
  'Ctrl+. offers the fixes of a problem, and one of them softens it in milliwatt.json': async ({ page, folder }) => {
    await showListing(page, 'models/foreign.tflite', /GELU/);
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
  'Ctrl+. on a float listing says what quantizing brings; it writes a file, a comparison and a report': ({
    page,
    folder,
  }) =>
    withFloatModel(folder, async (models) => {
      const made = path.join(models, 'float.int8.tflite');
      await showListing(page, 'models/float.tflite', /CONV_2D/);
      await quantizeFromListing(page);
      await waitForText(webview(page).locator('h1'), /^float\.int8\.tflite$/);
      await waitForText(webview(page).locator('table.costs tbody tr'), /RAM\s+[\d.]+ KB\s+[\d.]+ KB\s+−\d+ %/);
      await waitForText(webview(page).locator('table.layers tbody tr'), /CONV_2D\s[^]*\d dB/);
      await waitForText(page.locator('.tab'), /float\.tflite ↔ float\.int8\.tflite/);
      assert.ok(existsSync(made));
      await webview(page).locator('mw-button', { hasText: 'Discard' }).click();
      await waitForText(webview(page).locator('header'), /discarded: the file is gone/);
      assert.ok(!existsSync(made));
    }),
  'Ctrl+. on a convolution says what pruning it brings': ({ page, folder }) =>
    withFloatModel(folder, async () => {
      await showListing(page, 'models/float.tflite', /pointwise4/);
      await textInEditor(page, 'pointwise4').click();
      await eventually(async () => {
        await page.keyboard.press('Escape');
        const rows = (await (await codeActions(page)).allInnerTexts()).join('\n');
        assert.match(rows, /Prune pointwise4: 64 -> 48 channels: /);
      }, 30_000);
      await page.keyboard.press('Escape');
    }),
  'a pruning shows its trade-off, and a click on a point of the plot offers its model': ({ page, folder }) =>
    withFloatModel(folder, async (models) => {
      await showListing(page, 'models/float.tflite', /CONV_2D/);
      await pruneFromPalette(page, 'data/few.npy');
      await waitForText(webview(page).locator('h1'), /^float\.pruned\.tflite$/);
      await waitForText(webview(page).locator('table.points tbody tr'), /fine-tuned, written/);
      const label = await clickTradeoffPoint(page, 0.5);
      await waitForText(webview(page).locator('.take'), new RegExp(`Write the model of “${label}`));
      await webview(page).locator('.take mw-button').click();
      // The report comes after the file: whoever looks at another tab meanwhile stays there.
      await waitForText(webview(page).locator('h1'), /^float\.pruned-2\.tflite$/);
      assert.ok(existsSync(path.join(models, 'float.pruned-2.tflite')));
    }),
  'typing into a listing changes nothing': async ({ page }) => {
    await showListing(page, 'models/foreign.tflite', /GELU/);
    const before = await waitForLine(page, /GELU/);
    await textInEditor(page, 'GELU').click();
    await page.keyboard.type('x');
    await waitForText(statusBar(page), /generated from foreign\.tflite/);
    await eventually(async () => assert.equal(await waitForLine(page, /GELU/), before));
  },
  'tabs survive a reload of the window': async ({ page }) => {
    await showTable(page);
    await showListing(page, 'models/foreign.tflite', /GELU/);
    // The command, since it waits until the state of the window is stored, as reloading the page does not.
    await runCommand(page, 'Developer: Reload Window');
    await page.waitForEvent('load');
    await waitForLine(page, /^ *1 .* z +GELU/);
    await chooseTab(page, 'digits.tflite');
    await waitForText(layerRows(page), /features\s+CONV_2D/);
  },
};
