import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { outFolder } from './places';
import type { SuiteResult } from './results';

/** A window of VS Code with Milliwatt in it, as a person has it in front of them. */
export interface EditorWindow {
  readonly page: Page;
  /** The opened folder; empty in an empty window. */
  readonly folder: string;
}

/**
 * Each looks at the page and acts on it with mouse and keys alone, and fails by throwing. By name, in the order they
 * run.
 */
export type PageTests = Readonly<Record<string, (window: EditorWindow) => Promise<void>>>;

/** Runs tests one after the other in one window; a failure leaves a picture in test/host/out. */
export async function runPageTests(title: string, tests: PageTests, window: EditorWindow): Promise<SuiteResult> {
  console.log(`\n  ${title} (page)`);
  let [passed, failed] = [0, 0];
  for (const [name, run] of Object.entries(tests)) {
    const started = Date.now();
    try {
      await run(window);
      passed++;
      console.log(`    ✔ ${name} (${Date.now() - started}ms)`);
    } catch (error) {
      failed++;
      const picture = await takePicture(window.page, `${title} ${name}`);
      console.log(`    ✖ ${name}\n${indent(error)}\n      The page at that moment: ${picture}`);
    }
  }
  return { passed, failed, skipped: 0 };
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
