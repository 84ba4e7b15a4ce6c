import type { FloatEngine } from '../execute/floatEngine';
import type { Trainer } from '../execute/trainer';
import type { Report } from '../estimate/report';
import type { ConvertedNumbers } from '../formats/programChoice';
import type { Graph, Model } from '../model/model';
import type { SplitSamples } from '../samples/samples';
import type { CompressionInput } from './compressionInput';
import type { Offer, OfferSubject, Progress, Totals } from './offer';
import type { Proof } from './proof';
import type { TradeOffCurve } from './prune/request';

/** Which compression is to be done, with all its options: plain data, from where it was chosen to where it is done. */
export interface CompressionRequest<Options extends object = object> {
  /** Id of a kind. */
  readonly kind: string;
  readonly options: Options;
}

/** What may have to be there for a compression to run. */
export type Need = 'float engine' | 'trainer' | 'samples';

/** Engine and trainer, to be disposed of when the work is done. */
export interface LoadedTools extends Pick<CompressionTools, 'engine' | 'trainer'> {
  readonly dispose: () => void;
}

/** Where a compression has from what it needs, each fetched when it is first needed. */
export interface CompressionSupply {
  /** Samples for these inputs in two parts; nothing where none were chosen. Asked only where they are needed. */
  readonly readSamples: (graph: Graph) => Promise<SplitSamples | undefined>;
  readonly loadTools: (needs: readonly Need[]) => Promise<LoadedTools>;
}

/** What a compression works with: of engine and trainer those that it needs. */
export interface CompressionTools {
  readonly engine?: FloatEngine;
  readonly trainer?: Trainer;
  /** For a compression that finds out while it works whether it needs anything. */
  readonly supply?: CompressionSupply;
  readonly progress?: (progress: Progress) => void;
  /** Lets messages in, an order to stop among them; called now and then. */
  readonly pause?: () => Promise<void>;
  readonly signal?: AbortSignal;
}

export interface CompressionResult {
  /** The result as a file. */
  readonly bytes: Uint8Array;
  readonly proof: Proof;
  /** Of a compression that weighs costs against quality. */
  readonly curve?: TradeOffCurve;
  /** Of one that tried several ways, of which a person takes one: `bytes` and `proof` are those of the best. */
  readonly ladder?: Ladder;
}

/** Ways to meet limits, from what loses nothing to what loses most. */
export interface Ladder {
  /** The source first. */
  readonly steps: readonly LadderEntry[];
  /** The step that meets every limit, or comes nearest: an index into `steps`. */
  readonly best: number;
  /** Why no step meets the limits, and what stands in the way. */
  readonly unreachable?: string;
}

/** One step, and its file where there is one. */
interface LadderEntry {
  readonly step: LadderStep;
  readonly result?: { readonly bytes: Uint8Array; readonly proof: Proof };
}

/** What one step brought, or why it brought nothing, as a whole sentence; no costs of what TFLM refuses. */
export interface LadderStep {
  readonly title: string;
  /** All outputs are those of the source, bit for bit. */
  readonly keepsOutputs?: boolean;
  readonly totals?: Totals;
  readonly fits: boolean;
  readonly reason?: string;
}

/** What is to be other than the first time: an option by its name, and whatever the kind has to know about it. */
export interface OptionChange {
  readonly option: string;
}

/** Something else to try with the whole model, with what it changes; without a change other data are asked for. */
export interface Alternative {
  readonly text: string;
  readonly change?: OptionChange;
}

/** How the page of a proof speaks of a compression. */
export interface ProofWords {
  /** What was done with the samples that were not measured on: "calibrated". */
  readonly learned: string;
  /** A whole sentence: why outputs were not compared, where they were not. */
  readonly unmeasured: string;
  /** What is often done with the result: text of a button, and the kind that it begins. */
  readonly next?: { readonly text: string; readonly kind: string };
}

