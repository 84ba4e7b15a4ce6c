import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { analyse } from '../../../src/core/analysis/analyse';
import { planModel } from '../../../src/core/compress/fit/plan';
import { resolveTarget } from '../../../src/core/estimate/resolveTarget';
import { writeTflite } from '../../../src/core/formats/tflite/writer';
import { modelHash } from '../../../src/core/measure/measurement';
import { measurementsText, noMeasurements } from '../../../src/core/measure/measurementsFile';
import { graph, model, operator, tensor } from '../../support/build';
import { xxdSource } from '../../support/sources';
import { digitsNpy } from '../support/digitSamples';
import { firmwareFolder } from '../support/firmwareFolder';
import { commitAll } from '../support/commitAll';
import { programsFolder } from '../support/programsFolder';
import { projectsFolder } from '../support/projectsFolder';
import { eventually } from '../support/eventually';
import { visionModel } from '../support/visionModel';
import type { PageTests } from '../driver/pageTests';
import {
  clickTradeoffPoint,
  codeActions,
  layerRows,
  openFile,
  openListing,
  pickInQuickInput,
  pruneFromPalette,
  quantizeFromListing,
  runCommand,
  textInEditor,
  waitForLine,
  waitForText,
  webview,
} from './workbench';

import { convertScenes } from './convertScenes';
import { monitorScenes } from './monitorScenes';
import { rewriteScenes } from './rewriteScenes';

const sample = 'digits/digits_float.tflite';

/** Leaves the sample's arena too little memory, so that there is a problem to show. */
function breakBudget(folder: string): void {
  const file = path.join(folder, 'milliwatt.json');
  const project = JSON.parse(readFileSync(file, 'utf8')) as { budgets?: object };
  writeFileSync(file, JSON.stringify({ ...project, budgets: { ...project.budgets, ramBytes: 16_384 } }, undefined, 2));
}

/** A measurement of the sample, made up to show where measured figures stand. */
function writeMeasurement(folder: string): void {
  const bytes = readFileSync(path.join(folder, sample));
  const { report } = analyse({ path: sample, bytes, target: { board: 'arduino_nano33ble_sense_rev2' } });
  const layers = report.layers.map(({ operator, cycles = 0 }, index) => ({
    operator,
    cycles: Math.round(cycles * (0.8 + 0.07 * index)),
  }));
  const about = { model: modelHash(bytes), board: 'arduino_nano33ble_sense_rev2', clockHz: 64e6 };
  const measurement = { ...about, layers, recordedAt: '2026-01-02T03:04:05.000Z', source: 'example' };
  mkdirSync(path.join(folder, '.milliwatt'), { recursive: true });
  const text = measurementsText({ ...noMeasurements, measurements: [measurement] });
  writeFileSync(path.join(folder, '.milliwatt', 'measurements.json'), text);
}

/** A network before and behind a plan of its memory. */
function writeVision(folder: string): void {
  const source = visionModel();
  const { target } = resolveTarget({ board: 'arduino_nano33ble_sense_rev2' });
  const plan = planModel(source, target, () => false);
  assert.ok(plan.isPlanned);
  mkdirSync(path.join(folder, 'vision'), { recursive: true });
  writeFileSync(path.join(folder, 'milliwatt.json'), '{ "board": "arduino_nano33ble_sense_rev2" }\n');
  writeFileSync(path.join(folder, 'vision', 'vision.tflite'), writeTflite(source));
  writeFileSync(path.join(folder, 'vision', 'vision.fit.tflite'), writeTflite(plan.model));
}

async function showArena(page: Page, file: string): Promise<void> {
  await openFile(page, file);
  await waitForText(layerRows(page), /CONV_2D/);
  await webview(page).locator('mw-panel-tab', { hasText: 'Memory map' }).click();
  await webview(page).locator('.arena svg').waitFor({ state: 'visible', timeout: 10_000 });
  const heading = webview(page).locator('.arena h2').first();
  await heading.evaluate("(element) => element.scrollIntoView({ block: 'start' })");
  await restMouse(page);
}

/** Digits to calibrate and to fine-tune on, named in `milliwatt.json`. */
function writeDigits(folder: string): void {
  writeFileSync(path.join(folder, 'digits', 'digits.npy'), digitsNpy(400));
  const file = path.join(folder, 'milliwatt.json');
  const project = JSON.parse(readFileSync(file, 'utf8')) as { models: readonly object[] };
  const models = project.models.map((model) => ({ ...model, calibration: 'digits/digits.npy' }));
  writeFileSync(file, JSON.stringify({ ...project, models }, undefined, 2));
}

