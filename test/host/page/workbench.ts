import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { eventually } from '../support/eventually';

/** What a person does with VS Code, by keys and mouse, and what they see. */

/** Enough for a window that loads on a busy machine. */
const windowMilliseconds = 60_000;

/** Rows that stay as they are for so long are taken to be the last. */
const settleMilliseconds = 60;

/** More rows than the lists of these tests have. */
const maximumSteps = 60;

/** Runs a command by its title in the palette, `Milliwatt: Choose Board`. */
export async function runCommand(page: Page, title: string): Promise<void> {
  await eventually(async () => {
    await page.keyboard.press('Escape');
    await page.keyboard.press('F1');
    await pickInQuickInput(page, `>${title}`, title);
  }, windowMilliseconds);
}

/** Opens a file of the workspace by its path. */
export async function openFile(page: Page, file: string): Promise<void> {
  const name = file.split('/').at(-1)!;
  await eventually(async () => {
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+P');
    await pickInQuickInput(page, file, exactly(name));
    await page.locator(`.editor-group-container.active .tab.active${ofFile(name)}`).waitFor({ timeout: 5000 });
  }, windowMilliseconds);
}

/** Clicks the tab of a file. */
export async function chooseTab(page: Page, name: string): Promise<void> {
  await page.locator(`.tab${ofFile(name)}`).click();
}

/** A tab's label is cut into pieces, so it is told by its file. */
function ofFile(name: string): string {
  return `[data-resource-name="${name}"]`;
}

/**
 * Types into the open quick input and takes the first row whose label has `row` in it, by keys: rows still come and
 * move while one is clicked, and another one may be under the mouse then.
 */
export async function pickInQuickInput(page: Page, typed: string, row: string | RegExp): Promise<void> {
  const widget = page.locator('.quick-input-widget');
  await widget.locator('input.input').first().fill(typed, { timeout: 5000 });
  const label = widget.locator('.monaco-list-row .quick-input-list-row .label-name', { hasText: row });
  await label.first().waitFor({ timeout: 5000 });
  const focused = widget.locator('.monaco-list-row.focused .label-name', { hasText: row });
  for (let steps = 0; steps < maximumSteps; steps++) {
    await delay(settleMilliseconds);
    if ((await focused.count()) > 0) {
      await delay(settleMilliseconds);
      if ((await focused.count()) === 0) continue;
      await page.keyboard.press('Enter');
      return;
    }
    await page.keyboard.press('ArrowDown');
  }
  const labels = await widget.locator('.monaco-list-row .label-name').allInnerTexts();
  throw new Error(`The keys do not lead to ${row}, but to: ${labels.join(', ')}`);
}

function exactly(text: string): RegExp {
  return new RegExp(`^${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`);
}

/**
 * Tops and texts of the lines in the active editor. As text, because it runs in the page; a line's place is its height
 * on the screen, not its place in the page.
 */
const topsAndTexts = `[...document.querySelectorAll('.editor-group-container.active .editor-instance .view-line')].map((line) => [
  Number.parseFloat(line.style.top), line.textContent])`;

/** The lines that the active text editor shows, with the hints beside the text, blanks as plain blanks. */
export async function visibleLines(page: Page): Promise<readonly string[]> {
  const places = await page.evaluate<readonly (readonly [top: number, text: string])[]>(topsAndTexts);
  return [...places].sort(([a], [b]) => a - b).map(([, text]) => text.replaceAll('\u00a0', ' '));
}

/** Waits until a visible line matches; gives it. */
export function waitForLine(page: Page, pattern: RegExp): Promise<string> {
  return eventually(async () => {
    const lines = await visibleLines(page);
    const found = lines.find((line) => pattern.test(line));
    assert.ok(found !== undefined, `No visible line matches ${pattern}:\n${lines.join('\n')}`);
    return found;
  }, windowMilliseconds);
}

/** The piece of a line that shows exactly this text. */
export function textInEditor(page: Page, text: string): Locator {
  return page.locator('.editor-group-container.active .view-line span span', { hasText: text }).first();
}

/** The document inside the active webview. */
export function webview(page: Page): FrameLocator {
  return page.locator('iframe.webview.ready').last().contentFrame().locator('#active-frame').contentFrame();
}

