import * as vscode from 'vscode';
import type {
  CurvePoint,
  FromProofPageDirection,
  ProofPageState,
  ToProofPageDirection,
  WorkView,
} from '../../protocol/proofPage';
import type { Handlers } from '../../protocol/rpc';
import { Rpc } from '../../protocol/rpc';
import { Disposables } from '../disposables';
import { pageHtml, webviewRoot } from '../page';
import type { Log } from '../log';

const proofPanelType = 'milliwatt.proof';

/** What the page asks for; `ready` the panel answers itself. */
type ProofPageHandlers = Omit<Handlers<FromProofPageDirection>, 'ready'>;

/** Milliseconds between two messages about how far the work is. */
const progressMs = 80;

/**
 * The tab of one compression. It holds no state but what it was last given: a page that was hidden is rebuilt and
 * sent everything, and a tab that was closed is opened again when somebody wants to see it.
 */
export class ProofPanel {
  readonly #extensionUri: vscode.Uri;
  readonly #handlers: ProofPageHandlers;
  readonly #log: Log;
  #state: ProofPageState;
  #tab: Tab;
  #points: CurvePoint[] = [];
  #timer?: NodeJS.Timeout;

  constructor(extensionUri: vscode.Uri, state: ProofPageState, handlers: ProofPageHandlers, log: Log) {
    this.#extensionUri = extensionUri;
    this.#handlers = handlers;
    this.#log = log;
    this.#state = state;
    this.#tab = this.#open();
  }

  get state(): ProofPageState {
    return this.#state;
  }

  /** Shows another state, at once. */
  set state(state: ProofPageState) {
    this.#state = state;
    if (!this.#tab.isClosed) this.#tab.panel.title = titleOf(state);
    this.#send();
  }

  /** Whether it is what the user looks at. */
  get isActive(): boolean {
    return !this.#tab.isClosed && this.#tab.panel.active;
  }

  /** Tells how far the work is, and more of its curve; gathered, since work tells it often. */
  progress(work: WorkView, point: CurvePoint | undefined): void {
    this.#state = { ...this.#state, work };
    if (point !== undefined) {
      this.#state = { ...this.#state, curves: [...this.#state.curves, point] };
      this.#points.push(point);
    }
    this.#timer ??= setTimeout(() => this.#sendProgress(), progressMs);
  }

  reveal(): void {
    if (this.#tab.isClosed) this.#tab = this.#open();
    else this.#tab.panel.reveal(undefined, false);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#tab.panel.dispose();
  }

  #open(): Tab {
    const root = webviewRoot(this.#extensionUri);
    const options = { enableScripts: true, localResourceRoots: [root], enableFindWidget: true };
    const title = titleOf(this.#state);
    const panel = vscode.window.createWebviewPanel(proofPanelType, title, vscode.ViewColumn.Active, options);
    const icon = (theme: string): vscode.Uri =>
      vscode.Uri.joinPath(this.#extensionUri, 'media', `listing-${theme}.svg`);
    panel.iconPath = { light: icon('light'), dark: icon('dark') };
    const tab = new Tab(panel, { ...this.#handlers, ready: () => this.#send() }, this.#log);
    panel.webview.html = pageHtml(panel.webview, root, 'proof', title);
    return tab;
  }

  #send(): void {
    this.#points = [];
    if (this.#tab.isReady) this.#tab.rpc.notify({ type: 'state', state: this.#state });
  }

  #sendProgress(): void {
    this.#timer = undefined;
    const { isReady, rpc } = this.#tab;
    if (!isReady || this.#state.work === undefined) return;
    rpc.notify({ type: 'progress', work: this.#state.work });
    if (this.#points.length > 0) rpc.notify({ type: 'points', points: this.#points });
    this.#points = [];
  }
}

/** One opened tab and whether its page listens. */
class Tab {
  readonly panel: vscode.WebviewPanel;
  readonly rpc: Rpc<ToProofPageDirection, FromProofPageDirection>;
  readonly #disposables = new Disposables();
  isReady = false;
  isClosed = false;

  constructor(panel: vscode.WebviewPanel, handlers: Handlers<FromProofPageDirection>, log: Log) {
    this.panel = panel;
    const ready = (...values: Parameters<typeof handlers.ready>): unknown => {
      this.isReady = true;
      return handlers.ready(...values);
    };
    this.rpc = new Rpc(
      { post: (envelope) => void panel.webview.postMessage(envelope), noticeFailed: (error) => log.error(error) },
      { ...handlers, ready },
    );
    this.#disposables.add(panel.webview.onDidReceiveMessage((data: unknown) => this.rpc.receive(data)));
    this.#disposables.add(
      panel.onDidChangeViewState(() => {
        if (!panel.visible) this.isReady = false;
      }),
    );
    panel.onDidDispose(() => this.#closed());
  }

  #closed(): void {
    this.isReady = false;
    this.isClosed = true;
    this.rpc.close(new Error('The page was closed.'));
    this.#disposables.dispose();
  }
}

function titleOf({ result, title, sourceName }: ProofPageState): string {
  return result === undefined ? `${title}: ${sourceName}` : `Report: ${result.name}`;
}
