import type { FrameLocator, Page } from 'playwright-core';
import { runCommand, waitForText, webview } from './workbench';
import { eventually } from '../support/eventually';

/** What a person does with the serial monitor's panel. */

/** Shows the panel; gives its page. */
export async function openMonitor(page: Page): Promise<FrameLocator> {
  await eventually(async () => {
    await page.keyboard.press('Escape');
    await runCommand(page, 'Milliwatt: Open Serial Monitor');
    await page.locator('.part.panel .composite.title, .part.panel .title').first().waitFor({ timeout: 5000 });
  }, 60_000);
  const monitor = monitorPage(page);
  await monitor.locator('header').waitFor({ timeout: 30_000 });
  return monitor;
}

/** The page of the panel, which is the only webview while no other is open. */
export function monitorPage(page: Page): FrameLocator {
  return webview(page);
}

/** Types an address into the panel and connects. */
export async function connectTo(page: Page, address: string): Promise<FrameLocator> {
  const monitor = await openMonitor(page);
  const plus = monitor.locator('mw-button[aria-label="New connection"]');
  if ((await plus.count()) > 0) await plus.click();
  await monitor.locator('#address').fill(address);
  await monitor.locator('form.bar mw-button', { hasText: 'Connect' }).click();
  await waitForText(monitor.locator('.port-tab.chosen .hidden'), /open/);
  return monitor;
}

/** Chooses a view of the panel. */
export async function choosePane(
  monitor: FrameLocator,
  pane: 'text' | 'hex' | 'plot' | 'firmware' | 'log',
): Promise<void> {
  await monitor.locator(`#pane-${pane}`).click();
}
