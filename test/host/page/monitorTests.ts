import assert from 'node:assert/strict';
import type { PageTests } from '../driver/pageTests';
import { eventually } from '../support/eventually';
import { startFakeBoard } from '../support/fakeBoard';
import type { FakeBoard } from '../support/fakeBoard';
import { choosePane, connectTo, monitorPage, openMonitor } from './monitor';
import { runCommand, waitForText } from './workbench';

let board: FakeBoard;
const violations: string[] = [];

/** In this order in one window, all on one board. */
export const monitorPageTests: PageTests = {
  'an address is typed, and what the board says appears in its colours': async ({ page }) => {
    page.on('console', (message) => {
      if (message.text().includes('Content Security Policy')) violations.push(message.text());
    });
    board = await startFakeBoard('\x1b[31mred\x1b[0m and plain\r\nready\r\n');
    const monitor = await connectTo(page, board.address);
    await waitForText(monitor.locator('.lines'), /red and plain[^]*ready/);
    assert.equal(await monitor.locator('.lines .fg1').innerText(), 'red');
  },
  'a panel that grows goes on following': async ({ page }) => {
    const monitor = monitorPage(page);
    const follow = monitor.locator('button.toggle', { hasText: 'Follow' });
    board.say(Array.from({ length: 100 }, (_, index) => `early ${index}\n`).join(''));
    await waitForText(monitor.locator('.lines'), /early 99/);
    const heightOf = async (): Promise<number> => (await monitor.locator('.lines').boundingBox())?.height ?? 0;
    const before = await heightOf();
    await runCommand(page, 'View: Toggle Maximized Panel');
    await eventually(async () => assert.ok((await heightOf()) > before));
    await waitForText(monitor.locator('.lines'), /early 99/);
    assert.equal(await follow.getAttribute('aria-pressed'), 'true');
    await runCommand(page, 'View: Toggle Maximized Panel');
    await eventually(async () => assert.equal(await heightOf(), before));
    assert.equal(await follow.getAttribute('aria-pressed'), 'true');
  },
  'a line is sent with Enter, and comes back with the arrow up': async ({ page }) => {
    const input = monitorPage(page).locator('mw-text-field#input');
    await input.click();
    await page.keyboard.type('led on');
    await page.keyboard.press('Enter');
    await eventually(() => assert.equal(board.received(), 'led on\n'));
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await eventually(() => assert.equal(board.received(), 'led on\nled on\n'));
  },
  'a search by regular expression counts and goes to its matches': async ({ page }) => {
    const monitor = monitorPage(page);
    board.say(Array.from({ length: 500 }, (_, index) => `value ${index}\n`).join(''));
    await waitForText(monitor.locator('.lines'), /value 499/);
    await monitor.locator('.lines').click();
    await page.keyboard.press('Control+f');
    await monitor.locator('#find:focus').waitFor();
    await page.keyboard.type('value 1\\d$');
    await monitor.locator('[role="search"] mw-checkbox', { hasText: 'Regular expression' }).click();
    await waitForText(monitor.locator('[role="search"] [role="status"]'), /10 matches/);
    await monitor.locator('#find').click();
    await page.keyboard.press('Enter');
    await waitForText(monitor.locator('[role="search"] [role="status"]'), /\d+ of 10/);
    await waitForText(monitor.locator('.lines .current'), /value 1\d/);
    await page.keyboard.press('Escape');
  },
  'a filter leaves the lines that match': async ({ page }) => {
    const monitor = monitorPage(page);
    await monitor.locator('mw-button', { hasText: 'Filter' }).click();
    await monitor.locator('form[aria-label="Filter"] input[name="pattern"]').fill('value 425');
    await page.keyboard.press('Enter');
    await eventually(async () => assert.equal(await monitor.locator('.lines .row').count(), 1));
    await monitor.locator('mw-button', { hasText: 'Show all' }).click();
    await eventually(async () => assert.ok((await monitor.locator('.lines .row').count()) > 1));
    await monitor.locator('mw-button', { hasText: 'Filter' }).click();
  },
  'a pause stops the view and loses nothing': async ({ page }) => {
    const monitor = monitorPage(page);
    await monitor.locator('button.toggle', { hasText: 'Follow' }).click();
    await monitor.locator('mw-button', { hasText: 'Pause' }).click();
    board.say('while paused\n');
    const resume = monitor.locator('mw-button', { hasText: /Resume: 1 new/ });
    await resume.waitFor();
    assert.doesNotMatch(await monitor.locator('.lines').innerText(), /while paused/);
    await resume.click();
    await monitor.locator('.lines').click();
    await page.keyboard.press('End');
    await waitForText(monitor.locator('.lines'), /while paused/);
  },
  'the hex view shows the bytes, and the arrow keys lead to it': async ({ page }) => {
    const monitor = monitorPage(page);
    await monitor.locator('#pane-text').focus();
    await page.keyboard.press('ArrowRight');
    await waitForText(monitor.locator('.lines.hex'), /[0-9a-f]{8}\s+([0-9a-f]{2} ?){3}/);
    assert.equal(await monitor.locator('#pane-hex').getAttribute('aria-selected'), 'true');
  },
  'values are drawn and stand in a table': async ({ page }) => {
    const monitor = monitorPage(page);
    await choosePane(monitor, 'plot');
    for (let value = 0; value < 20; value += 1) board.say(`>load:${value}§%\n`);
    await waitForText(monitor.locator('.values tbody tr'), /load \(%\)\s+19\s+0\s+19\s+20/);
    await monitor.locator('.chart canvas').waitFor();
  },
  'what the firmware says becomes a card': async ({ page }) => {
    const monitor = monitorPage(page);
    board.say('Failed to resize buffer. Requested: 55504, available 32124, missing: 23380\r\n');
    await choosePane(monitor, 'firmware');
    await waitForText(monitor.locator('article').first(), /Arena too small by 23,380 bytes/);
  },
  'a hidden panel comes back as it was': async ({ page }) => {
    await choosePane(monitorPage(page), 'text');
    await page.locator('.part.panel .global-actions .action-label').last().click();
    await page.locator('.part.panel').waitFor({ state: 'hidden' });
    board.say('said while hidden\n');
    const monitor = await openMonitor(page);
    await monitor.locator('.lines').click();
    await page.keyboard.press('End');
    await waitForText(monitor.locator('.lines'), /said while hidden/);
  },
  'a board that goes away is waited for': async ({ page }) => {
    const monitor = monitorPage(page);
    board.unplug();
    await waitForText(monitor.locator('.port-tab .hidden'), /open/);
    board.say('back again\n');
    await eventually(async () => {
      board.say('back again\n');
      assert.match(await monitor.locator('.lines').innerText(), /back again/);
    });
  },
  'Escape closes a row of controls and goes back to its button': async ({ page }) => {
    const monitor = monitorPage(page);
    const drawer = monitor.locator('form[aria-label="Highlight"]');
    await monitor.locator('#drawer-highlights').click();
    await drawer.locator('input[name="pattern"]').fill('read');
    await page.keyboard.press('Enter');
    await drawer.locator('.rules .mark1').waitFor();
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'detached' });
    await monitor.locator('#drawer-highlights:focus').waitFor({ timeout: 5000 });
  },
  'after a reload of the window the connection is there again, with its rules': async ({ page }) => {
    await runCommand(page, 'Developer: Reload Window');
    await page.waitForEvent('load');
    const monitor = await openMonitor(page);
    await waitForText(monitor.locator('.port-tab .hidden'), /open/);
    await waitForText(monitor.locator('.lines'), /ready/);
    await waitForText(monitor.locator('.lines .mark1').first(), /^read$/);
  },
  'the page keeps to its policy': async () => {
    assert.deepEqual(violations, []);
    await board.close();
  },
};
