import * as vscode from 'vscode';
import type { FromMonitorPageDirection, ToMonitorPage, ToMonitorPageDirection } from '../../protocol/monitor';
import { Rpc } from '../../protocol/rpc';
import { Disposables } from '../disposables';
import { pageHtml, webviewRoot } from '../page';
import type { Log } from '../log';
import type { Monitor } from './monitor';
import { pageHandlers } from './pageHandlers';

const monitorViewType = 'milliwatt.monitor';

/** The panel's view: a page that is rebuilt whenever it is shown, and gets the whole state then. */
export class MonitorView implements vscode.WebviewViewProvider {
  readonly #extensionUri: vscode.Uri;
  readonly #monitor: Monitor;
  readonly #log: Log;
  readonly #disposables = new Disposables();
  #page?: Disposables;
  #rpc?: Rpc<ToMonitorPageDirection, FromMonitorPageDirection>;
  #view?: vscode.WebviewView;
  /** The page listens; before that nothing reaches it. */
  #isReady = false;
  #toFocus?: Extract<ToMonitorPage, { type: 'focus' }>;
  #isRestored = false;

  constructor(extensionUri: vscode.Uri, monitor: Monitor, log: Log) {
    this.#extensionUri = extensionUri;
    this.#monitor = monitor;
    this.#log = log;
    this.#disposables.add(vscode.window.registerWebviewViewProvider(monitorViewType, this));
    this.#disposables.add(monitor.onDidTell((message) => this.#tell(message)));
  }

  resolveWebviewView(view: vscode.WebviewView): void {
    this.#leave();
    const page = new Disposables();
    const root = webviewRoot(this.#extensionUri);
    view.webview.options = { enableScripts: true, localResourceRoots: [root] };
    const port = {
      post: (envelope: unknown) => void view.webview.postMessage(envelope),
      noticeFailed: (error: Error) => this.#log.error(error),
    };
    const rpc = new Rpc<ToMonitorPageDirection, FromMonitorPageDirection>(
      port,
      pageHandlers(this.#monitor, this.#log, () => this.#ready()),
    );
    page.add(view.webview.onDidReceiveMessage((data: unknown) => rpc.receive(data)));
    page.add(view.onDidChangeVisibility(() => this.#visibilityChanged()));
    page.add(view.onDidDispose(() => this.#leave()));
    page.add({ dispose: () => rpc.close(new Error('The page of the monitor is gone.')) });
    this.#page = page;
    this.#rpc = rpc;
    this.#view = view;
    view.webview.html = pageHtml(view.webview, root, 'monitor', 'Serial Monitor');
    this.#monitor.show(view.visible);
    if (!this.#isRestored) void this.#restore();
  }

  /** Shows the view; `target` is what gets the keys there. */
  async focus(target?: Extract<ToMonitorPage, { type: 'focus' }>['target']): Promise<void> {
    await vscode.commands.executeCommand(`${monitorViewType}.focus`);
    if (target === undefined) return;
    this.#toFocus = { type: 'focus', target };
    if (this.#isReady) this.#focusNow();
  }

  dispose(): void {
    this.#leave();
    this.#disposables.dispose();
  }

  async #restore(): Promise<void> {
    this.#isRestored = true;
    await this.#monitor.restore().catch((error: unknown) => this.#log.warn(String(error)));
  }

  #ready(): void {
    this.#isReady = true;
    this.#tell({ type: 'state', state: this.#monitor.state });
    this.#monitor.rewatch();
    this.#focusNow();
  }

  #focusNow(): void {
    if (this.#toFocus !== undefined) this.#tell(this.#toFocus);
    this.#toFocus = undefined;
  }

  /** A hidden page is discarded; it says `ready` when it is rebuilt. */
  #visibilityChanged(): void {
    const isVisible = this.#view?.visible === true;
    if (!isVisible) this.#isReady = false;
    this.#monitor.show(isVisible);
  }

  #tell(message: ToMonitorPage): void {
    if (this.#isReady && this.#view?.visible === true) this.#rpc?.notify(message);
  }

  #leave(): void {
    this.#isReady = false;
    this.#view = undefined;
    this.#rpc = undefined;
    this.#page?.dispose();
    this.#page = undefined;
    this.#monitor.show(false);
  }
}
