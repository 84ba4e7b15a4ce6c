import { rmSync, symlinkSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { examplesFolder, extensionFolderName, hostFolder, root, temporaryFolder } from './places';
import { startServer } from './server';
import { startSettings } from './settings';

/** Serves VS Code with Milliwatt on the sample workspace until Ctrl+C; gives the exit code. */
export async function serveExamples(port: number | undefined): Promise<number> {
  const folder = temporaryFolder('start');
  const extensionsFolder = path.join(folder, 'extensions');
  try {
    mkdirSync(extensionsFolder);
    symlinkSync(root, path.join(extensionsFolder, extensionFolderName()), 'dir');
    symlinkSync(path.join(hostFolder, 'startExtension'), path.join(extensionsFolder, 'milliwatt.start-0.0.0'), 'dir');
    const server = await startServer({
      dataFolder: path.join(folder, 'data'),
      extensionsFolder,
      workspaceTrust: false,
      testDriver: false,
      settings: startSettings,
      defaultFolder: examplesFolder,
      ...(port === undefined ? {} : { port }),
    });
    console.log(`VS Code with Milliwatt on examples/ is at http://${server.authority}/ for a browser on this machine.`);
    console.log('Press Ctrl+C to stop it.');
    const interrupted = await Promise.race([untilInterrupted(), server.ended.then(() => false)]);
    await server.stop();
    if (interrupted) return 0;
    console.error('The server ended by itself.');
    return 1;
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Ctrl+C, a request to end, or the end of the npm that started this: npm does not pass every signal on. */
function untilInterrupted(): Promise<true> {
  return new Promise((resolve) => {
    // A closed terminal ends it too, unless it was started apart from any terminal.
    const signals: readonly NodeJS.Signals[] = process.stdin.isTTY
      ? ['SIGINT', 'SIGTERM', 'SIGHUP']
      : ['SIGINT', 'SIGTERM'];
    for (const signal of signals) process.once(signal, () => resolve(true));
    if (process.env.npm_lifecycle_event === undefined) return;
    const parent = process.ppid;
    setInterval(() => process.ppid !== parent && resolve(true), 1000).unref();
  });
}