/** A model that takes longer in int8 than in float: a sum needs two scales brought together, and no weights. */
function writeSum(folder: string): void {
  const [left, right, sum] = ['left', 'right', 'sum'].map((name) => tensor(name, 'float32', [1, 32, 32, 4]));
  const sums = graph([left, right, sum], [operator('ADD', [0, 1], [2])], { inputs: [0, 1], outputs: [2] });
  writeFileSync(path.join(folder, 'sum.tflite'), writeTflite(model(sums)));
}

/** Begins a pruning whose report has a trade-off. */
async function prune(page: Page, folder: string): Promise<void> {
  writeDigits(folder);
  await listing(page);
  await pruneFromPalette(page, 'digits/digits.npy');
}

/** The report of that pruning: fine-tuning takes minutes on a slow machine. */
async function pruned(page: Page): Promise<void> {
  const points = webview(page).locator('table.points tbody tr');
  await points.first().waitFor({ timeout: 300_000 });
  await waitForText(points, /MACs/);
}

/** The listing with its costs: the heads of the columns come with them. */
async function listing(page: Page): Promise<void> {
  await openListing(page, sample);
  await waitForLine(page, /RAM +flash +(cycles|instr\.) +share/);
  await restMouse(page);
}

/** Sources of a firmware with two problems, and what is said beside them. */
async function firmware(page: Page, folder: string): Promise<void> {
  rmSync(path.join(folder, 'digits/firmware'), { recursive: true, force: true });
  firmwareFolder(folder);
  await openFile(page, 'src/main.cpp');
  await waitForLine(page, /needs [\d,]+ of 1,024 bytes/);
}

/** Projects that say what they are built for, in place of the sample's own choice. */
function projects(folder: string): void {
  rmSync(path.join(folder, 'milliwatt.json'));
  projectsFolder(folder);
}

/** Leaves the editor the whole width, for lines that are long with what stands behind them. */
async function widen(page: Page): Promise<void> {
  await runCommand(page, 'View: Toggle Primary Side Bar Visibility');
}

/** Over nothing that answers with a tooltip. */
async function restMouse(page: Page): Promise<void> {
  await page.mouse.move(900, 700);
}

/** Scenes with hints of another extension in programs. */
export const scenesBesideOtherHints: readonly string[] = ['keras-hints'];

