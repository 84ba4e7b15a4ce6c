import * as vscode from 'vscode';
import type { Analysis, AnalysisRequest, TensorCard } from '../../core/analysis/analysis';
import type { MannerComparison } from '../../core/estimate/mannerComparison';
import { isAnsweredBy } from '../../core/analysis/sameRequest';
import type { BoardFigures } from '../../core/measure/measuredProfile';
import type { Measurement } from '../../core/measure/measurement';
import { HumanError } from '../../core/model/problem';
import { bytesText } from '../../core/text/units';
import { kindOfPath, programKinds } from '../../core/formats/kinds';
import { mostBytesOf } from '../../files/limits';
import { CancelledError } from '../../protocol/rpc';
import type { ChoiceLayer } from '../../core/project/layers';
import type { Beside, UnsavedFile } from '../../protocol/beside';
import type { Choices } from '../choices';
import { Disposables } from '../disposables';
import type { Log } from '../log';
import { failureSentence } from '../log';
import type { FilesBeside } from './filesBeside';
import type { ModelSource, SourceChange, SourceVersion } from './modelSource';
import { modelSourceOf } from './modelSources';
import { waitUntilStill, workWhileStill } from './stillFile';
import type { AnalysisWorker, JobOptions } from './workerClient';

/** Which analysis: of a file, on the chosen board or on another, its listing with costs as hints or as text. */
export interface ModelKey {
  readonly uri: vscode.Uri;
  readonly board?: string;
  readonly costs: 'hints' | 'text';
}

/** Equal for keys of the same analysis. */
export function nameOfKey({ uri, board, costs }: ModelKey): string {
  return `${uri.toString()} ${board ?? ''} ${costs}`;
}

/** Of the chosen board, its listing as it is usually shown: what problems, boards and calibrations are about. */
export function isOfChoice({ board, costs }: ModelKey): boolean {
  return board === undefined && costs === 'hints';
}

/** What is known of a model at the moment. */
export interface ModelState {
  readonly key: ModelKey;
  /** The last good analysis. */
  readonly analysis?: Analysis;
  readonly contentHash?: string;
  /** What the analysis was asked with. */
  readonly request?: Omit<AnalysisRequest, 'bytes'>;
  /** What chose it, a later one before an earlier one. */
  readonly layers?: readonly ChoiceLayer[];
  /** The project file that applies. */
  readonly project?: vscode.Uri;
  /** Why there is no analysis of the present content: a complete sentence. */
  readonly error?: string;
  /** True while the analysis is of an older content or target. */
  readonly stale: boolean;
  /** Grows with every new analysis or error. */
  readonly revision: number;
}

export interface EntryServices {
  readonly worker: AnalysisWorker;
  readonly beside: FilesBeside;
  readonly choices: Choices;
  readonly log: Log;
  readonly changed: (state: ModelState) => void;
}

/** A measurement to be kept, nothing where it says nothing new, or the whole sentence why there is none. */
type MeasuredHere =
  { readonly known: true; readonly measurement?: Measurement } | { readonly known: false; readonly reason: string };

const notRead = 'The model has not been read yet.';

/** Milliseconds between two looks at a file that is being written. */
const pauseMs = 150;

/** Keeps the analysis of one model up to date with its file and its target. */
export class ModelEntry {
  readonly key: ModelKey;
  readonly #services: EntryServices;
  readonly #source: ModelSource;
  readonly #disposables = new Disposables();
  #state: ModelState;
  #run?: { readonly controller: AbortController; readonly done: Promise<void> };
  #manners?: { readonly revision: number; readonly comparison: Promise<MannerComparison | undefined> };
  #disposed = false;

  constructor(key: ModelKey, services: EntryServices) {
    this.key = key;
    this.#services = services;
    this.#state = { key, stale: false, revision: 0 };
    this.#source = modelSourceOf(key.uri);
    this.#disposables.add(this.#source.onDidChange((change) => this.update(change)));
    this.#disposables.add(services.beside.follow(key.uri, (change) => this.update(change)));
    this.update('open');
  }

