import type { AnalysisRequest } from '../core/analysis/analysis';
import type { CompressionRequest, CompressionResult } from '../core/compress/kind';
import type { GivenNames } from '../core/compress/judge/classNames';
import type { Progress } from '../core/compress/offer';
import type { EdgeLayout } from '../core/compress/tflm/channelsLast';
import type { Rounding } from '../core/execute/executable';
import type { TensorSummary } from '../core/execute/tensorSummary';
import type { SamplePlace } from '../core/samples/sampleFiles';
import type { Beside, BesideQuestions } from './beside';

/**
 * The host and a thread that does one job: it is started for the job and ended with it. The thread reads files itself,
 * and through its host those of file systems that no path leads to. A job is cancelled by a flag in shared memory, so
 * that it is heard in the middle of a long computation, and some seconds later by ending the thread.
 */
export interface JobThreadData {
  /** One number: not 0 once the job is no longer wanted. */
  readonly cancelFlag: Int32Array;
  /** Folders: a file with its name in one of them is read only where its links lead into one of them too. */
  readonly roots: readonly string[];
}

/** Job thread to host. */
type FromJobThread =
  | { readonly type: 'progress'; readonly progress: Progress }
  | { readonly type: 'listFiles'; readonly place: SamplePlace }
  | { readonly type: 'readFile'; readonly file: SamplePlace; readonly mostBytes?: number }
  /** Asks the person for sample data, now that they are needed. */
  | { readonly type: 'chooseData' };

export interface FromJobThreadDirection {
  readonly messages: FromJobThread | BesideQuestions['messages'];
  readonly replies: BesideQuestions['replies'] & {
    readonly listFiles: readonly SamplePlace[];
    readonly readFile: Uint8Array;
    /** Nothing where the person wants none. */
    readonly chooseData: DataChoice | undefined;
  };
}

/** Host to job thread: exactly one request, which is the job. */
export interface ToJobThreadDirection {
  readonly messages: JobMessage;
  readonly replies: JobReplies;
}

/** What every job is about: a model's bytes, and the target that its costs are computed for. */
export interface OfModel {
  readonly model: Uint8Array;
  /** Where files beside the model are found. Absent: there are none. */
  readonly beside?: Beside;
  readonly request: Omit<AnalysisRequest, 'bytes'>;
  /** Names of the classes that the model tells apart, or the file with them, one a line. */
  readonly labels?: LabelsChoice;
}

export type LabelsChoice = ({ readonly kind: 'names' } & GivenNames) | FilesChoice;

/** A compression of a model. */
export interface CompressMessage extends OfModel {
  readonly type: 'compress';
  /** Path that the result will be written to, for the proof. */
  readonly resultPath: string;
  readonly how: CompressionHow;
  /** How inputs and outputs of an ONNX file lie in the result; absent: channels last. */
  readonly layout?: EdgeLayout;
  /** Samples that are used at most, evenly spread. */
  readonly mostSamples: number;
  /** Folder of `@tensorflow/tfjs-node`, or one that has it among its packages. */
  readonly tfjsNodePath?: string;
}

/** Which compression, with which options, on which samples: made once, when all of it is chosen. */
export interface CompressionHow extends CompressionRequest {
  /** Absent for a kind that needs none, or finds out while it works: then it is asked for. */
  readonly data?: DataChoice;
}

/** Which samples a job works with. */
export type DataChoice =
  | FilesChoice
  /** Random numbers. */
  | { readonly kind: 'synthetic' };

/** A file, or a folder with files, by its URI. */
export interface FilesChoice extends SamplePlace {
  readonly kind: 'files';
}

/** Executes a model once, as the device would. */
export interface RunMessage extends OfModel {
  readonly type: 'run';
  readonly inputs: RunInputs;
  /** Absent: as the target rounds. */
  readonly rounding?: Rounding;
}

/** What the inputs are filled with. */
export type RunInputs =
  /** By the rule of `seededInputs`. */
  | { readonly kind: 'seed'; readonly seed: number }
  /** A sample of a file or folder: its first one, or the one at `sample`, counted from 0. */
  | (FilesChoice & { readonly sample?: number });

export interface RunReply {
  readonly outputs: readonly OutputSummary[];
  /** What each operator computed, in order of execution. */
  readonly layers: readonly LayerSummary[];
  readonly rounding: Rounding;
  /**
   * What the inputs were made from, for people; for samples, also what is doubtful about them, as complete
   * sentences.
   */
  readonly inputs: { readonly source: string; readonly label?: number; readonly remarks: readonly string[] };
  /** Time of the execution on this machine, not on the board. */
  readonly hostMs: number;
}

/** `labels`: the names of `largest`, in their order, where the output tells classes apart that have names. */
interface OutputSummary extends TensorSummary {
  readonly labels?: readonly string[];
}

export interface LayerSummary extends TensorSummary {
  readonly operator: string;
}

/** Makes what is written for a result: of a source with an array, a text many times as long as the model. */
export interface ResultContentMessage {
  readonly type: 'resultContent';
  /** The result as a TFLite file. */
  readonly bytes: Uint8Array;
  /** Path that it is written to, as `source` has its own. */
  readonly path: string;
  /** What the result was made from. */
  readonly source: { readonly path: string; readonly bytes: Uint8Array; readonly beside?: Beside };
  /** A source with an array in whose style a new one is written. */
  readonly pattern?: { readonly path: string; readonly bytes: Uint8Array };
}

type JobMessage = CompressMessage | RunMessage | ResultContentMessage;

interface JobReplies {
  readonly compress: CompressionResult;
  readonly run: RunReply;
  readonly resultContent: Uint8Array;
}
