import type { Alternative, LadderStep, OptionChange, ProofWords } from '../core/compress/kind';
import type { Totals } from '../core/compress/offer';
import type { Fidelity, Proof } from '../core/compress/proof';

/**
 * The page of one compression: it shows the work while it goes on, then what it did and brought. The host owns
 * everything.
 */
export interface FromProofPageDirection {
  readonly messages: FromProofPage;
  readonly replies: object;
}

export interface ToProofPageDirection {
  readonly messages: ToProofPage;
  readonly replies: object;
}

/** Webview to host. */
export type FromProofPage =
  /** The page runs and listens: the host answers with the whole state. */
  | { readonly type: 'ready' }
  | { readonly type: 'cancel' }
  /** The result stays: it cannot be discarded from here any more. */
  | { readonly type: 'keep' }
  /** Takes the written file away again. */
  | { readonly type: 'discard' }
  | { readonly type: 'showDiff' }
  /** Opens the result, at a layer of the proof's report of the result when given. */
  | { readonly type: 'openResult' }
  | { readonly type: 'openSource' }
  | { readonly type: 'copyJson' }
  /** Begins with the result what `next` of its words names. */
  | { readonly type: 'compressResult' }
  | { readonly type: 'chooseBoard' }
  /** Does the work again with what a suggestion changes; without a change it asks for data and options first. */
  | { readonly type: 'applySuggestion'; readonly change?: OptionChange }
  /** Does the work again, asking for data and options first. */
  | { readonly type: 'runAgain' }
  /** Writes the model of a point of the trade-off. */
  | { readonly type: 'takePoint'; readonly point: number }
  /** Writes the model of a step of the ladder. */
  | { readonly type: 'takeStep'; readonly step: number }
  | { readonly type: 'exportCsv' }
  | { readonly type: 'exportPng'; readonly png: Uint8Array };

/** Host to webview. */
type ToProofPage =
  /** Replaces everything that is shown. */
  | { readonly type: 'state'; readonly state: ProofPageState }
  /** How far the work is, between two states. */
  | { readonly type: 'progress'; readonly work: WorkView }
  /** More points of curves, in order. */
  | { readonly type: 'points'; readonly points: readonly CurvePoint[] };

export interface ProofPageState {
  /** "Quantize to int8": what is being done, as a heading. */
  readonly title: string;
  readonly sourceName: string;
  readonly words: ProofWords;
  readonly status: 'working' | 'done' | 'failed' | 'cancelled';
  readonly work?: WorkView;
  /** A complete sentence: why there is no result. */
  readonly error?: string;
  readonly curves: readonly CurvePoint[];
  readonly proof?: Proof;
  readonly result?: ResultView;
  readonly tradeoff?: TradeoffView;
  readonly ladder?: LadderView;
  /** What else could be tried with the whole model. */
  readonly alternatives?: readonly Alternative[];
}

export interface WorkView {
  readonly stage: string;
  /** 0 to 1. */
  readonly share: number;
}

export interface CurvePoint {
  readonly series: string;
  readonly x: number;
  readonly y: number;
}

export interface ResultView {
  readonly name: string;
  /** `new`: written, not yet decided about. */
  readonly status: 'new' | 'kept' | 'discarded';
}

/** Ways to meet limits, from what loses nothing to what loses most: a person takes one. */
export interface LadderView {
  /** The source first. */
  readonly steps: readonly LadderStepView[];
  /** The step that meets every limit, or comes nearest. */
  readonly best: number;
  /** The step whose model was written last. */
  readonly taken?: number;
  /** Complete sentences: why no step meets the limits. */
  readonly unreachable?: string;
}

export interface LadderStepView extends LadderStep {
  /** There is a model to be written. */
  readonly canBeTaken: boolean;
  /** How far its outputs are from the source's; absent where that was not measured. */
  readonly fidelity?: Fidelity;
}

/** What each degree of pruning costs and brings. */
export interface TradeoffView {
  /** What `quality` is: "top-1 agreement with the original". */
  readonly qualityName: string;
  /** Whether `quality` is a share, shown in percent, or decibels. */
  readonly qualityUnit: 'share' | 'dB';
  readonly points: readonly TradeoffPoint[];
  /** The point whose model was written. */
  readonly taken?: number;
  /** Complete sentences: why the goal was not reached. */
  readonly unreachable?: string;
}

export interface TradeoffPoint {
  readonly label: string;
  /** "fine-tuned". */
  readonly note?: string;
  readonly totals: Totals;
  readonly quality?: number;
}