/** Waits until an element's text matches; gives the text. */
export function waitForText(locator: Locator, pattern: RegExp): Promise<string> {
  return eventually(async () => {
    const texts = await locator.allInnerTexts();
    const found = texts.map((text) => text.replaceAll('\u00a0', ' ')).find((text) => pattern.test(text));
    assert.ok(found !== undefined, `No element shows ${pattern}:\n${texts.join('\n')}`);
    return found;
  }, windowMilliseconds);
}

/** The text of the status bar's items. */
export function statusBar(page: Page): Locator {
  return page.locator('.part.statusbar .statusbar-item');
}

/** Opens a model's listing: its table, then the command that leads to the listing. */
export async function openListing(page: Page, model: string): Promise<void> {
  await openFile(page, model);
  await waitForText(layerRows(page), /\w/);
  await runCommand(page, 'Milliwatt: Open Listing');
}

/** The rows of the table of layers in the active model editor. */
export function layerRows(page: Page): Locator {
  return webview(page).locator('table[aria-label="Layers"] tbody tr');
}

/** Steps of a drag: VS Code looks at where the mouse is a few times a second. */
const dragSteps = 20;

/** Drags a thing by the mouse into the middle of another, as a hand does, and drops it there once that shows it. */
export async function dragTo(page: Page, thing: Locator, place: Locator): Promise<void> {
  const [from, to] = await Promise.all([thing.boundingBox(), place.boundingBox()]);
  assert.ok(from !== null && to !== null, 'What is to be dragged, or where to, is not in view.');
  const begin = { x: from.x + Math.min(60, from.width / 2), y: from.y + from.height / 2 };
  const end = { x: to.x + to.width / 2, y: to.y + to.height / 2 };
  await page.mouse.move(begin.x, begin.y);
  await page.mouse.down();
  for (let step = 1; step <= dragSteps; step++) {
    const share = step / dragSteps;
    await page.mouse.move(begin.x + (end.x - begin.x) * share, begin.y + (end.y - begin.y) * share);
    await delay(settleMilliseconds);
  }
  await page.locator('#monaco-workbench-editor-drop-overlay .editor-group-overlay-indicator').first().waitFor();
  await page.mouse.up();
}

/** Opens the light bulb's menu where the cursor is, and gives its rows. */
export async function codeActions(page: Page): Promise<Locator> {
  const rows = page.locator('.action-widget .monaco-list-row');
  await eventually(async () => {
    await page.keyboard.press('Control+.');
    await rows.first().waitFor({ state: 'visible', timeout: 1500 });
  }, windowMilliseconds);
  return rows;
}

/**
 * Quantizes a model from the menu of the light bulb on its listing, with the usual options and with random numbers or
 * the data whose row says so.
 */
export async function quantizeFromListing(page: Page, data = 'Random numbers'): Promise<void> {
  await textInEditor(page, 'CONV_2D').click();
  await eventually(async () => {
    const rows = await codeActions(page);
    await rows
      .filter({ hasText: /Quantize to int8: RAM/ })
      .first()
      .click({ timeout: 2000 });
  }, windowMilliseconds);
  await pickInQuickInput(page, '', data);
  await pickInQuickInput(page, '', 'Quantize with these options');
}

/**
 * Prunes a model by a third to a goal from the palette, tuned on a file of the workspace that `milliwatt.json` names.
 */
export async function pruneFromPalette(page: Page, data: string): Promise<void> {
  await runCommand(page, 'Milliwatt: Prune');
  await pickInQuickInput(page, '', 'Until it is a part smaller');
  await page.locator('.quick-input-widget input.input').first().fill('40');
  await page.keyboard.press('Enter');
  await pickInQuickInput(page, '', data);
  await pickInQuickInput(page, '', 'Prune with these options');
}

/**
 * Clicks on a point of the trade-off's plot that is not the written one; gives the label of the point that is chosen
 * then.
 */
export async function clickTradeoffPoint(page: Page, row: number): Promise<string> {
  const inside = webview(page);
  const plot = inside.locator('#tradeoff-plot .u-over');
  await plot.scrollIntoViewIfNeeded();
  const box = await plot.boundingBox();
  assert.ok(box !== null, 'There is no plot.');
  const chosen = inside.locator('table.points tr[aria-selected="true"] th');
  const before = await chosen.innerText();
  // Points lie from left, the smallest, to right, the original.
  await plot.click({ position: { x: box.width * row, y: box.height / 2 } });
  return eventually(async () => {
    const label = await chosen.innerText();
    assert.notEqual(label, before);
    return label;
  });
}
