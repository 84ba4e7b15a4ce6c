import type { ProjectTarget } from '../core/buildFiles/projectTargets';
import type { RecordedArray } from '../core/firmwareRules/rule';
import type { TextEdit } from '../core/model/problem';
import type { FirmwareAnalysis, HeldModel, HeldRequest } from '../core/analysis/firmwareIndex';

/** A source as it is now. With neither text nor file it is gone. */
export interface SourceChange {
  /** In its folder, with `/` between the parts. */
  readonly path: string;
  /** What is not saved yet, or lies where no path leads to. */
  readonly text?: string;
  /** Where the thread reads it itself. */
  readonly file?: string;
  /** Of a model in a file of its own, where no path leads to it. */
  readonly bytes?: Uint8Array;
}

/** What changed among the sources of a folder since the last time. */
export interface UpdateSourcesMessage {
  readonly type: 'updateSources';
  /** Address of the folder. */
  readonly folder: string;
  /** The folder on this machine's own file system: links of its files do not lead out of it. */
  readonly root?: string;
  readonly changes: readonly SourceChange[];
}

export interface UpdateSourcesReply {
  readonly models: readonly HeldModel[];
  /** Whole sentences about sources that are left out. */
  readonly leftOut: readonly string[];
}

/** Asks what there is to say about the sources of a folder. */
export interface AnalyseFirmwareMessage {
  readonly type: 'analyseFirmware';
  readonly folder: string;
  /** As of its sources: what was built last is read there. */
  readonly root?: string;
  /** For each model what it is analysed with; the others are left out. */
  readonly requests: readonly { readonly model: HeldModel; readonly request: HeldRequest }[];
  readonly recorded: readonly RecordedArray[];
}

/** Asks for the edits that write an array again with the model of a file. */
export interface WriteArrayMessage {
  readonly type: 'writeArray';
  /** As in `UpdateSourcesMessage`. */
  readonly root?: string;
  readonly source: SourceChange;
  /** As `HeldModel` names it. */
  readonly array: string;
  readonly model: SourceChange;
}

/** What changed among the build files of a folder since the last time. */
export interface UpdateBuildFilesMessage {
  readonly type: 'updateBuildFiles';
  /** Address of the folder. */
  readonly folder: string;
  /** As of its sources. */
  readonly root?: string;
  readonly changes: readonly SourceChange[];
  /** Environments that the user chose, by the folder of their project. */
  readonly chosen: Readonly<Record<string, string>>;
}

export interface UpdateBuildFilesReply {
  readonly targets: readonly ProjectTarget[];
  /** Whole sentences about files that are left out. */
  readonly leftOut: readonly string[];
}

/** The folder is not looked at any more. */
interface ForgetFolderMessage {
  readonly type: 'forgetFolder';
  readonly folder: string;
}

/** What an editor shows of a firmware. */
export type FirmwareReply = Pick<FirmwareAnalysis, 'findings' | 'notes' | 'rooms'>;

/** Host to the thread that keeps the index of firmware. */
export interface ToFirmwareWorker {
  readonly messages:
    UpdateSourcesMessage | UpdateBuildFilesMessage | AnalyseFirmwareMessage | WriteArrayMessage | ForgetFolderMessage;
  readonly replies: {
    readonly updateSources: UpdateSourcesReply;
    readonly updateBuildFiles: UpdateBuildFilesReply;
    readonly analyseFirmware: FirmwareReply;
    readonly writeArray: readonly TextEdit[];
  };
}

/** The thread to its host: nothing unasked. */
export interface FromFirmwareWorker {
  readonly messages: never;
  readonly replies: object;
}
