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
import { pageHtml, webviewRoot } from '../editor/page';
import type { Log } from '../log';

export const proofPanelType = 'milliwatt.proof';

/** What the page asks for; `ready` the panel answers itself. */
export type ProofPageHandlers = Omit<Handlers<FromProofPageDirection>, 'ready'>;

/** Milliseconds between two messages about how far the work is. */
const progressMs = 80;

/** The tab of one compression. It holds no state but what it was last given: a page that was hidden is made anew and sent everything. */
export class ProofPanel {
  readonly onDidClose: vscode.Event<void>;
  readonly #panel: vscode.WebviewPanel;
  readonly #rpc: Rpc<ToProofPageDirection, FromProofPageDirection>;
  readonly #disposables = new Disposables();
  #state: ProofPageState;
  #isReady = false;
  #points: CurvePoint[] = [];
  #timer?: NodeJS.Timeout;

  constructor(extensionUri: vscode.Uri, state: ProofPageState, handlers: ProofPageHandlers, log: Log) {
    this.#state = state;
    const root = webviewRoot(extensionUri);
    const options = { enableScripts: true, localResourceRoots: [root], enableFindWidget: true };
    this.#panel = vscode.window.createWebviewPanel(proofPanelType, titleOf(state), vscode.ViewColumn.Active, options);
    const icon = (theme: string): vscode.Uri => vscode.Uri.joinPath(extensionUri, 'media', `listing-${theme}.svg`);
    this.#panel.iconPath = { light: icon('light'), dark: icon('dark') };
    this.#rpc = new Rpc(
      { post: (envelope) => void this.#panel.webview.postMessage(envelope), noticeFailed: (error) => log.error(error) },
      { ...handlers, ready: () => this.#ready() },
    );
    this.onDidClose = this.#panel.onDidDispose;
    this.#disposables.add(this.#panel.webview.onDidReceiveMessage((data: unknown) => this.#rpc.receive(data)));
    this.#disposables.add(
      this.#panel.onDidChangeViewState(() => {
        if (!this.#panel.visible) this.#isReady = false;
      }),
    );
    this.#panel.onDidDispose(() => this.#closed());
    this.#panel.webview.html = pageHtml(this.#panel.webview, root, 'proof', titleOf(state));
  }

  get state(): ProofPageState {
    return this.#state;
  }

  /** Shows another state, at once. */
  set state(state: ProofPageState) {
    this.#state = state;
    this.#panel.title = titleOf(state);
    this.#send();
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
    this.#panel.reveal(undefined, false);
  }

  dispose(): void {
    this.#panel.dispose();
  }

  #ready(): void {
    this.#isReady = true;
    this.#send();
  }

  #send(): void {
    this.#points = [];
    if (this.#isReady) this.#rpc.notify({ type: 'state', state: this.#state });
  }

  #sendProgress(): void {
    this.#timer = undefined;
    if (!this.#isReady || this.#state.work === undefined) return;
    this.#rpc.notify({ type: 'progress', work: this.#state.work });
    if (this.#points.length > 0) this.#rpc.notify({ type: 'points', points: this.#points });
    this.#points = [];
  }

  #closed(): void {
    clearTimeout(this.#timer);
    this.#isReady = false;
    this.#rpc.close(new Error('The page was closed.'));
    this.#disposables.dispose();
  }
}

function titleOf({ result, title, sourceName }: ProofPageState): string {
  return result === undefined ? `${title}: ${sourceName}` : `Report: ${result.name}`;
}
