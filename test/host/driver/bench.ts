import { launchBrowser } from './browser';
import { runLaunch } from './launch';

/** Measures the extension inside the server build. Argument: the browser's program. */
async function main([browserProgram]: readonly string[]): Promise<number> {
  if (!browserProgram) throw new Error('The program of a browser must be given: `npm run bench` does.');
  const browser = await launchBrowser(browserProgram);
  try {
    const { failed, passed } = await runLaunch(
      { name: 'bench', workspace: 'real models', workspaceTrust: false, extension: 'sources', suite: 'bench' },
      browser,
    );
    return failed === 0 && passed > 0 ? 0 : 1;
  } finally {
    await browser.close();
  }
}

void main(process.argv.slice(2)).then((code) => (process.exitCode = code));
