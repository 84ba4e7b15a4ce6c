import * as vscode from 'vscode';
import type { Progress } from '../../core/compress/offer';
import { HumanError } from '../../core/model/problem';
import type { CompressionKind, CompressionResult, Ladder } from '../../core/compress/kind';
import { conversionTitle } from '../../core/compress/conversions';
import { kindOf } from '../../core/compress/kinds';
import type { CompressionHow, DataChoice } from '../../protocol/jobs';
import type { ProofPageState } from '../../protocol/proofPage';
import { CancelledError } from '../../protocol/rpc';
import type { FilesBeside } from '../analysis/filesBeside';
import { besideOf } from '../analysis/modelEntry';
import { modelSourceOf } from '../analysis/modelSources';
import type { Choices } from '../choices';
import type { SettingsReader } from '../settings';
import { compareModels } from '../compare';
import type { Log } from '../log';
import { failureSentence } from '../log';
import { fileNameOf } from '../places';
import { classLabels } from './classLabels';
import { isWanted } from './costlierResult';
import { pickData } from './dataPicker';
import { tellFinished, tellReady } from './finished';
import type { JobRpc } from './jobThread';
import { ladderView } from './ladderView';
import { ProofPanel } from './proofPanel';
import { contentOfResult } from './resultContent';
import type { ResultEnd } from './resultFile';
import { withSuffix } from './resultFile';
import { saveCsv, savePng } from './saves';
import { tradeoffView } from './tradeoffView';
import { runWindowJob } from './windowJob';
import type { WrittenResult } from './resultUri';
import { discardResult, placeElsewhere, writeBeside } from './resultUri';

/** What is to be done with a model. */
export interface CompressionTask {
  readonly source: vscode.Uri;
  readonly how: CompressionHow;
  /** Absent: the result is written in the source's own format, or as a model file. */
  readonly asArray?: ArrayForm;
}

/** A result as an array in a source of firmware. */
export interface ArrayForm {
  /** Of the source: `.cc`. */
  readonly extension: string;
  /** An array of the project, in whose style it is written. */
  readonly pattern?: vscode.Uri;
}

/** What a compression needs of the extension. */
export interface CompressionServices {
  readonly extensionUri: vscode.Uri;
  /** The script of a job's thread. */
  readonly jobScript: string;
  readonly choices: Choices;
  readonly beside: FilesBeside;
  readonly settings: SettingsReader;
  readonly log: Log;
}

/** Says how far the work is. */
type Tell = (progress: Progress) => void;

/** One compression from its start to the decision about its result, with its page. */
export class Compression {
  readonly task: CompressionTask;
  readonly #kind: CompressionKind;
  readonly #services: CompressionServices;
  readonly #panel: ProofPanel;
  readonly #controller = new AbortController();
  /** Where the result goes when its source's folder takes no files. */
  #chosenPlace?: vscode.Uri;
  #result?: WrittenResult;
  /** The steps of which one is to be taken, and the bytes of the source that they were made from. */
  #ladder?: Ladder & { readonly model: Uint8Array };
  #isWriting = false;

  constructor(task: CompressionTask, services: CompressionServices) {
    this.task = task;
    this.#kind = kindOf(task.how.kind);
    this.#services = services;
    this.#panel = new ProofPanel(services.extensionUri, this.#stateAtStart(), this.#handlers(), services.log);
  }

  /** What the page shows. */
  get state(): ProofPageState {
    return this.#panel.state;
  }

  /** The written file; absent before it is written and after it was discarded. */
  get result(): vscode.Uri | undefined {
    return this.#result?.uri;
  }

  /** True where a file was written that nobody has decided about, and that took no other's place. */
  get isDiscardable(): boolean {
    return this.#result !== undefined && this.#result.replaced !== true && this.state.result?.status === 'new';
  }

  /** Resolves when the work is over, however it ends; a failure is shown on the page and thrown. */
  async run(): Promise<void> {
    const { source } = this.task;
    const { title } = this.state;
    const options = {
      location: vscode.ProgressLocation.Notification,
      title: `${title}: ${fileNameOf(source)}`,
      cancellable: true,
    };
    try {
      await vscode.window.withProgress(options, async (progress, token) => {
        token.onCancellationRequested(() => this.cancel());
        await this.#workAndFinish(this.#teller(progress));
      });
    } catch (error) {
      if (error instanceof CancelledError) {
        this.#panel.dispose();
        return;
      }
      this.#panel.state = { ...this.state, status: 'failed', error: failureSentence(error, this.#services.log) };
      throw error;
    }
  }

  cancel(): void {
    this.#controller.abort();
  }

