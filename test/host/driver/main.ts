import { launchBrowser } from './browser';
import { runLaunch } from './launch';
import { launches } from './launches';
import { nothing, sum, summary, type SuiteResult } from './results';

/** Runs the extension tests in the server build. Arguments: the browser's program, then names of launches (all without). */
async function main([browserProgram, ...names]: readonly string[]): Promise<number> {
  if (!browserProgram) throw new Error('The program of a browser must be given: `npm run test:host` does.');
  const chosen = launches.filter((launch) => names.length === 0 || names.includes(launch.name));
  const browser = await launchBrowser(browserProgram);
  const results: SuiteResult[] = [];
  try {
    for (const launch of chosen) results.push(await runGuarded(() => runLaunch(launch, browser)));
  } finally {
    await browser.close();
  }
  const total = sum(results);
  console.log(`\nExtension tests in VS Code: ${summary(total)}`);
  return total.failed === 0 && total.passed > 0 ? 0 : 1;
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
