import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { outFolder } from './places';
import type { SuiteResult } from './results';

/** A window of VS Code with Milliwatt in it, as a person has it in front of them. */
export interface EditorWindow {
  readonly page: Page;
  /** The opened folder; absent in an empty window. */
  readonly folder: string;
}

/** Looks at the page and acts on it with mouse and keys alone. Fails by throwing. */
export interface PageTest {
  readonly name: string;
  run(window: EditorWindow): Promise<void>;
}

/** Runs tests one after the other in one window; a failure leaves a picture in test/host/out. */
export async function runPageTests(
  title: string,
  tests: readonly PageTest[],
  window: EditorWindow,
): Promise<SuiteResult> {
  console.log(`\n  ${title} (page)`);
  let failed = 0;
  for (const test of tests) {
    const started = Date.now();
    try {
      await test.run(window);
      console.log(`    ✔ ${test.name} (${Date.now() - started}ms)`);
    } catch (error) {
      failed++;
      const picture = await takePicture(window.page, `${title} ${test.name}`);
      console.log(`    ✖ ${test.name}\n${indent(error)}\n      The page at that moment: ${picture}`);
    }
  }
  return { passed: tests.length - failed, failed, skipped: 0 };
}

/** Saves what the page shows below test/host/out; gives the path. */
export async function takePicture(page: Page, title: string): Promise<string> {
  mkdirSync(outFolder, { recursive: true });
  const file = path.join(outFolder, `${title.replace(/[^A-Za-z0-9]+/g, '-')}.png`);
  await page.screenshot({ path: file }).catch(() => undefined);
  return file;
}

function indent(error: unknown): string {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return text.replace(/^/gm, '      ');
}
