import type { Browser } from 'playwright-core';
import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { scenes } from '../page/scenes';
import { launchBrowser, newPage } from './browser';
import { extensionFolderName, root, temporaryFolder } from './places';
import { startServer } from './server';
import { quietSettings } from './settings';
import { openWindow } from './window';
import { createWorkspace } from './workspace';

const themes = [
  ['light', 'Default Light Modern'],
  ['dark', 'Default Dark Modern'],
  ['high-contrast', 'Default High Contrast'],
] as const;

const pictureSize = { width: 1280, height: 760 };

/** Takes every scene in every theme. Arguments: the browser's program, the folder for the pictures, names of scenes (all without). */
async function main([browserProgram, pictures, ...names]: readonly string[]): Promise<number> {
  if (!browserProgram || !pictures)
    throw new Error('A browser and a folder must be given: `npm run screenshots` does.');
  mkdirSync(pictures, { recursive: true });
  const chosen = Object.keys(scenes).filter((name) => names.length === 0 || names.includes(name));
  const browser = await launchBrowser(browserProgram);
  let failures = 0;
  try {
    for (const [theme, colorTheme] of themes) {
      const file = (scene: string): string => path.join(pictures, `${scene}-${theme}.png`);
      failures += await takeTheme(browser, { colorTheme, scenes: chosen, file });
    }
  } finally {
    await browser.close();
  }
  return failures === 0 ? 0 : 1;
}

interface Series {
  readonly colorTheme: string;
  readonly scenes: readonly string[];
  file(scene: string): string;
}

/** One server per theme, a fresh window per scene; gives how many scenes could not be shown. */
async function takeTheme(browser: Browser, series: Series): Promise<number> {
  const folder = temporaryFolder('pictures');
  const extensionsFolder = path.join(folder, 'extensions');
  mkdirSync(extensionsFolder);
  symlinkSync(root, path.join(extensionsFolder, extensionFolderName()), 'dir');
  const server = await startServer({
    dataFolder: path.join(folder, 'data'),
    extensionsFolder,
    workspaceTrust: false,
    testDriver: false,
    settings: { ...quietSettings, 'workbench.colorTheme': series.colorTheme },
  });
  let failures = 0;
  try {
    for (const scene of series.scenes) {
      const page = await newPage(browser, pictureSize);
      const open = createWorkspace('sample', path.join(folder, scene));
      try {
        await openWindow(page, server, { open });
        await scenes[scene]({ page, folder: open });
      } catch (error) {
        failures++;
        console.error(`The scene "${scene}" could not be shown: ${String(error)}`);
      }
      await page.screenshot({ path: series.file(scene) });
      console.log(series.file(scene));
      await page.context().close();
    }
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
  return failures;
}

void main(process.argv.slice(2)).then((code) => (process.exitCode = code));
