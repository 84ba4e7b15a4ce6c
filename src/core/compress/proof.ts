import type { Report } from '../estimate/report';

/**
 * What a compression did and what it brought: plain data, written as JSON by `--json` and shown as a page. Keys are
 * stable.
 */
export interface Proof {
  /** Id of the kind of compression. */
  readonly kind: string;
  readonly source: ProofFile;
  readonly result: ProofFile;
  /** The source on the chosen target; absent where TFLM refuses it, and then `beforeRefusal` says why. */
  readonly before?: Report;
  readonly beforeRefusal?: string;
  /** The written file, read back, on the same target; where TFLM refuses it, what it would take is not to be shown. */
  readonly after: Report;
  /** True where a board answers wrongly to the source and not to the result: costs of both are not compared then. */
  readonly mends?: true;
  /** Why TFLM refuses the result; absent where it runs. */
  readonly afterRefusal?: string;
  /** How far the outputs are from the source's, on data that was not used for calibration or training. */
  readonly fidelity?: Fidelity;
  /** How the outputs compare on random inputs, as a complete sentence; absent where nobody compared them. */
  readonly compared?: string;
  /** In order of execution; absent where nothing was executed. */
  readonly layers?: readonly LayerFidelity[];
  /** Every decision taken, in order, as complete sentences: the output channel's text. */
  readonly decisions: readonly string[];
  /** What a person should know before using the result, as complete sentences. */
  readonly warnings: readonly string[];
  readonly data: DataUsed;
  /** Of a converted Keras file: what the official converter would have made of it, on the same target. */
  readonly official?: OfficialConversion;
}

/** What the official converter makes of a file, beside the result. */
export interface OfficialConversion {
  /** Absent where it makes nothing of the model; beside `refused`, what it makes with the batch fixed. */
  readonly official?: OfficialSide;
  readonly result: OfficialSide;
  /** Why it makes nothing of the model as it is, as a sentence. */
  readonly refused?: string;
  /** For which batch its figures are, as a sentence. */
  readonly batch?: string;
  /** Layers of which ours makes something else, with the kinds of their operators. */
  readonly layers: readonly {
    readonly name: string;
    readonly kind: string;
    readonly official: readonly string[];
    readonly ours: readonly string[];
  }[];
  /** How many more layers differ. */
  readonly moreLayers: number;
  /** What goes badly in it, layer by layer, as complete sentences. */
  readonly troubles: readonly string[];
}

/** What a file takes, as far as it is known. */
export interface OfficialSide {
  readonly operators: number;
  /** Of the arena. */
  readonly ramBytes?: number;
  readonly flashBytes?: number;
  readonly cycles?: number;
}

/** What both files cost, by which it is asked whether the result is to be written. */
export type ProvedCosts = Pick<Proof, 'before' | 'after' | 'afterRefusal' | 'mends'>;

interface ProofFile {
  readonly path: string;
  readonly bytes: number;
  readonly macs: number;
}

/** The samples that were used. `synthetic`: random numbers, because no data were given; errors on them mean little. */
export interface DataUsed {
  readonly source: string;
  readonly isSynthetic: boolean;
  readonly calibrationSamples: number;
  readonly testSamples: number;
}

/** How far values are from those that they stand for. */
export interface ErrorFigures {
  /** Signal to quantization noise: 10 log10(sum of squares of the source / sum of squares of the difference). */
  readonly sqnrDb: number;
  readonly meanSquareError: number;
  /** Mean over samples; absent for single values, of which it would only tell the sign. */
  readonly cosine?: number;
}

/** Final functions whose fixed range hides differences. */
export type SaturatingKind = 'LOGISTIC' | 'TANH' | 'SOFTMAX' | 'LOG_SOFTMAX';

/** One output of several. */
export interface OutputFidelity extends ErrorFigures {
  readonly name: string;
  /** The same before a final function that saturates; results are judged by it. */
  readonly beforeActivation?: ErrorFigures & { readonly operator: SaturatingKind };
}

/** Outputs of the result against those of the source, over all test samples and outputs. */
export interface Fidelity extends ErrorFigures {
  /** Share of samples with the same largest output; absent where the output is no vector of classes. */
  readonly top1Agreement?: number;
  /** `beforeActivation` of the only output where that is a softmax. */
  readonly beforeSoftmax?: ErrorFigures;
  /** Of the only output. */
  readonly beforeActivation?: OutputFidelity['beforeActivation'];
  /** Each output by itself; absent where there is only one. */
  readonly outputs?: readonly OutputFidelity[];
  /** Shares of samples answered as their labels say; absent without labels. */
  readonly accuracy?: { readonly before: number; readonly after: number };
  /** The classes that are answered less often than before, those that lose most first; absent where there are none. */
  readonly classes?: readonly ClassFidelity[];
}

/** How the samples of one class of a classifier are answered. */
export interface ClassFidelity {
  /** Counted from 0. */
  readonly index: number;
  /** Absent where nothing names it. */
  readonly name?: string;
  /** Those that are labelled so; without labels, those that the source answers so. */
  readonly samples: number;
  /** Share of them that the source answers so; absent without labels. */
  readonly before?: number;
  /** Share of them that the result answers so. */
  readonly after: number;
}

/** Where the error comes from. Names are those of the source's layers. */
export interface LayerFidelity {
  readonly name: string;
  readonly operator: string;
  /** Error of this layer's output in the whole result. */
  readonly accumulatedSqnrDb: number;
  /** Error of the layer's output when only this layer is changed. */
  readonly aloneSqnrDb?: number;
  /** 1 is the layer to blame most. */
  readonly rank?: number;
  /** What to do about it, the first way first; absent where nothing is known to help. */
  readonly suggestions?: readonly Suggestion[];
}

/** One way to lower an error. */
export interface Suggestion {
  readonly text: string;
  readonly change: QuantizeChange;
}

/** What a suggestion changes of the options of a quantization. */
export type QuantizeChange =
  | { readonly option: 'activations'; readonly value: 'int16' }
  | { readonly option: 'method'; readonly value: 'auto' }
  | { readonly option: 'perChannelDense' }
  /** One more layer stays float, by its short name. */
  | { readonly option: 'keepFloat'; readonly layer: string };
