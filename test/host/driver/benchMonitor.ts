import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Frame, Page } from 'playwright-core';
import { choosePane, connectTo, monitorPage } from '../page/monitor';
import { eventually } from '../support/eventually';
import { startFakeBoard } from '../support/fakeBoard';
import type { FakeBoard } from '../support/fakeBoard';
import { launchBrowser, newPage } from './browser';
import { extensionFolderName, root, temporaryFolder } from './places';
import { startServer } from './server';
import type { Server } from './server';
import { quietSettings } from './settings';
import { openWindow } from './window';
import { createWorkspace } from './workspace';

/** Figures of the monitor's page in the server build: `npm run bench:monitor`. */

const linesPerSecond = 10_000;
const seconds = 15;
const keys = 40;
const manyLines = 1_000_000;
const manyPoints = 120_000;
const size = { width: 1280, height: 760 };

async function main([browserProgram]: readonly string[]): Promise<void> {
  if (!browserProgram) throw new Error('The program of a browser must be given: `npm run bench:monitor` does.');
  const folder = temporaryFolder('bench-monitor');
  const extensionsFolder = path.join(folder, 'extensions');
  mkdirSync(extensionsFolder, { recursive: true });
  symlinkSync(root, path.join(extensionsFolder, extensionFolderName()), 'dir');
  const started = {
    dataFolder: path.join(folder, 'data'),
    extensionsFolder,
    workspaceTrust: false,
    testDriver: false,
    settings: quietSettings,
  };
  const server = await startServer(started);
  const open = createWorkspace('sample', folder);
  try {
    for (const scale of [1, 2]) {
      const browser = await launchBrowser(browserProgram, [`--force-device-scale-factor=${scale}`]);
      try {
        for (const run of scale === 1 ? [fluency, plotting] : [reach])
          await measure({ browser, server, open }, run, scale);
      } finally {
        await browser.close();
      }
    }
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

interface Place {
  readonly browser: Browser;
  readonly server: Server;
  readonly open: string;
}

/** As text: the page knows neither Node nor the types of this program. */
const watchFrames = `{
  const seen = (globalThis.bench = { frames: [], answers: [] });
  const frame = (now) => { seen.frames.push(now); requestAnimationFrame(frame); };
  requestAnimationFrame(frame);
}`;

/** From an event at an element until what it changed is painted. */
function watchAnswers(selector: string, event: string): string {
  return `document.querySelector('${selector}').addEventListener('${event}', ({ timeStamp }) =>
    requestAnimationFrame(() => setTimeout(() => globalThis.bench.answers.push(performance.now() - timeStamp))))`;
}

type Measure = (page: Page, frame: Frame, board: FakeBoard) => Promise<void>;

async function measure({ browser, server, open }: Place, run: Measure, scale: number): Promise<void> {
  const page = await newPage(browser, { ...size, scale });
  const board = await startFakeBoard('ready\n');
  try {
    await openWindow(page, server, { open });
    await connectTo(page, board.address);
    const frame = await eventually(async () => {
      for (const each of page.frames()) if ((await each.locator('#input').count()) > 0) return each;
      throw new Error('The page of the panel is not there.');
    });
    await run(page, frame, board);
  } finally {
    await page.context().close();
    await board.close();
  }
}

/** Frames a second and the answer to keys while lines pour in and are followed. */
async function fluency(page: Page, frame: Frame, board: FakeBoard): Promise<void> {
  let said = 0;
  const began = performance.now();
  const pouring = setInterval(() => {
    const due = Math.floor(((performance.now() - began) / 1000) * linesPerSecond);
    const lines = Array.from({ length: due - said }, (_, index) => `[${said + index}] sample queued, 3 waiting\n`);
    said = due;
    board.say(lines.join(''));
  }, 10);
  await page.waitForTimeout(2000);
  await frame.evaluate(watchFrames);
  await frame.evaluate(watchAnswers('#input', 'input'));
  await frame.locator('#input').click();
  for (let key = 0; key < keys; key += 1) {
    await page.keyboard.press('x');
    await page.waitForTimeout((1000 * seconds) / keys);
  }
  const { frames, answers } = await frame.evaluate<{ frames: number[]; answers: number[] }>('globalThis.bench');
  clearInterval(pouring);
  const gaps = frames.slice(1).map((at, index) => at - frames[index]);
  const rate = (1000 * gaps.length) / (frames.at(-1)! - frames[0]);
  const poured = Math.round((1000 * said) / (performance.now() - began));
  console.log(
    `the panel at ${poured} lines/s: ${rate.toFixed(1)} frames/s, longest frame ${Math.max(...gaps).toFixed(0)} ms`,
  );
  console.log(
    `  answer to a key, painted: median ${median(answers).toFixed(0)} ms, worst ${Math.max(...answers).toFixed(0)} ms (${answers.length} keys)`,
  );
  await eventually(async () => {
    const text = await frame.locator('.lines').innerText();
    if (!text.includes(`[${said - 1}]`)) throw new Error(`Line ${said - 1} is not shown.`);
  }, 30_000);
  console.log(`  the last of ${said} lines is shown`);
}

/** Frames a second of a plot of many points while more arrive, and how soon it answers the keyboard. */
async function plotting(page: Page, frame: Frame, board: FakeBoard): Promise<void> {
  await choosePane(monitorPage(page), 'plot');
  let said = 0;
  const sayPoints = (points: number): void => {
    const lines = Array.from({ length: points }, (_, index) => {
      const at = said + index;
      return `sine:${Math.sin(at / 500).toFixed(4)},steps:${(at % 997) / 500}\n`;
    });
    said += points;
    board.say(lines.join(''));
  };
  for (let step = 0; step < 60; step += 1) {
    sayPoints(manyPoints / 60);
    await page.waitForTimeout(20);
  }
  await eventually(async () => {
    const text = await frame.locator('.tools .facts').innerText();
    if (text !== `${(2 * manyPoints).toLocaleString('en')} points`) throw new Error(`There are ${text}.`);
  }, 60_000);
  const pouring = setInterval(() => sayPoints(20), 20);
  await frame.evaluate(watchFrames);
  await frame.evaluate(watchAnswers('.chart', 'keydown'));
  await frame.locator('.chart').focus();
  for (let key = 0; key < keys; key += 1) {
    await page.keyboard.press(key % 2 === 0 ? '+' : 'ArrowLeft');
    await page.waitForTimeout((1000 * 8) / keys);
  }
  const { frames, answers } = await frame.evaluate<{ frames: number[]; answers: number[] }>('globalThis.bench');
  clearInterval(pouring);
  const gaps = frames.slice(1).map((at, index) => at - frames[index]);
  const rate = (1000 * gaps.length) / (frames.at(-1)! - frames[0]);
  console.log(
    `a plot of 2 x ${manyPoints} points and 1,000 lines/s more: ${rate.toFixed(1)} frames/s, longest frame ${Math.max(...gaps).toFixed(0)} ms`,
  );
  console.log(`  answer to a key, painted: median ${median(answers).toFixed(0)} ms (${answers.length} keys)`);
}

/** Whether both ends of a very long list can be reached, by key and by scroll bar, where elements are largest. */
async function reach(page: Page, frame: Frame, board: FakeBoard): Promise<void> {
  for (let from = 0; from < manyLines; from += 10_000) {
    board.say(Array.from({ length: 10_000 }, (_, index) => `line ${from + index}\n`).join(''));
    await page.waitForTimeout(20);
  }
  const last = `line ${manyLines - 1}`;
  await shows(frame, last, 120_000);
  const lines = frame.locator('.lines');
  await lines.click();
  await page.keyboard.press('Home');
  await shows(frame, 'ready\nline 0\n');
  await page.keyboard.press('End');
  await shows(frame, last);
  await scrollTo(frame, '0');
  await shows(frame, 'ready\nline 0\n');
  await scrollTo(frame, 'element.scrollHeight');
  await shows(frame, last);
  const pixels = await frame.evaluate<number>('document.querySelector(".lines").scrollHeight');
  console.log(
    `${manyLines} lines at scale 2: first and last are reached by keys and by scroll bar (${pixels} px high)`,
  );
}

async function scrollTo(frame: Frame, top: string): Promise<void> {
  await frame.evaluate(`{ const element = document.querySelector('.lines'); element.scrollTop = ${top}; }`);
}

async function shows(frame: Frame, what: string | RegExp, milliseconds = 10_000): Promise<void> {
  await eventually(async () => {
    const text = await frame.locator('.lines').innerText();
    const isShown = typeof what === 'string' ? text.includes(what) : what.test(text);
    if (!isShown) throw new Error(`${String(what)} is not shown, but ${text.slice(0, 100)}`);
  }, milliseconds);
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

void main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