  /** Takes the written file away again. */
  async discard(): Promise<void> {
    if (this.#result === undefined) return;
    await discardResult(this.#result);
    this.#services.log.info(`${this.#result.uri.toString(true)} was discarded.`);
    this.#result = undefined;
    this.#decide('discarded');
  }

  keep(): void {
    this.#decide('kept');
  }

  async #workAndFinish(tell: Tell): Promise<void> {
    const { source } = this.task;
    this.#services.log.info(`${this.state.title}: ${source.toString(true)}`);
    this.#chosenPlace = await placeElsewhere(source, this.#end);
    const model = await modelSourceOf(source).bytes();
    await this.#finish(await this.#work(model, tell), model, tell);
  }

  /** Tells the page and the notification how far the work is. */
  #teller(progress: vscode.Progress<{ message?: string; increment?: number }>): Tell {
    let told = 0;
    return ({ stage, share, curve }) => {
      this.#panel.progress({ stage, share }, curve);
      progress.report({ message: stage, increment: (share - told) * 100 });
      told = share;
    };
  }

  async #work(model: Uint8Array, progress: Tell): Promise<CompressionResult> {
    const { source, how } = this.task;
    const { jobScript: script, choices, beside, settings } = this.#services;
    const { request, layers } = await choices.of(source);
    const labels = classLabels(layers);
    const { mostSamples, layout, tfjsNodePath } = settings.readCompression(source);
    const resultPath = withSuffix(request.path, this.#end, 1);
    const about = { request, beside: besideOf(source) };
    const ask = (rpc: JobRpc): Promise<CompressionResult> =>
      rpc.request({ type: 'compress', model, ...about, labels, resultPath, how, layout, mostSamples, tfjsNodePath });
    const { graceMs } = this.#kind;
    const chooseData = (): Promise<DataChoice | undefined> => this.#chooseData(progress);
    return runWindowJob({ script, beside, graceMs, progress, chooseData, ask }, this.#controller.signal);
  }

  /** Asked when a step is reached that needs data; nothing where it is cancelled meanwhile. */
  async #chooseData(tell: Tell): Promise<DataChoice | undefined> {
    const { source } = this.task;
    const { project } = await this.#services.choices.of(source);
    const syntheticWarning = this.#kind.questions?.syntheticWarning ?? '';
    tell({ stage: 'Waiting for your choice of data', share: 0 });
    const title = `${this.state.title}: what loses nothing is not enough. Which data?`;
    const { signal } = this.#controller;
    const stopped = new Promise<undefined>((resolve) => {
      if (signal.aborted) resolve(undefined);
      signal.addEventListener('abort', () => resolve(undefined), { once: true });
    });
    return Promise.race([pickData({ title, model: source, project, syntheticWarning }), stopped]);
  }

  /** Writes the result, or shows the steps of which one is to be taken. */
  async #finish(result: CompressionResult, model: Uint8Array, tell: Tell): Promise<void> {
    const { ladder } = result;
    if (ladder === undefined) return this.#write(result, model, tell);
    this.#ladder = { ...ladder, model };
    this.#panel.state = { ...this.state, status: 'done', ladder: ladderView(ladder) };
    const name = fileNameOf(this.task.source);
    if (!this.#panel.isActive) void tellReady(name).then((isWanted) => isWanted && this.#panel.reveal());
  }

  /** Writes the model of a step of the ladder; one at a time, and none over one that is not decided about. */
  async takeStep(step: number): Promise<void> {
    const result = this.#ladder?.steps.at(step)?.result;
    if (this.#ladder === undefined || result === undefined || this.#isWriting || this.isDiscardable) return;
    this.#isWriting = true;
    try {
      await this.#write(result, this.#ladder.model, () => undefined);
      this.#panel.state = { ...this.state, ladder: { ...ladderView(this.#ladder), taken: step } };
    } catch (error) {
      if (!(error instanceof CancelledError)) throw error;
    } finally {
      this.#isWriting = false;
    }
  }

  async #write(
    { bytes, proof, curve }: Omit<CompressionResult, 'ladder'>,
    model: Uint8Array,
    tell: Tell,
  ): Promise<void> {
    const { source, how, asArray } = this.task;
    const ask: typeof askFirst = (...question) => {
      tell({ stage: 'Waiting for your answer', share: 1 });
      return askFirst(...question);
    };
    if (!(await isWanted(proof, ask))) throw new CancelledError();
    const { jobScript: script, beside } = this.#services;
    const contentAt = (uri: vscode.Uri): Promise<Uint8Array> =>
      contentOfResult({ uri, bytes, source, model, pattern: asArray?.pattern }, { script, beside });
    this.#result = await writeBeside(source, this.#end, { contentAt, chosen: this.#chosenPlace });
    if (this.#result === undefined) throw new CancelledError();
    const { uri } = this.#result;
    this.#services.log.info(`The result is ${uri.toString(true)}.`);
    for (const decision of proof.decisions) this.#services.log.info(decision);
    if (proof.compared !== undefined) this.#services.log.info(proof.compared);
    for (const warning of proof.warnings) this.#services.log.warn(warning);
    const named = { ...proof, result: { ...proof.result, path: vscode.workspace.asRelativePath(uri, false) } };
    this.#panel.state = {
      ...this.state,
      status: 'done',
      proof: named,
      result: { name: fileNameOf(uri), status: 'new' },
      tradeoff: curve && tradeoffView(curve),
      alternatives: this.#kind.alternatives(how.options, how.data?.kind === 'synthetic'),
    };
    await this.#show(fileNameOf(uri), proof);
  }

