import { writeFileSync } from 'node:fs';
import { launchBrowser } from './browser';
import { runLaunch } from './launch';
import { launches } from './launches';
import { nothing, sum, summary, type SuiteResult } from './results';

/** Launches that failed once. */
const secondTries: string[] = [];

/**
 * Runs the extension tests in the server build. Arguments: the browser's program, then names of launches (all without).
 */
async function main([browserProgram, ...names]: readonly string[]): Promise<number> {
  if (!browserProgram) throw new Error('The program of a browser must be given: `npm run test:host` does.');
  const chosen = launches.filter((launch) => names.length === 0 || names.includes(launch.name));
  const browser = await launchBrowser(browserProgram);
  const results: SuiteResult[] = [];
  try {
    for (const launch of chosen) results.push(await runTwiceAtMost(launch.name, () => runLaunch(launch, browser)));
  } finally {
    await browser.close();
  }
  const total = sum(results);
  writeTally(total);
  const again = secondTries.length === 0 ? '' : ` (second try: ${secondTries.join(', ')})`;
  console.log(`\nExtension tests in VS Code: ${summary(total)}${again}`);
  return total.failed === 0 && total.passed > 0 ? 0 : 1;
}

/** For the run of all tests, which says at its end what did not run. */
function writeTally({ passed, failed, skipped }: SuiteResult): void {
  const file = process.env.MILLIWATT_TEST_TALLY;
  if (file === undefined) return;
  const reasons = skipped === 0 ? {} : { 'an extension test lacks a tool (see its launch above)': skipped };
  writeFileSync(file, JSON.stringify({ passed, failed, skipped: reasons }));
}

/**
 * A real window on a loaded machine can miss a moment. In CI a launch with a failure gets a second try with everything
 * fresh, and the report says so: what is broken fails twice, and what needed two tries can be read and mended.
 */
async function runTwiceAtMost(name: string, run: () => Promise<SuiteResult>): Promise<SuiteResult> {
  const first = await runGuarded(run);
  if (first.failed === 0 || !process.env.CI) return first;
  secondTries.push(name);
  console.log(`\n  ${name}: ${summary(first)}. Once more, with everything fresh:`);
  return runGuarded(run);
}

/** A launch that cannot run counts as one failure, and the others still run. */
async function runGuarded(run: () => Promise<SuiteResult>): Promise<SuiteResult> {
  try {
    return await run();
  } catch (error) {
    console.log(error);
    return { ...nothing, failed: 1 };
  }
}

void main(process.argv.slice(2)).then((code) => (process.exitCode = code));