  get state(): ModelState {
    return this.#state;
  }

  get isIdle(): boolean {
    return this.#run === undefined;
  }

  /** The state once nothing is under way any more. */
  async whenIdle(): Promise<ModelState> {
    while (this.#run !== undefined) await this.#run.done;
    return this.#state;
  }

  /** Analyses again; work for an older content or target is dropped. `disk`: the file was just seen to change. */
  update(cause: 'open' | SourceChange | 'target'): void {
    if (this.#disposed) return;
    this.#run?.controller.abort();
    const controller = new AbortController();
    const done = this.#analyse(cause, controller.signal).finally(() => {
      if (this.#run?.controller === controller) this.#run = undefined;
    });
    this.#run = { controller, done };
    if (cause !== 'target') this.#becomeStale();
  }

  /**
   * Compares what a board printed with the estimates: shown at once. What is to be kept of it is given back, or why
   * nothing is.
   */
  async measure(figures: BoardFigures, arenaUsedBytes: number | undefined): Promise<MeasuredHere> {
    const { request, error, revision } = await this.whenIdle();
    if (request === undefined || error !== undefined) return { known: false, reason: error ?? notRead };
    const { uri } = this.key;
    const { name: content } = await this.#source.version();
    const recordedAt = new Date().toISOString();
    const job = { content, request, figures, arenaUsedBytes, recordedAt, beside: besideOf(uri) };
    const outcome = await this.#services.worker.measure(job, bytesOfModel(this.#source));
    if (!outcome.known || outcome.news === undefined) return outcome;
    const { measurement, analysis, request: asked } = outcome.news;
    // Where something has changed meanwhile, the analysis that is under way has the measurement once it is kept.
    if (this.isIdle && this.#state.revision === revision) {
      this.#set({ ...this.#state, analysis, request: asked, revision: revision + 1 });
    }
    return { known: true, measurement };
  }

  /** Smallest and largest value of a constant tensor; reads the whole constant in the worker. */
  async tensorRange(graph: number, tensor: number, signal?: AbortSignal): Promise<TensorCard['range']> {
    const { uri } = this.key;
    const { name: content } = await this.#source.version();
    const { worker, choices } = this.#services;
    const { path, programChoice } = (await choices.of(uri)).request;
    return worker.tensorRange(
      { content, path, programChoice, graph, tensor, beside: besideOf(uri) },
      { ...bytesOfModel(this.#source), signal },
    );
  }

  /** What the official converter makes of a Keras model beside ours; converted in the worker, once for an analysis. */
  async manners(): Promise<MannerComparison | undefined> {
    const { request, revision, stale } = this.#state;
    if (request === undefined || stale) return undefined;
    if (this.#manners?.revision !== revision) this.#manners = { revision, comparison: this.#compareManners(request) };
    try {
      return await this.#manners.comparison;
    } catch (error) {
      this.#manners = undefined;
      throw error;
    }
  }

  async #compareManners(request: Omit<AnalysisRequest, 'bytes'>): Promise<MannerComparison | undefined> {
    const { name: content } = await this.#source.version();
    const job = { content, request, beside: besideOf(this.key.uri) };
    return this.#services.worker.manners(job, bytesOfModel(this.#source));
  }

  dispose(): void {
    this.#disposed = true;
    this.#run?.controller.abort();
    this.#disposables.dispose();
  }

  async #analyse(cause: 'open' | SourceChange | 'target', signal: AbortSignal): Promise<void> {
    const still = {
      stat: async () => this.#source.version(),
      pause: () => new Promise<void>((resolve) => setTimeout(resolve, pauseMs)),
    };
    try {
      if (cause === 'disk') await waitUntilStill(still);
      if (signal.aborted || (cause === 'target' && (await this.#isAnswered()))) return;
      this.#becomeStale();
      const next = await workWhileStill(still, (version) => this.#analyseContent(version, signal));
      if (!signal.aborted) this.#set(next);
    } catch (error) {
      if (signal.aborted || error instanceof CancelledError) return;
      const sentence = failureSentence(error, this.#services.log);
      const { analysis, revision } = this.#state;
      this.#set({ ...this.#state, error: sentence, stale: analysis !== undefined, revision: revision + 1 });
    }
  }

  /** Whether what is asked now is what was answered: then there is nothing to do. */
  async #isAnswered(): Promise<boolean> {
    const { analysis, contentHash, request, error, stale } = this.#state;
    if (analysis === undefined || contentHash === undefined || request === undefined) return false;
    if (stale || error !== undefined) return false;
    const { uri, board } = this.key;
    const { request: asked, project } = await this.#services.choices.of(uri, board);
    if (project?.uri.toString() !== this.#state.project?.toString()) return false;
    return isAnsweredBy(asked, { request, contentHash, report: analysis.report });
  }

  #becomeStale(): void {
    if (this.#state.analysis !== undefined && !this.#state.stale) this.#set({ ...this.#state, stale: true });
  }

  async #analyseContent({ size, name: content }: SourceVersion, signal: AbortSignal): Promise<ModelState> {
    const { uri, board, costs } = this.key;
    const { worker, choices } = this.#services;
    if (size > mostBytesOf.model) throw tooLarge(size);
    const { request, layers, project } = await choices.of(uri, board);
    if (signal.aborted) throw new CancelledError();
    const job = { content, request, costs, beside: besideOf(uri) };
    const { analysis, contentHash } = await worker.analyse(job, { ...bytesOfModel(this.#source), signal });
    const revision = this.#state.revision + 1;
    return { key: this.key, analysis, contentHash, request, layers, project: project?.uri, stale: false, revision };
  }

  #set(state: ModelState): void {
    if (this.#disposed) return;
    this.#state = state;
    this.#services.changed(state);
  }
}

function tooLarge(bytes: number): HumanError {
  const size = `${bytesText(bytes)}, above the ${bytesText(mostBytesOf.model)} that are read`;
  return new HumanError(
    'file-too-large',
    `The file has ${size}. It is no model for a microcontroller; open a smaller one.`,
  );
}

/** How a worker gets the bytes of a model. */
export function bytesOfModel(source: ModelSource): Pick<JobOptions, 'file' | 'read'> {
  return { file: source.file, read: async () => source.bytes() };
}

/** Where a worker finds files beside a model: within its folder of the workspace. */
export function besideOf(uri: vscode.Uri): Beside {
  const model = uri.toString();
  if (uri.scheme === 'git') return { model, near: onDisk(uri) };
  if (uri.scheme !== 'file') return { model };
  const unsaved = kindOfPath(uri.path, programKinds) === undefined ? [] : unsavedBeside(uri);
  return {
    model,
    disk: onDisk(uri),
    ...(unsaved.length > 0 && { unsaved }),
  };
}

/** The path of a file, or of one that Git has another version of, and the folder of the workspace that it lies in. */
function onDisk({ fsPath }: vscode.Uri): NonNullable<Beside['disk']> {
  return { file: fsPath, root: vscode.workspace.getWorkspaceFolder(vscode.Uri.file(fsPath))?.uri.fsPath };
}

/** Modules of people are shorter. */
const mostUnsavedCharacters = 1_000_000;

/** What is open and not saved in the folder of the workspace that a program lies in. */
function unsavedBeside(program: vscode.Uri): readonly UnsavedFile[] {
  const root = vscode.workspace.getWorkspaceFolder(program);
  if (root === undefined) return [];
  return vscode.workspace.textDocuments
    .filter(({ isDirty, uri }) => isDirty && uri.scheme === 'file' && uri.path !== program.path)
    .filter(({ uri }) => kindOfPath(uri.path, programKinds) !== undefined)
    .filter(({ uri }) => vscode.workspace.getWorkspaceFolder(uri) === root)
    .map((document) => ({ file: document.uri.fsPath, text: document.getText() }))
    .filter(({ text }) => text.length <= mostUnsavedCharacters);
}
