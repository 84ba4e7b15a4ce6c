import { runTests } from '@vscode/test-electron';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { bundleSuite } from './bundle';
import { launches, type Launch } from './launches';
import { root, temporaryFolder } from './places';
import { nothing, sum, summary, type SuiteResult } from './results';
import { quietSettings } from './settings';
import { workspaceFor } from './workspace';

/** Runs the suites of all launches in a desktop VS Code: `$VSCODE_PATH`, else a download of the current one. */
async function main(): Promise<number> {
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) {
    console.error(
      'A desktop VS Code needs a display and there is none: run this under `xvfb-run -a`, or use `npm run test:host`.',
    );
    return 1;
  }
  const results: SuiteResult[] = [];
  for (const launch of launches) {
    if (launch.suite) results.push(await runOnDesktop(launch, await bundleSuite(launch.suite)));
  }
  const total = sum(results);
  console.log(`\nExtension tests in a desktop VS Code: ${summary(total)}`);
  return total.failed === 0 && total.passed > 0 ? 0 : 1;
}

async function runOnDesktop(launch: Launch, suite: string): Promise<SuiteResult> {
  const folder = temporaryFolder('desktop');
  const resultsFile = path.join(folder, 'results.json');
  const userFolder = path.join(folder, 'user');
  mkdirSync(path.join(userFolder, 'User'), { recursive: true });
  writeFileSync(path.join(userFolder, 'User', 'settings.json'), JSON.stringify(quietSettings));
  const open = workspaceFor(launch.workspace, folder);
  const trust = launch.workspaceTrust ? [] : ['--disable-workspace-trust'];
  const folders = [`--user-data-dir=${userFolder}`, `--extensions-dir=${path.join(folder, 'extensions')}`];
  console.log(`\n  ${launch.name} (extension host)`);
  try {
    await runTests({
      ...(process.env.VSCODE_PATH ? { vscodeExecutablePath: process.env.VSCODE_PATH } : {}),
      cachePath: path.join(root, '.vscode-test'),
      extensionDevelopmentPath: root,
      extensionTestsPath: suite,
      extensionTestsEnv: { MILLIWATT_TEST_RESULTS: resultsFile },
      launchArgs: [...(open === undefined ? [] : [open]), '--disable-gpu', ...trust, ...folders],
    });
  } catch (error) {
    if (!existsSync(resultsFile)) {
      console.error(
        `VS Code could not be fetched or started (${String(error)}): let VSCODE_PATH name the program of one.`,
      );
      return { ...nothing, failed: 1 };
    }
  }
  const result = existsSync(resultsFile) ? (JSON.parse(readFileSync(resultsFile, 'utf8')) as SuiteResult) : nothing;
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  return result;
}

void main().then((code) => (process.exitCode = code));
