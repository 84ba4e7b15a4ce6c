import { setTimeout as delay } from 'node:timers/promises';
import type { FrameLocator, Page } from 'playwright-core';
import type { PageTests } from '../driver/pageTests';
import { startFakeBoard } from '../support/fakeBoard';
import type { FakeBoard } from '../support/fakeBoard';
import { choosePane, connectTo, openMonitor } from './monitor';
import { runCommand, waitForText } from './workbench';

const boot = [
  '\x1b[32mI (312) boot: ESP-IDF v5.1.2 2nd stage bootloader\x1b[0m',
  '\x1b[33mW (318) spi_flash: Detected size(8192k) larger than the size in the binary image header(4096k)\x1b[0m',
  'Arena used: 21440 of 65536 bytes',
  'Failed to resize buffer. Requested: 55504, available 32124, missing: 23380',
  'AllocateTensors() failed',
  '"Event","Tag","Ticks"',
  '0,CONV_2D,640000',
  '1,DEPTHWISE_CONV_2D,320000',
  '2,SOFTMAX,6400',
].join('\r\n');

/** A board that has booted and then tells two measured values and what it recognised, until the program ends. */
async function talkingBoard(): Promise<FakeBoard> {
  const board = await startFakeBoard(`${boot}\r\n`);
  let step = 0;
  const timer = setInterval(() => {
    step += 1;
    const temperature = (24 + Math.sin(step / 20)).toFixed(3);
    const score = (0.5 + 0.5 * Math.cos(step / 12)).toFixed(3);
    board.say(`>temperature:${temperature}§°C\r\n>score:${score}\r\n`);
    if (step % 3 === 0) {
      board.say(`I (${step * 50}) inference: label=${step % 2 === 0 ? 'yes' : 'no'} latency=30.1 ms\r\n`);
    }
  }, 50);
  timer.unref();
  return board;
}

/**
 * The panel on such a board, in one of its views, after some seconds of data. The picture is taken after that, so the
 * board stays.
 */
function onBoard(show: (monitor: FrameLocator, page: Page) => Promise<void>): PageTests[string] {
  return async ({ page }) => {
    const { address } = await talkingBoard();
    const monitor = await connectTo(page, address);
    // As large as the panel gets: what a view holds is what the picture is about.
    await runCommand(page, 'View: Toggle Maximized Panel');
    await delay(3000);
    await show(monitor, page);
    await delay(500);
  };
}

/** The views of the serial monitor. */
export const monitorScenes: PageTests = {
  'monitor-connect': async ({ page }) => {
    const monitor = await openMonitor(page);
    await monitor.locator('mw-button', { hasText: 'Settings' }).click();
  },
  'monitor-text': onBoard(async (monitor, page) => {
    await monitor.locator('select[aria-label="Times"]').selectOption('absolute');
    await monitor.locator('.lines').click();
    await page.keyboard.press('Control+f');
    await monitor.locator('#find').waitFor();
    await page.keyboard.type('label=yes');
    await waitForText(monitor.locator('[role="search"] [role="status"]'), /match/);
  }),
  'monitor-hex': onBoard((monitor) => choosePane(monitor, 'hex')),
  'monitor-plot': onBoard((monitor) => choosePane(monitor, 'plot')),
  'monitor-firmware': onBoard((monitor) => choosePane(monitor, 'firmware')),
  'monitor-log': onBoard(async (monitor) => {
    await choosePane(monitor, 'log');
    await monitor.locator('mw-button', { hasText: 'Start log' }).first().click();
    await waitForText(monitor.locator('.card').first(), /A log is written/);
  }),
  'monitor-released': onBoard(async (monitor, page) => {
    await runCommand(page, 'Milliwatt: Release Port for Another Program');
    await waitForText(monitor.locator('.saying.released'), /Take it back/);
  }),
};
