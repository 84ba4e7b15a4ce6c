import * as vscode from 'vscode';
import type { OfferAction, OfferPlace } from '../../core/compress/offerActions';
import { offerActions } from '../../core/compress/offerActions';
import type { MadeOffer } from '../../core/compress/offers';
import { isFileFix } from '../../core/fixes/fix';
import { fixesFor } from '../../core/fixes/fixes';
import type { ProjectText } from '../../core/project/projectEdit';
import type {
  FindingView,
  FromModelEditorDirection,
  ModelEditorCommand,
  ModelEditorState,
  OfferView,
  ToModelEditorDirection,
} from '../../protocol/modelEditor';
import { Rpc } from '../../protocol/rpc';
import type { Analyses } from '../analysis/analyses';
import type { ModelKey, ModelState } from '../analysis/modelEntry';
import type { Offers } from '../compress/offers';
import { Disposables } from '../disposables';
import { runFixCommand } from '../fixCommands';
import type { Log } from '../log';
import { fileNameOf } from '../places';
import { applyAndSave, projectFileFor } from '../projectFile';

const commandOf: Readonly<Record<ModelEditorCommand, string>> = {
  compareWithHead: 'milliwatt.compareWithHead',
  compareModels: 'milliwatt.compareModels',
  copyReport: 'milliwatt.copyReport',
  createProject: 'milliwatt.createProject',
  exportFirmware: 'milliwatt.exportFirmware',
  openSettings: 'milliwatt.openSettings',
  refresh: 'milliwatt.refresh',
  showLog: 'milliwatt.showLog',
};

/** What a model editor looks things up in. */
export interface ModelEditorSources {
  readonly analyses: Analyses;
  readonly offers: Offers;
  readonly log: Log;
}

/** One model editor: keeps its page hydrated with the whole state, and does what its buttons ask. */
export class ModelEditor {
  readonly #key: ModelKey;
  readonly #analyses: Analyses;
  readonly #offers: Offers;
  readonly #panel: vscode.WebviewPanel;
  readonly #disposables = new Disposables();
  readonly #rpc: Rpc<ToModelEditorDirection, FromModelEditorDirection>;
  #isReady = false;
  #sent = 0;
  /** What the page shows: its buttons count findings and offers in this state and no newer one. */
  #shown?: { readonly state: ModelState; readonly offers?: readonly MadeOffer[] };
  /** A layer to select as soon as the page can. */
  #toReveal?: number;

