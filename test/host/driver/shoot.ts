import type { Browser, Page } from 'playwright-core';
import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { scenes } from '../page/scenes';
import { launchBrowser, newPage } from './browser';
import { extensionFolderName, root, temporaryFolder } from './places';
import { startServer, writeMachineSettings } from './server';
import { quietSettings } from './settings';
import { openWindow } from './window';
import { createWorkspace } from './workspace';

const themes = [
  { name: 'light', colorTheme: 'Default Light Modern', mark: 'vs' },
  { name: 'dark', colorTheme: 'Default Dark Modern', mark: 'vs-dark' },
  { name: 'high-contrast', colorTheme: 'Default High Contrast', mark: 'hc-black' },
] as const;

const pictureSize = { width: 1280, height: 760 };

/** Nothing that tells of this machine: a crumb shows where the copy of the workspace lies. */
const pictureSettings = { ...quietSettings, 'breadcrumbs.enabled': false };

/**
 * Takes every scene in every theme. Arguments: the browser's program, the folder for the pictures, names of scenes (all
 * without).
 */
async function main([browserProgram, pictures, ...names]: readonly string[]): Promise<number> {
  if (!browserProgram || !pictures)
    throw new Error('A browser and a folder must be given: `npm run screenshots` does.');
  mkdirSync(pictures, { recursive: true });
  const chosen = Object.keys(scenes).filter((name) => names.length === 0 || names.includes(name));
  const folder = temporaryFolder('pictures');
  const browser = await launchBrowser(browserProgram);
  let failures = 0;
  try {
    for (const scene of chosen) failures += await takeScene(scene, { browser, pictures, folder });
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
  return failures === 0 ? 0 : 1;
}

interface Place {
  readonly browser: Browser;
  readonly pictures: string;
  readonly folder: string;
}

/** One window, shown in one theme after the other; gives 1 when the scene could not be shown. */
async function takeScene(scene: string, { browser, pictures, folder }: Place): Promise<number> {
  const extensionsFolder = path.join(folder, scene, 'extensions');
  mkdirSync(extensionsFolder, { recursive: true });
  symlinkSync(root, path.join(extensionsFolder, extensionFolderName()), 'dir');
  const dataFolder = path.join(folder, scene, 'data');
  const server = await startServer({
    dataFolder,
    extensionsFolder,
    workspaceTrust: false,
    testDriver: false,
    settings: { ...pictureSettings, 'workbench.colorTheme': themes[0].colorTheme },
  });
  const open = createWorkspace('sample', path.join(folder, scene));
  const page = await newPage(browser, pictureSize);
  try {
    await openWindow(page, server, { open });
    await scenes[scene]({ page, folder: open });
    for (const theme of themes) {
      writeMachineSettings(dataFolder, { ...pictureSettings, 'workbench.colorTheme': theme.colorTheme });
      await page.locator(`.monaco-workbench.${theme.mark}`).waitFor();
      // Webviews and the icons of trees follow a moment later, and nothing tells when.
      await page.waitForTimeout(1000);
      await takePicture(page, path.join(pictures, `${scene}-${theme.name}.png`));
    }
    return 0;
  } catch (error) {
    console.error(`The scene "${scene}" could not be shown: ${String(error)}`);
    await takePicture(page, path.join(pictures, `${scene}-failed.png`));
    return 1;
  } finally {
    await page.context().close();
    await server.stop();
  }
}

async function takePicture(page: Page, file: string): Promise<void> {
  await page.screenshot({ path: file });
  console.log(file);
}

void main(process.argv.slice(2)).then((code) => (process.exitCode = code));
