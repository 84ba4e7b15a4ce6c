import type { ProjectTarget } from '../core/buildFiles/projectTargets';
import type { FirmwareAnalysis, HeldModel, HeldRequest } from '../core/analysis/firmwareIndex';

/** A source as it is now. With neither text nor file it is gone. */
export interface SourceChange {
  /** In its folder, with `/` between the parts. */
  readonly path: string;
  /** What is not saved yet, or lies where no path leads to. */
  readonly text?: string;
  /** Where the thread reads it itself. */
  readonly file?: string;
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
  /** For each model what it is analysed with; the others are left out. */
  readonly requests: readonly { readonly model: HeldModel; readonly request: HeldRequest }[];
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
export type FirmwareReply = Pick<FirmwareAnalysis, 'findings' | 'notes'>;

/** Host to the thread that keeps the index of firmware. */
export interface ToFirmwareWorker {
  readonly messages: UpdateSourcesMessage | UpdateBuildFilesMessage | AnalyseFirmwareMessage | ForgetFolderMessage;
  readonly replies: {
    readonly updateSources: UpdateSourcesReply;
    readonly updateBuildFiles: UpdateBuildFilesReply;
    readonly analyseFirmware: FirmwareReply;
  };
}

/** The thread to its host: nothing unasked. */
export interface FromFirmwareWorker {
  readonly messages: never;
  readonly replies: object;
}