/** One option with its possible values; choosing it takes the next value. */
export interface Toggle<Options> {
  readonly name: string;
  readonly values: readonly ToggleValue<Options>[];
}

export interface ToggleValue<Options> {
  readonly text: string;
  readonly detail: string;
  /** Whether the options have this value. */
  isIn(options: Options): boolean;
  set(options: Options): Options;
}

/** One way of saying how far a compression is to go: how it is asked for, and what a typed answer means. */
export interface GoalKind<Options extends object = object> {
  readonly label: string;
  readonly prompt: string;
  /** What is typed there already; empty where nothing is a sensible guess. */
  suggestion(report: Report): string;
  /** The options that a text means; nothing where it means none. */
  read(text: string): Partial<Options> | undefined;
}

/** How far a compression is to go, where that has to be asked. */
export interface GoalQuestion<Options extends object = object> {
  readonly placeHolder: string;
  /** What a wrong answer is told. */
  readonly expected: string;
  readonly kinds: readonly GoalKind<Options>[];
  isOpen(options: Options): boolean;
  /** The same options with the question open again. */
  reopened(options: Options): Options;
  /** What the model itself calls for, with its options; absent where it calls for nothing. */
  ready(
    report: Report,
  ): { readonly label: string; readonly description: string; readonly options: Partial<Options> } | undefined;
}

/** What is asked of a person before a compression that needs samples. */
export interface Questions<Options extends object = object> {
  /** "Quantize": verb, before the model's name. */
  readonly verb: string;
  readonly goal?: GoalQuestion<Options>;
  /** What random numbers in place of samples mean for the result. */
  readonly syntheticWarning: string;
  readonly toggles: readonly Toggle<Options>[];
}

/** What a kind does, loaded when it is first asked for. */
export interface CompressionWork<Options extends object = object> {
  /** What it would bring, from the graph alone, with what has to be chosen to have exactly that. */
  offers(subject: OfferSubject): readonly OfferWithOptions<Options>[];
  /** @throws HumanError where the model does not allow it, before samples are read. */
  check(model: Model): void;
  /** @throws HumanError where samples or options do not allow it; nothing has been done then. */
  run(input: CompressionInput<Options>, tools: CompressionTools): Promise<CompressionResult>;
}

/** An offer; `options` are those that its costs hang on, absent where it cannot be taken up. */
export interface OfferWithOptions<Options extends object = object> {
  readonly offer: Offer;
  readonly options?: Partial<Options>;
}

/** One kind of compression: all that offers, jobs, commands and the page of a proof ask of it. */
export interface CompressionKind<Options extends object = object, Change extends OptionChange = OptionChange> {
  /** Also that of its command, and of its proofs. */
  readonly id: string;
  readonly defaults: Options;
  /** Options that settings of this kind's name have a say about. */
  readonly settings: readonly string[];
  /** "Quantize to int8": shown while offers are being estimated; absent where one often has nothing to offer. */
  readonly expected?: string;
  /** Milliseconds that a cancelled one has for ending with the best so far. */
  readonly graceMs: number;
  /** All outputs of its results are those of the source, bit for bit. */
  readonly keepsOutputs?: true;
  /** Absent where nothing is ever asked. */
  readonly questions?: Questions<Options>;
  /** As what a file of another format comes out; absent where the work is more than a conversion. */
  convertsTo?(options: Options): ConvertedNumbers;
  needs(options: Options): readonly Need[];
  /** "Quantize to int8": heading and notification. */
  title(options: Options): string;
  /** Part of the result's name, `int8`. */
  suffix(options: Options): string;
  words(options: Options): ProofWords;
  alternatives(options: Options, isSynthetic: boolean): readonly Alternative[];
  /** The options of another try. */
  changed(options: Options, change: Change): Options;
  /** Ends in `Work`: the build leaves these files out of programs that only choose. */
  load(): Promise<CompressionWork<Options>>;
}
