import type { Browser, Page } from 'playwright-core';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { films } from '../page/films';
import { scenes, scenesBesideOtherHints } from '../page/scenes';
import { launchBrowser, newPage } from './browser';
import { makeOtherHints } from './bundle';
import { extensionFolderName, root, temporaryFolder } from './places';
import { startServer, writeMachineSettings } from './server';
import { quietSettings } from './settings';
import { movingPicture } from './movingPicture';
import type { EditorWindow } from './pageTests';
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
 * Takes every scene in every theme, and every film in the dark one. Arguments: the browser's program, the folder for
 * the pictures, names of scenes and films (all without).
 */
async function main([browserProgram, pictures, ...names]: readonly string[]): Promise<number> {
  if (!browserProgram || !pictures)
    throw new Error('A browser and a folder must be given: `npm run screenshots` does.');
  mkdirSync(pictures, { recursive: true });
  const isChosen = (name: string): boolean => names.length === 0 || names.includes(name);
  const folder = temporaryFolder('pictures');
  const browser = await launchBrowser(browserProgram);
  let failures = 0;
  try {
    const place = { browser, pictures, folder };
    for (const scene of Object.keys(scenes).filter(isChosen)) {
      failures += await inWindow(scene, place, (window) => takeScene(scene, pictures, window));
    }
    for (const film of [...films.keys()].filter(isChosen)) {
      failures += await inWindow(film, place, (window) => takeFilm(film, pictures, window));
    }
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

interface PictureWindow extends EditorWindow {
  readonly setTheme: (theme: (typeof themes)[number]) => Promise<void>;
}

/** Opens a window on the sample; gives 1 when what is to be taken in it could not be shown. */
async function inWindow(
  name: string,
  { browser, pictures, folder }: Place,
  take: (window: PictureWindow) => Promise<void>,
): Promise<number> {
  const extensionsFolder = path.join(folder, name, 'extensions');
  mkdirSync(extensionsFolder, { recursive: true });
  symlinkSync(root, path.join(extensionsFolder, extensionFolderName()), 'dir');
  if (scenesBesideOtherHints.includes(name)) await makeOtherHints(extensionsFolder);
  const dataFolder = path.join(folder, name, 'data');
  const server = await startServer({
    dataFolder,
    extensionsFolder,
    workspaceTrust: false,
    testDriver: false,
    settings: { ...pictureSettings, 'workbench.colorTheme': themes[0].colorTheme },
  });
  const open = createWorkspace('sample', path.join(folder, name));
  const page = await newPage(browser, pictureSize);
  const setTheme: PictureWindow['setTheme'] = async ({ colorTheme, mark }) => {
    writeMachineSettings(dataFolder, { ...pictureSettings, 'workbench.colorTheme': colorTheme });
    await page.locator(`.monaco-workbench.${mark}`).waitFor();
  };
  try {
    await openWindow(page, server, { open });
    await take({ page, folder: open, setTheme });
    return 0;
  } catch (error) {
    console.error(`The scene "${name}" could not be shown: ${String(error)}`);
    await takePicture(page, path.join(pictures, `${name}-failed.png`));
    return 1;
  } finally {
    await page.context().close();
    await server.stop();
  }
}

/** Webviews and the icons of trees follow a theme a moment later, and nothing tells when. */
const settleMilliseconds = 1000;

/** One window, shown in one theme after the other. */
async function takeScene(scene: string, pictures: string, window: PictureWindow): Promise<void> {
  await scenes[scene](window);
  for (const theme of themes) {
    await window.setTheme(theme);
    await delay(settleMilliseconds);
    await takePicture(window.page, path.join(pictures, `${scene}-${theme.name}.png`));
  }
}

/** A picture after each step, one behind the other in a GIF. */
async function takeFilm(film: string, pictures: string, window: PictureWindow): Promise<void> {
  await window.setTheme(themes[1]);
  const shots: Buffer[] = [];
  for (const show of Object.values(films.get(film) ?? {})) {
    await show(window);
    await delay(settleMilliseconds);
    shots.push(await window.page.screenshot());
  }
  const file = path.join(pictures, `${film}.gif`);
  writeFileSync(file, await movingPicture(shots));
  console.log(file);
}

async function takePicture(page: Page, file: string): Promise<void> {
  await page.screenshot({ path: file });
  console.log(file);
}

void main(process.argv.slice(2)).then((code) => (process.exitCode = code));
