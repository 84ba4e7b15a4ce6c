import type { Analysis, AnalysisRequest, TensorCard } from '../core/analysis/analysis';
import type { MannerComparison } from '../core/estimate/mannerComparison';
import type { CalibrationOutcome, CalibrationPair } from '../core/measure/calibrate';
import type { ExportedFile } from '../core/export/exportFirmware';
import type { FoundModel } from '../core/formats/foundModel';
import type { MadeOffer } from '../core/compress/offers';
import type { BoardFigures } from '../core/measure/measuredProfile';
import type { Measurement } from '../core/measure/measurement';
import type { ProjectFileName } from '../core/project/fileNames';
import type { ProjectReading } from '../core/project/project';
import type { Beside, BesideQuestions } from './beside';

/**
 * The host and the thread of analyses. It is asked one question at a time, `findFile` excepted; one that is not wanted
 * any more, or late, is stopped by a flag in shared memory, so that it is heard in the middle of a computation.
 */
export interface AnalysisThreadData {
  /** One number: not 0 once the answer to the question under way is not wanted any more. */
  readonly stopFlag: Int32Array;
}

/**
 * A content that the worker knows by `content`, a name of the host's for one version of one file. Without `bytes` the
 * worker uses what it has kept, else reads `file`, and answers `bytesNeeded` when it can do neither.
 */
interface OfContent {
  readonly content: string;
  readonly bytes?: Uint8Array;
  /**
   * Where the content lies on this machine's own file system: the worker reads it itself, so that the bytes pass no
   * other thread. It does not lead out of the folder of `beside`, links followed, where one is named.
   */
  readonly file?: string;
  /** Where files beside the model are found. Absent: there are none. */
  readonly beside?: Beside;
}

export interface AnalyseMessage extends OfContent {
  readonly type: 'analyse';
  readonly request: Omit<AnalysisRequest, 'bytes'>;
  /** `text`: the listing carries its costs as columns of text. */
  readonly costs: 'hints' | 'text';
}

/** Asks for what is read only when somebody looks: the range of a constant. */
export interface TensorRangeMessage extends OfContent, Pick<AnalysisRequest, 'path' | 'programChoice'> {
  readonly type: 'tensorRange';
  readonly graph: number;
  readonly tensor: number;
}

/** Asks, when somebody looks, what the official converter makes of a Keras model beside ours. */
export interface MannersMessage extends OfContent {
  readonly type: 'manners';
  readonly request: Omit<AnalysisRequest, 'bytes'>;
}

/**
 * Asks what compressions of the model would bring. It may take long, so that the host has a thread of its own for it.
 */
export interface OffersMessage extends OfContent {
  readonly type: 'offers';
  readonly request: Omit<AnalysisRequest, 'bytes'>;
}

/** Asks for the sources that run a model. */
export interface ExportMessage extends OfContent {
  readonly type: 'export';
  readonly request: Omit<AnalysisRequest, 'bytes'>;
  /** Id of a style. */
  readonly style: string;
  /** The model's path from the folder that is written into, with `/` between folders. */
  readonly path: string;
}

/** Compares what a board printed with the estimates of a model. */
export interface MeasureMessage extends OfContent {
  readonly type: 'measure';
  readonly request: Omit<AnalysisRequest, 'bytes'>;
  readonly figures: BoardFigures;
  readonly arenaUsedBytes?: number;
  /** ISO 8601. */
  readonly recordedAt: string;
}

/** Asks which of some files has this content; files that have not changed are read once. */
interface FindFileMessage {
  readonly type: 'findFile';
  /** SHA-256, hexadecimal. */
  readonly hash: string;
  readonly files: readonly string[];
  /** Folders that none of them may lead out of, links followed. */
  readonly within: readonly string[];
}

/** Reads the text of a project file: the schema's validator is kept out of the extension's own bundle. */
interface ReadProjectMessage {
  readonly type: 'readProject';
  readonly fileName: ProjectFileName;
  readonly text: string;
}

/** Asks for the models in the arrays of a source, as its text is in an editor. */
export interface FindModelsMessage extends Pick<AnalysisRequest, 'path' | 'programChoice'> {
  readonly type: 'findModels';
  readonly text: string;
  readonly beside?: OfContent['beside'];
}

/** Fits measurements: the tables of cycles are kept out of the extension's own bundle. */
export interface CalibrateMessage {
  readonly type: 'calibrate';
  readonly pairs: readonly CalibrationPair[];
}

export interface AnalysisReply {
  readonly type: 'analysis';
  readonly analysis: Analysis;
  /** SHA-256 of the content, hexadecimal. */
  readonly contentHash: string;
}

export interface MeasureReply {
  readonly type: 'measured';
  readonly outcome: MeasuredNews | { readonly known: false; readonly reason: string };
}

/** `news` is absent where it says no more than what is shown already. */
interface MeasuredNews {
  readonly known: true;
  readonly news?: {
    readonly measurement: Measurement;
    /** What is known of the model with it. */
    readonly analysis: Analysis;
    /** What that was asked with. */
    readonly request: Omit<AnalysisRequest, 'bytes'>;
  };
}

interface FindFileReply {
  readonly file?: string;
}

export interface ExportReply {
  readonly type: 'export';
  readonly files: readonly ExportedFile[];
}

export interface OffersReply {
  readonly type: 'offers';
  readonly offers: readonly MadeOffer[];
}

export interface FindModelsReply {
  readonly models: readonly FoundModel[];
}

export interface BytesNeededReply {
  readonly type: 'bytesNeeded';
}

export interface TensorRangeReply {
  readonly type: 'tensorRange';
  readonly range: TensorCard['range'];
}

export interface MannersReply {
  readonly type: 'manners';
  /** Absent for every other model. */
  readonly comparison?: MannerComparison;
}

export interface CalibrateReply {
  readonly outcome: CalibrationOutcome;
  /** Name of the tables that it was fitted against. */
  readonly tables: string;
}

/** Host to analysis worker. */
export interface ToAnalysisWorker {
  readonly messages:
    | AnalyseMessage
    | MeasureMessage
    | TensorRangeMessage
    | MannersMessage
    | OffersMessage
    | ExportMessage
    | FindFileMessage
    | ReadProjectMessage
    | FindModelsMessage
    | CalibrateMessage;
  readonly replies: {
    readonly analyse: AnalysisReply | BytesNeededReply;
    readonly measure: MeasureReply | BytesNeededReply;
    readonly tensorRange: TensorRangeReply | BytesNeededReply;
    readonly manners: MannersReply | BytesNeededReply;
    readonly findFile: FindFileReply;
    readonly offers: OffersReply | BytesNeededReply;
    readonly export: ExportReply | BytesNeededReply;
    readonly readProject: ProjectReading;
    readonly findModels: FindModelsReply;
    readonly calibrate: CalibrateReply;
  };
}

/** Analysis worker to host. */
export type FromAnalysisWorker = BesideQuestions;