  /**
   * Brings the comparison and the report before whoever waits for them; nobody is taken away from what they do
   * meanwhile.
   */
  async #show(name: string, proof: CompressionResult['proof']): Promise<void> {
    if (!this.#panel.isActive) {
      void tellFinished(name, proof).then((isWanted) => isWanted && this.#panel.reveal());
      return;
    }
    await this.#showDiff();
    this.#panel.reveal();
  }

  async #showDiff(): Promise<void> {
    if (this.#result !== undefined) await compareModels(this.task.source, this.#result.uri);
  }

  #decide(status: 'kept' | 'discarded'): void {
    const { result } = this.state;
    if (result !== undefined) this.#panel.state = { ...this.state, result: { ...result, status } };
  }

  get #end(): ResultEnd {
    const { how, asArray } = this.task;
    return { suffix: this.#kind.suffix(how.options), extension: asArray?.extension };
  }

  #stateAtStart(): ProofPageState {
    const { source, how } = this.task;
    const words = this.#kind.words(how.options);
    const title = conversionTitle(source.path, this.#kind) ?? this.#kind.title(how.options);
    return { title, words, sourceName: fileNameOf(source), status: 'working', curves: [] };
  }

  #handlers(): ConstructorParameters<typeof ProofPanel>[2] {
    const { source } = this.task;
    return {
      cancel: () => this.cancel(),
      keep: () => this.keep(),
      discard: () => this.#guarded(() => this.discard()),
      showDiff: () => this.#showDiff(),
      openResult: () => this.#result && run('milliwatt.openModel', this.#result.uri),
      openSource: () => run('milliwatt.openModel', source),
      copyJson: () => this.#copyJson(),
      compressResult: () => this.#compressResult(),
      chooseBoard: () => run('milliwatt.chooseBoard', source),
      applySuggestion: ({ change }) => run('milliwatt.compressAgain', this.task, change),
      runAgain: () => run('milliwatt.compressAgain', this.task),
      takePoint: ({ point }) =>
        run('milliwatt.compressAgain', this.task, { option: 'macsShare', value: this.#macsShareOf(point) }),
      takeStep: ({ step }) => this.#guarded(() => this.takeStep(step)),
      exportCsv: () => this.#guarded(() => saveCsv(this.state, source)),
      exportPng: ({ png }) => this.#guarded(() => savePng(png, source)),
    };
  }

  async #compressResult(): Promise<void> {
    const { next } = this.state.words;
    if (next === undefined || this.#result === undefined) return;
    await run('milliwatt.applyOffer', this.#result.uri, { kind: next.kind, options: {} });
  }

  /** Share of the multiply-accumulates that a point of the trade-off leaves out: what leads there again. */
  #macsShareOf(point: number): number {
    const points = this.state.tradeoff?.points ?? [];
    const [first, taken] = [points.at(0)?.totals.macs ?? 0, points.at(point)?.totals.macs ?? 0];
    return first === 0 ? 0 : 1 - taken / first;
  }

  async #copyJson(): Promise<void> {
    const { proof } = this.state;
    if (proof === undefined) throw new HumanError('no-report', 'There is no report yet.');
    await vscode.env.clipboard.writeText(`${JSON.stringify(proof, null, 2)}\n`);
    vscode.window.setStatusBarMessage('$(clippy) The report was copied as JSON.', 5000);
  }

  async #guarded(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      void vscode.window.showErrorMessage(failureSentence(error, this.#services.log));
    }
  }
}

function askFirst(message: string, detail: string, button: string): Thenable<string | undefined> {
  return vscode.window.showWarningMessage(message, { modal: true, detail }, button);
}

async function run(command: string, ...values: readonly unknown[]): Promise<void> {
  await vscode.commands.executeCommand(command, ...values);
}
