import type { ProjectTarget } from '../core/buildFiles/projectTargets';
import type { RecordedArray } from '../core/firmwareRules/rule';
import type { TextEdit } from '../core/model/problem';
import type { FirmwareAnalysis } from '../core/analysis/firmwareIndex';
import type { HeldRequest } from '../core/analysis/readHeld';
import type { HeldModel } from '../core/analysis/indexedSource';
import type { ProgramChoice } from '../core/formats/programChoice';
import type { UnsavedFile } from './beside';

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

/** A program as it is now, and what is chosen about its models. */
export interface ProgramChange extends SourceChange {
  readonly choice?: ProgramChoice;
}

/** What changed among the programs of a folder that may build the models of its firmware. */
export interface UpdateProgramsMessage {
  readonly type: 'updatePrograms';
  /** Address of the folder. */
  readonly folder: string;
  /** As of its sources: modules of programs are read there. */
  readonly root?: string;
  readonly changes: readonly ProgramChange[];
  /** Programs that are open and not saved. */
  readonly unsaved: readonly UnsavedFile[];
}

export interface UpdateProgramsReply {
  /** Paths of programs that build models. */
  readonly built: readonly string[];
  /** Paths of programs that have to be sent again: what they take from other files has changed. */
  readonly outdated: readonly string[];
}

/** The folder is not looked at any more. */
interface ForgetFolderMessage {
  readonly type: 'forgetFolder';
  readonly folder: string;
}

/** What an editor shows of a firmware. */
export type FirmwareReply = Pick<FirmwareAnalysis, 'findings' | 'notes' | 'rooms' | 'links'>;

/** Host to the thread that keeps the index of firmware. */
export interface ToFirmwareWorker {
  readonly messages:
    | UpdateSourcesMessage
    | UpdateProgramsMessage
    | UpdateBuildFilesMessage
    | AnalyseFirmwareMessage
    | WriteArrayMessage
    | ForgetFolderMessage;
  readonly replies: {
    readonly updateSources: UpdateSourcesReply;
    readonly updatePrograms: UpdateProgramsReply;
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