/** Things worth a picture: how to bring each onto the screen, from a fresh window on the sample workspace. */
export const scenes: PageTests = {
  ...monitorScenes,
  ...convertScenes,
  ...rewriteScenes,
  listing: ({ page }) => listing(page),
  measured: async ({ page, folder }) => {
    writeMeasurement(folder);
    await listing(page);
    await waitForLine(page, /measured +error/);
  },
  'measured-editor': async ({ page, folder }) => {
    writeMeasurement(folder);
    await openFile(page, sample);
    await waitForText(layerRows(page), /CONV_2D/);
    await webview(page).locator('th.measured').waitFor({ state: 'visible', timeout: 30_000 });
    await restMouse(page);
  },
  problems: async ({ page, folder }) => {
    breakBudget(folder);
    await listing(page);
    await runCommand(page, 'Problems: Focus on Problems View');
    await waitForText(page.locator('.markers-panel'), /arena-over-region/);
  },
  'quick-fix': async ({ page, folder }) => {
    breakBudget(folder);
    await listing(page);
    await runCommand(page, 'Go to Next Problem (Error, Warning, Info)');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+.');
    await page.locator('.action-widget .monaco-list-row').first().waitFor({ state: 'visible', timeout: 10_000 });
  },
  array: async ({ page, folder }) => {
    const text = xxdSource('g_digits_model', readFileSync(path.join(folder, sample)));
    const include = '#include "digits_model.h"\n\nalignas(16) const ';
    writeFileSync(path.join(folder, 'digits/firmware/digits_model.cc'), `${include}${text}`);
    await openFile(page, 'digits/firmware/digits_model.cc');
    await waitForText(page.locator('.codelens-decoration'), /Listing/);
    await waitForLine(page, /bytes · arena/);
    await restMouse(page);
  },
  hover: async ({ page }) => {
    await listing(page);
    await textInEditor(page, 'CONV_2D').hover();
    await waitForText(page.locator('.monaco-hover:visible'), /MACs/);
  },
  keras: async ({ page, folder }) => {
    programsFolder(folder);
    await openFile(page, 'train.py');
    await waitForLine(page, /25x5x64 ·/);
    await widen(page);
    await restMouse(page);
  },
  'keras-hover': async ({ page, folder }) => {
    programsFolder(folder);
    await openFile(page, 'train.py');
    await waitForLine(page, /25x5x64 ·/);
    await textInEditor(page, 'Conv2D').hover();
    await waitForText(page.locator('.monaco-hover:visible'), /converted to/);
  },
  'keras-model-hover': async ({ page, folder }) => {
    programsFolder(folder);
    const program = path.join(folder, 'builder.py');
    const values = '# milliwatt: input_shape=(128, 3); num_classes=6\ndef build_har';
    writeFileSync(program, readFileSync(program, 'utf8').replace('def build_har', values));
    await openFile(page, 'builder.py');
    await waitForLine(page, /124x16 ·/);
    await textInEditor(page, 'build_har').hover();
    await waitForText(page.locator('.monaco-hover:visible'), /conversion/);
  },
  'keras-hints': async ({ page, folder }) => {
    programsFolder(folder);
    await openFile(page, 'train.py');
    await waitForLine(page, /25x5x64 ·/);
    await waitForLine(page, /filters=/);
    await widen(page);
    await restMouse(page);
  },
  'keras-narrow': async ({ page, folder }) => {
    programsFolder(folder);
    await openFile(page, 'train.py');
    await waitForLine(page, /25x5x64 ·/);
    await widen(page);
    await page.setViewportSize({ width: 400, height: 760 });
    await page.mouse.move(200, 700);
  },
  'keras-outline': async ({ page, folder }) => {
    programsFolder(folder);
    await openFile(page, 'train.py');
    await waitForLine(page, /25x5x64 ·/);
    await runCommand(page, 'Explorer: Focus on Outline View');
    await waitForText(page.locator('.outline-pane .monaco-list-row'), /separable_conv2d/);
    await restMouse(page);
  },
  'keras-compare': async ({ page, folder }) => {
    programsFolder(folder);
    commitAll(folder);
    const program = path.join(folder, 'train.py');
    writeFileSync(program, readFileSync(program, 'utf8').replace('Conv2D(64,', 'Conv2D(48,'));
    await openFile(page, 'train.py');
    await waitForLine(page, /25x5x48 ·/);
    await widen(page);
    await page.locator('.codelens-decoration a', { hasText: 'HEAD' }).click();
    await waitForText(page.locator('.monaco-diff-editor .modified .view-line'), /conv2d/);
    await restMouse(page);
  },
  'keras-builder': async ({ page, folder }) => {
    programsFolder(folder);
    await openFile(page, 'builder.py');
    await waitForText(page.locator('.codelens-decoration'), /input_shape = \?/);
    await restMouse(page);
  },
  'keras-notebook': async ({ page, folder }) => {
    programsFolder(folder);
    await openFile(page, 'gestures.ipynb');
    // Cells are editors of their own, outside of what `waitForLine` sees.
    await waitForText(page.locator('.notebook-editor .view-line'), /300 ·/);
    await widen(page);
    await restMouse(page);
  },
  'keras-firmware': async ({ page, folder }) => {
    rmSync(path.join(folder, 'digits/firmware'), { recursive: true, force: true });
    firmwareFolder(folder);
    const program = path.join(folder, 'train.py');
    writeFileSync(program, readFileSync(program, 'utf8').replace('Conv2D(4,', 'Conv2D(32,'));
    await openFile(page, 'train.py');
    await waitForText(page.locator('.codelens-decoration'), /in firmware/);
    await runCommand(page, 'Problems: Focus on Problems View');
    await waitForText(page.locator('.markers-panel'), /firmware-arena-ahead/);
    await restMouse(page);
  },
  firmware: async ({ page, folder }) => {
    await firmware(page, folder);
    await runCommand(page, 'Problems: Focus on Problems View');
    await waitForText(page.locator('.markers-panel'), /firmware-operator-missing/);
    await restMouse(page);
  },
  'firmware-fix': async ({ page, folder }) => {
    await firmware(page, folder);
    await runCommand(page, 'Go to Next Problem (Error, Warning, Info)');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+.');
    await page.locator('.action-widget .monaco-list-row').first().waitFor({ state: 'visible', timeout: 10_000 });
  },
  'firmware-hover': async ({ page, folder }) => {
    await firmware(page, folder);
    await textInEditor(page, 'made').hover();
    await waitForText(page.locator('.monaco-hover:visible'), /The interpreter runs/);
  },
  proposal: async ({ page, folder }) => {
    projects(folder);
    // A model wakes the extension.
    await openFile(page, 'pio/models/digits.tflite');
    await waitForText(layerRows(page), /CONV_2D/);
    await openFile(page, 'pio/platformio.ini');
    await waitForText(page.locator('.codelens-decoration'), /Take into milliwatt\.json/);
    await restMouse(page);
  },
  'proposal-hover': async ({ page, folder }) => {
    projects(folder);
    await openListing(page, 'pio/models/digits.tflite');
    await waitForLine(page, /RAM +flash +(cycles|instr\.) +share/);
    const board = page.locator('.statusbar-item', { hasText: 'Nano 33 BLE' });
    await eventually(async () => {
      // Its place moves while items come in beside it.
      await board.hover({ timeout: 10_000 });
      await page.locator('.monaco-hover:visible', { hasText: 'Take it into' }).waitFor({ timeout: 3000 });
    });
  },
  export: async ({ page, folder }) => {
    projects(folder);
    await openFile(page, 'pio/models/digits.tflite');
    await waitForText(layerRows(page), /CONV_2D/);
    await runCommand(page, 'Milliwatt: Export for Firmware…');
    await waitForText(page.locator('.quick-input-widget .monaco-list-row'), /digits_model\.h/);
    await restMouse(page);
  },
  exported: async ({ page, folder }) => {
    projects(folder);
    await openFile(page, 'pio/models/digits.tflite');
    await waitForText(layerRows(page), /CONV_2D/);
    await runCommand(page, 'Milliwatt: Export for Firmware…');
    await waitForText(page.locator('.quick-input-widget .monaco-list-row'), /digits_model\.h/);
    await page.keyboard.press('Enter');
    await waitForText(page.locator('.codelens-decoration'), /Export again/);
    await restMouse(page);
  },
  'board-picker': async ({ page }) => {
    await openFile(page, sample);
    await runCommand(page, 'Milliwatt: Choose Board');
    await waitForText(page.locator('.quick-input-widget .monaco-list-row'), /Nano 33/);
    await restMouse(page);
  },
  comparison: async ({ page }) => {
    await listing(page);
    await runCommand(page, 'Milliwatt: Compare Costs on Another Board…');
    await pickInQuickInput(page, 'pico 2', 'Raspberry Pi Pico 2');
    await waitForText(page.locator('.monaco-diff-editor .view-line'), /stem/);
    await restMouse(page);
  },
  walkthrough: async ({ page }) => {
    await runCommand(page, 'Milliwatt: Get Started');
    await waitForText(page.locator('.gettingStartedContainer'), /Keep the budget with the project/);
  },
  'model-editor': async ({ page }) => {
    await openFile(page, sample);
    await waitForText(layerRows(page), /CONV_2D/);
    await layerRows(page).nth(2).click();
    await restMouse(page);
  },
  'model-offers': async ({ page }) => {
    await openFile(page, sample);
    await webview(page).locator('mw-panel-tab', { hasText: 'What can be done' }).click();
    await waitForText(webview(page).locator('.offers tr'), /Prune a quarter/);
    await restMouse(page);
  },
  'model-graph': async ({ page }) => {
    await openFile(page, sample);
    await webview(page).locator('mw-panel-tab', { hasText: 'Graph' }).click();
    await webview(page).locator('.graph g.layer').nth(2).click();
    await restMouse(page);
  },
  'memory-map': async ({ page }) => {
    await openFile(page, sample);
    await waitForText(layerRows(page), /CONV_2D/);
    await layerRows(page).nth(2).click();
    await webview(page).locator('mw-panel-tab', { hasText: 'Memory map' }).click();
    await webview(page).locator('.arena svg').waitFor({ state: 'visible', timeout: 10_000 });
    await webview(page).locator('.axis').scrollIntoViewIfNeeded();
  },
  'arena-before': async ({ page, folder }) => {
    writeVision(folder);
    await showArena(page, 'vision/vision.tflite');
  },
  'arena-after': async ({ page, folder }) => {
    writeVision(folder);
    await showArena(page, 'vision/vision.fit.tflite');
  },
  'quantize-actions': async ({ page }) => {
    await listing(page);
    await textInEditor(page, 'CONV_2D').click();
    await eventually(async () => {
      await page.keyboard.press('Escape');
      const rows = await codeActions(page);
      assert.match((await rows.allInnerTexts()).join(), /Quantize to int8: RAM/);
    });
  },
  'quantize-report': async ({ page, folder }) => {
    writeDigits(folder);
    await listing(page);
    await quantizeFromListing(page, 'digits/digits.npy');
    await waitForText(webview(page).locator('table.layers tbody tr'), /dB/);
    await restMouse(page);
  },
  'quantize-report-random': async ({ page }) => {
    await listing(page);
    await quantizeFromListing(page);
    await waitForText(webview(page).locator('table.layers tbody tr'), /dB/);
  },
  'prune-actions': async ({ page }) => {
    await listing(page);
    await textInEditor(page, 'CONV_2D').click();
    await eventually(async () => {
      await page.keyboard.press('Escape');
      const rows = await codeActions(page);
      assert.match((await rows.allInnerTexts()).join(), /Prune \w+: \d+ -> \d+ channels/);
    });
  },
  'prune-work': async ({ page, folder }) => {
    await prune(page, folder);
    await webview(page).locator('#curve-plot canvas').waitFor({ state: 'visible', timeout: 60_000 });
    await webview(page).locator('text=/Fine-tuning … [4-9]\\d %/').waitFor({ timeout: 60_000 });
  },
  'prune-report': async ({ page, folder }) => {
    await prune(page, folder);
    await pruned(page);
    await restMouse(page);
  },
  'make-it-fit': async ({ page, folder }) => {
    writeDigits(folder);
    await listing(page);
    await runCommand(page, 'Milliwatt: Make It Fit…');
    await pickInQuickInput(page, '', 'Until it fits into RAM');
    await page.locator('.quick-input-widget input.input').first().fill('8');
    await page.keyboard.press('Enter');
    await pickInQuickInput(page, '', 'digits/digits.npy');
    await webview(page).locator('table.ladder tbody tr').first().waitFor({ timeout: 300_000 });
    await restMouse(page);
  },
  'costlier-result': async ({ page, folder }) => {
    writeSum(folder);
    await openListing(page, 'sum.tflite');
    await runCommand(page, 'Milliwatt: Quantize…');
    await pickInQuickInput(page, '', 'Random numbers');
    await pickInQuickInput(page, '', 'Quantize with these options');
    await waitForText(page.locator('.monaco-dialog-box'), /costs more than the source/);
    await restMouse(page);
  },
  tradeoff: async ({ page, folder }) => {
    await prune(page, folder);
    await pruned(page);
    await clickTradeoffPoint(page, 0.5);
    await restMouse(page);
  },
  'why-not': async ({ page }) => {
    await listing(page);
    await textInEditor(page, 'FULLY_CONNECTED').click();
    await eventually(async () => {
      await page.keyboard.press('Escape');
      const rows = await codeActions(page);
      await rows
        .filter({ hasText: /Why not prune/ })
        .first()
        .click({ timeout: 2000 });
    });
    await page.locator('.notification-toast, .notification-list-item').first().waitFor({ timeout: 10_000 });
  },
  'run-model': async ({ page }) => {
    await listing(page);
    await runCommand(page, 'Milliwatt: Run Model on a Sample');
    await pickInQuickInput(page, '', 'Random numbers');
    // The seed, for which there are no rows, as it is proposed.
    await page.locator('.quick-input-widget .monaco-list-row').first().waitFor({ state: 'hidden' });
    await page.keyboard.press('Enter');
    await pickInQuickInput(page, '', 'As the target does');
    await waitForLine(page, /Layers, in real numbers/);
    await restMouse(page);
  },
  'quantize-diff': async ({ page }) => {
    await listing(page);
    await quantizeFromListing(page);
    await waitForText(webview(page).locator('table.layers tbody tr'), /dB/);
    await webview(page).locator('mw-button', { hasText: 'Show diff' }).click();
    await page.locator('.monaco-diff-editor').waitFor({ state: 'visible', timeout: 10_000 });
  },
  'workspace-file': async ({ page }) => {
    await openFile(page, 'milliwatt.json');
    await textInEditor(page, '"tflm-cmsis-nn"').click();
    // The language server for JSON may still be starting: it is asked until it answers.
    await eventually(async () => {
      await page.keyboard.press('Escape');
      await page.keyboard.press('Control+Space');
      await page.locator('.suggest-widget', { hasText: 'tflm-reference' }).waitFor({ timeout: 3000 });
    }, 60_000);
  },
};
