import type { Page } from 'playwright-core';
import { resultMark } from './results';
import type { Server } from './server';

export interface WindowOptions {
  /** A folder, or a `.code-workspace` file. Absent: an empty window. */
  readonly open?: string;
  /** The folder of an extension to load from its sources. Needs a server with the test driver. */
  readonly extension?: string;
  /** A bundle whose `run()` is a test run inside the extension host. */
  readonly suite?: string;
  /** A file to open at once. */
  readonly file?: string;
}

/** The address of a window on what `options` name. */
export function windowAddress(server: Server, options: WindowOptions): string {
  const remote = (file: string): string => `vscode-remote://${server.authority}${encodeURI(file)}`;
  const payload = [
    ...(options.extension ? [['extensionDevelopmentPath', remote(options.extension)]] : []),
    ...(options.suite ? [['extensionTestsPath', remote(options.suite)]] : []),
    ...(options.file ? [['openFile', remote(options.file)]] : []),
  ];
  const address = new URL(`http://${server.authority}/`);
  if (options.open)
    address.searchParams.set(options.open.endsWith('.code-workspace') ? 'workspace' : 'folder', options.open);
  if (payload.length > 0) address.searchParams.set('payload', JSON.stringify(payload));
  return address.href;
}

/** Opens a window and waits until the workbench is drawn. */
export async function openWindow(page: Page, server: Server, options: WindowOptions): Promise<void> {
  await page.goto(windowAddress(server, options));
  await page.waitForSelector('.monaco-workbench .part.statusbar', { timeout: 120_000 });
}

/** Where the lines of a run go. */
export interface RunOutput {
  /** What the suite prints. */
  result(line: string): void;
  /** Everything else that the page and its extension host log. */
  log(line: string): void;
}

const suiteMilliseconds = 480_000;

/** Runs a suite inside the extension host of a window; gives its exit code. */
export async function runSuite(
  page: Page,
  server: Server,
  options: WindowOptions & { readonly output: RunOutput },
): Promise<number> {
  let timer: NodeJS.Timeout | undefined;
  const exit = new Promise<number>((resolve, reject) => {
    const late = `The suite did not end within ${suiteMilliseconds / 1000} seconds.`;
    timer = setTimeout(() => reject(new Error(late)), suiteMilliseconds);
    const failed = (error: unknown): void => reject(error instanceof Error ? error : new Error(String(error)));
    const log = (_type: string, values: readonly unknown[]): void => passOn(values, options.output);
    page.exposeFunction('codeAutomationLog', log).catch(failed);
    page.exposeFunction('codeAutomationExit', (code: number) => resolve(code)).catch(failed);
    openWindow(page, server, options).catch(failed);
  });
  try {
    return await exit;
  } finally {
    clearTimeout(timer);
  }
}

function passOn(values: readonly unknown[], output: RunOutput): void {
  const text = values.map((value) => (typeof value === 'string' ? value : JSON.stringify(value))).join(' ');
  if (text.startsWith(resultMark)) output.result(text.slice(resultMark.length));
  else output.log(text);
}
