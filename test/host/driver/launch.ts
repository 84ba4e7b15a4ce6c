import type { Browser } from 'playwright-core';
import { createWriteStream, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { newPage } from './browser';
import { bundleSuite } from './bundle';
import type { Launch } from './launches';
import { runPageTests, takePicture } from './pageTests';
import { provideOtherControls } from './otherControls';
import { packageFile } from './package';
import { extensionFolderName, outFolder, root, temporaryFolder } from './places';
import { nothing, sum, type SuiteResult } from './results';
import { installPackage, startServer, type Server } from './server';
import { quietSettings } from './settings';
import { openWindow, runSuite } from './window';
import { workspaceFor } from './workspace';

const windowSize = { width: 1280, height: 800 };

/** Starts a server of its own for `launch`, runs what belongs to it, and stops everything again. */
export async function runLaunch(launch: Launch, browser: Browser): Promise<SuiteResult> {
  const folder = temporaryFolder('test');
  const resultsFile = path.join(folder, 'results.json');
  const extensionsFolder = path.join(folder, 'extensions');
  let server: Server | undefined;
  try {
    await provideExtension(launch, extensionsFolder, folder);
    server = await startServer({
      dataFolder: path.join(folder, 'data'),
      extensionsFolder,
      workspaceTrust: launch.workspaceTrust,
      testDriver: launch.suite !== undefined,
      settings: quietSettings,
      environment: { MILLIWATT_TEST_RESULTS: resultsFile },
    });
    const inside = launch.suite ? await runInside(launch, { browser, server, folder, resultsFile }) : nothing;
    const outside = launch.pageTests ? await runOutside(launch, { browser, server, folder, resultsFile }) : nothing;
    return sum([inside, outside]);
  } finally {
    await server?.stop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

interface Running {
  readonly browser: Browser;
  readonly server: Server;
  readonly folder: string;
  readonly resultsFile: string;
}

/** The suite inside the extension host. */
async function runInside(launch: Launch, { browser, server, folder, resultsFile }: Running): Promise<SuiteResult> {
  const suite = await bundleSuite(launch.suite!);
  const open = workspaceFor(launch.workspace, path.join(folder, 'inside'));
  const page = await newPage(browser, windowSize);
  console.log(`\n  ${launch.name} (extension host)`);
  const log = createWriteStream(path.join(outFolder, `${launch.name}.log`));
  const output = {
    result: (line: string) => console.log(`  ${line}`),
    log: (line: string) => void log.write(`${line}\n`),
  };
  try {
    const code = await runSuite(page, server, { open, extension: root, suite, output });
    if (code !== 0) console.log(`  The page at the end: ${await takePicture(page, launch.name)}`);
    const result = existsSync(resultsFile) ? (JSON.parse(readFileSync(resultsFile, 'utf8')) as SuiteResult) : nothing;
    return code !== 0 && result.failed === 0 ? { ...result, failed: 1 } : result;
  } catch (error) {
    console.log(`  ${String(error)}\n  The page at that moment: ${await takePicture(page, launch.name)}`);
    return { ...nothing, failed: 1 };
  } finally {
    log.end();
    await page.context().close();
  }
}

/** The tests that drive a window from outside. */
async function runOutside(launch: Launch, { browser, server, folder }: Running): Promise<SuiteResult> {
  const open = workspaceFor(launch.workspace, path.join(folder, 'outside'));
  const page = await newPage(browser, windowSize);
  try {
    const extension = launch.suite ? { extension: root } : {};
    await openWindow(page, server, { open, ...extension });
    return await runPageTests(launch.name, launch.pageTests ?? {}, { page, folder: open ?? '' });
  } catch (error) {
    console.log(`  ${String(error)}\n  The page at that moment: ${await takePicture(page, launch.name)}`);
    return { ...nothing, failed: 1 };
  } finally {
    await page.context().close();
  }
}

/**
 * Where a suite runs, its page loads the sources itself; else the extension is installed, as a package or as a link to
 * the sources.
 */
async function provideExtension(launch: Launch, extensionsFolder: string, folder: string): Promise<void> {
  mkdirSync(extensionsFolder, { recursive: true });
  if (launch.extension === 'package')
    await installPackage(packageFile(), extensionsFolder, path.join(folder, 'install'));
  else if (launch.extension === 'other controls') provideOtherControls(extensionsFolder);
  else if (!launch.suite) symlinkSync(root, path.join(extensionsFolder, extensionFolderName()), 'dir');
}