  constructor(uri: vscode.Uri, panel: vscode.WebviewPanel, { analyses, offers, log }: ModelEditorSources) {
    this.#key = { uri, costs: 'hints' };
    this.#analyses = analyses;
    this.#offers = offers;
    this.#panel = panel;
    this.#rpc = new Rpc(
      {
        post: (envelope) => void panel.webview.postMessage(envelope),
        noticeFailed: (error) => log.error(error),
      },
      {
        ready: () => this.#ready(),
        openListing: ({ layer }) => run('milliwatt.openListing', uri, layer),
        pickBoard: () => run('milliwatt.chooseBoard', uri),
        pickRuntime: () => run('milliwatt.chooseRuntime', uri),
        explainRule: ({ code }) => run('milliwatt.explainRule', code),
        runCommand: ({ command }) => Object.hasOwn(commandOf, command) && run(commandOf[command], uri),
        applyAction: ({ finding, action }) => this.#applyAction(finding, action),
        applyOffer: ({ layer, offer }) => this.#applyOffer(layer ?? 'model', offer),
      },
    );
    this.#disposables.add(analyses.hold(this.#key));
    this.#disposables.add(panel.webview.onDidReceiveMessage((data: unknown) => this.#rpc.receive(data)));
    this.#disposables.add(
      analyses.onDidChange((state) => {
        if (state.key.uri.toString() === uri.toString() && state.key.costs === 'hints') void this.#send();
      }),
    );
    this.#disposables.add(
      offers.onDidChange((model) => {
        if (model.toString() === uri.toString()) void this.#send();
      }),
    );
    // A hidden page is discarded; when it is shown again it is rebuilt and says `ready` again.
    this.#disposables.add(
      panel.onDidChangeViewState(() => {
        if (!panel.visible) this.#isReady = false;
      }),
    );
  }

  get uri(): vscode.Uri {
    return this.#key.uri;
  }

  /** Selects the row of a layer. */
  reveal(layer: number): void {
    this.#toReveal = layer;
    this.#revealIfShown();
  }

  dispose(): void {
    this.#rpc.close(new Error('The model editor was closed.'));
    this.#disposables.dispose();
  }

  #ready(): Promise<void> {
    this.#isReady = true;
    this.#shown = undefined;
    return this.#send();
  }

  /** Sends the whole state to a visible page; a state that is overtaken while it is prepared is dropped. */
  async #send(): Promise<void> {
    if (!this.#isReady || !this.#panel.visible) return;
    const turn = ++this.#sent;
    const state = this.#analyses.current(this.#key);
    const project = state && (await projectFileFor(this.#key.uri, state.project));
    if (turn !== this.#sent) return;
    this.#shown = state && { state, offers: this.#offers.lookUp(state) };
    this.#rpc.notify({ type: 'state', state: this.#pageState(state, project) });
    this.#revealIfShown();
  }

  #revealIfShown(): void {
    if (this.#toReveal === undefined || this.#shown?.state.analysis === undefined || !this.#isReady) return;
    this.#rpc.notify({ type: 'reveal', layer: this.#toReveal });
    this.#toReveal = undefined;
  }

  async #applyOffer(place: OfferPlace, offer: number): Promise<void> {
    if (this.#shown === undefined) return;
    const action = offerActions(this.#shown.offers, place).at(offer);
    if (action !== undefined) await runFixCommand(action.command, this.#key.uri);
  }

  #pageState(state: ModelState | undefined, project: ProjectText | undefined): ModelEditorState {
    const fileName = fileNameOf(this.#key.uri);
    const analysis = state?.analysis;
    if (state === undefined || analysis === undefined) {
      const error = state?.error;
      const status = error === undefined ? 'loading' : 'failed';
      return { fileName, status, stale: false, error, findings: [], offers: [] };
    }
    const offers = this.#shown?.offers;
    const offerViews = this.#offerViews(offers, analysis.report.layers.length);
    const offered = new Set(offerViews.map(({ title }) => title));
    return {
      fileName,
      status: 'ready',
      stale: state.stale,
      error: state.error,
      report: analysis.report,
      arenaDetail: analysis.arenaDetail,
      operators: analysis.operators,
      tensors: analysis.tensors,
      findings: analysis.report.findings.map((finding) => ({
        ...finding,
        ...withoutOffers(fixesFor({ finding, layers: analysis.report.layers, project, offers }), offered),
      })),
      offers: offerViews,
    };
  }

  #offerViews(offers: readonly MadeOffer[] | undefined, layers: number): readonly OfferView[] {
    const ofLayers = Array.from({ length: layers }, (_unused, layer) => offerView(offerActions(offers, layer), layer));
    return [...offerView(offerActions(offers, 'model')), ...ofLayers.flat()];
  }

  async #applyAction(finding: number, action: number): Promise<void> {
    if (this.#shown === undefined) return;
    const { state, offers } = this.#shown;
    const found = state.analysis?.report.findings.at(finding);
    if (found === undefined) return;
    // The file may have changed since the page was shown: edits are made for its present text.
    const project = await projectFileFor(this.#key.uri, state.project);
    const fix = fixesFor({ finding: found, layers: state.analysis?.report.layers, project, offers }).at(action);
    if (fix === undefined) return;
    await (isFileFix(fix) ? applyAndSave(fix.edits) : runFixCommand(fix.command, this.#key.uri));
  }
}

function offerView(actions: readonly OfferAction[], layer?: number): readonly OfferView[] {
  return actions.map(({ title, isPossible, brings, command }, offer) => {
    const why = command.id === 'sayWhyNot' ? command.why.slice(title.length).trim() : undefined;
    return { title, isPossible, brings, why, offer, layer };
  });
}

/** Of what can be done about a finding, that which the page does not offer anyway. */
function withoutOffers(
  fixes: readonly { readonly title: string }[],
  offered: ReadonlySet<string>,
): Pick<FindingView, 'actions' | 'hasOffers'> {
  const actions = fixes.map(({ title }, action) => ({ title, action })).filter(({ title }) => !offered.has(title));
  return { actions, hasOffers: actions.length < fixes.length };
}

async function run(command: string, ...values: readonly unknown[]): Promise<void> {
  await vscode.commands.executeCommand(command, ...values);
}
