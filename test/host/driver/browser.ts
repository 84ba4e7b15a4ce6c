import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts a headless Chromium with an empty profile. */
export function launchBrowser(program: string, more: readonly string[] = []): Promise<Browser> {
  return chromium.launch({ executablePath: program, headless: true, args: [...flags, ...more] });
}

export interface PageOptions {
  readonly width: number;
  readonly height: number;
  readonly scale?: number;
}

/** A page with storage of its own, so that no window of VS Code remembers another one. */
export async function newPage(browser: Browser, { width, height, scale }: PageOptions): Promise<Page> {
  const context: BrowserContext = await browser.newContext({
    viewport: { width, height },
    deviceScaleFactor: scale ?? 1,
  });
  // All webviews share one origin, and each waits for an update check of the service worker, half a minute at worst.
  // As text, because the page knows neither Node nor the types of this program.
  await context.addInitScript('ServiceWorkerRegistration.prototype.update = async function () { return this; };');
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  return page;
}
