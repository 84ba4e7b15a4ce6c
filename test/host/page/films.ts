import type { Page } from 'playwright-core';
import type { PageTests } from '../driver/pageTests';
import { programsFolder } from '../support/programsFolder';
import { layerRows, openFile, runCommand, textInEditor, waitForLine, waitForText, webview } from './workbench';

const sample = 'digits/digits_float.tflite';

/** Over nothing that answers with a tooltip. */
async function restMouse(page: Page): Promise<void> {
  await page.mouse.move(900, 700);
}

/** Types another word in the place of the one at a line and column, both from 1. */
async function typeOver(page: Page, place: string, word: string): Promise<void> {
  await page.keyboard.press('Control+G');
  await page.locator('.quick-input-widget input.input').first().fill(`:${place}`);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+D');
  await page.keyboard.type(word);
  await page.keyboard.press('Escape');
  await restMouse(page);
}

const modelSteps: PageTests = {
  'a model: its layers': async ({ page }) => {
    await openFile(page, sample);
    await waitForText(layerRows(page), /CONV_2D/);
    await layerRows(page).nth(2).click();
    await restMouse(page);
  },
  'its memory': async ({ page }) => {
    await webview(page).locator('mw-panel-tab', { hasText: 'Memory map' }).click();
    await webview(page).locator('.arena svg').waitFor({ state: 'visible', timeout: 10_000 });
    await restMouse(page);
  },
  'what can be done': async ({ page }) => {
    await webview(page).locator('mw-panel-tab', { hasText: 'What can be done' }).click();
    await waitForText(webview(page).locator('.offers tr'), /Prune a quarter/);
    await restMouse(page);
  },
  'its listing': async ({ page }) => {
    await runCommand(page, 'Milliwatt: Open Listing');
    await waitForLine(page, /RAM +flash +(cycles|instr\.) +share/);
    await restMouse(page);
  },
  'where a figure comes from': async ({ page }) => {
    await textInEditor(page, 'CONV_2D').hover();
    await waitForText(page.locator('.monaco-hover:visible'), /MACs/);
  },
};

const kerasSteps: PageTests = {
  'a program that builds a model': async ({ page, folder }) => {
    programsFolder(folder);
    await openFile(page, 'train.py');
    await waitForLine(page, /25x5x64 ·/);
    await runCommand(page, 'View: Toggle Primary Side Bar Visibility');
    await restMouse(page);
  },
  'fewer filters in the first layer': async ({ page }) => {
    await typeOver(page, '9:25', '32');
    await waitForLine(page, /25x5x32 ·/);
  },
  'and in the block behind it': async ({ page }) => {
    await typeOver(page, '11:25', '32');
    await waitForLine(page, /separable.*25x5x32 ·/);
  },
  'what becomes of a layer': async ({ page }) => {
    await textInEditor(page, 'Conv2D').hover();
    await waitForText(page.locator('.monaco-hover:visible'), /converted to/);
  },
};

/** Moving pictures by name: what is brought onto the screen, step by step. */
export const films: ReadonlyMap<string, PageTests> = new Map([
  ['film-model', modelSteps],
  ['film-keras', kerasSteps],
]);
