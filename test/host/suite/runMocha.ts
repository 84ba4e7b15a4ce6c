import { writeFileSync } from 'node:fs';
import { format } from 'node:util';
import Mocha from 'mocha';
import { resultMark, type SuiteResult } from '../driver/results';

/**
 * Runs the tests that `load` declares, inside the extension host. Prints what Mocha prints, writes the counts to the
 * file that the environment variable MILLIWATT_TEST_RESULTS names, and rejects when a test failed or there was none.
 * With MILLIWATT_TEST_GREP only the tests whose title matches.
 */
export async function runMocha(name: string, load: () => void): Promise<void> {
  const { CI, MILLIWATT_TEST_GREP: grep } = process.env;
  const mocha = new Mocha({ ui: 'bdd', timeout: 60_000, color: false, forbidOnly: CI !== undefined, grep });
  Mocha.reporters.Base.consoleLog = printMarked;
  mocha.suite.emit('pre-require', globalThis, name, mocha);
  load();
  const result = await new Promise<SuiteResult>((resolve) => {
    let [passed, failed, skipped] = [0, 0, 0];
    const runner = mocha.run(() => resolve({ passed, failed, skipped }));
    runner.on('pass', () => passed++);
    runner.on('fail', () => failed++);
    runner.on('pending', () => skipped++);
  });
  const file = process.env.MILLIWATT_TEST_RESULTS;
  if (file) writeFileSync(file, JSON.stringify(result));
  if (result.failed > 0) throw new Error(`${result.failed} tests of the suite "${name}" failed.`);
  if (result.passed === 0) throw new Error(`No test of the suite "${name}" passed.`);
}

/** Formats here, because what collects the lines of a page does not. */
function printMarked(...values: readonly unknown[]): void {
  for (const line of format(...values).split('\n')) console.log(resultMark + line);
}
