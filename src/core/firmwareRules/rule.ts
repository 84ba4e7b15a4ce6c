import type { Estimate } from '../estimate/estimate';
import type { BuildFact, FactPlace } from '../buildFiles/facts';
import type { Firmware, SourceFile } from '../firmware/firmware';
import type { Constant } from '../firmware/join/constants';
import type { NamedModel, Pairing } from '../firmware/join/pairing';
import type { Extent } from '../firmware/syntax/expression';
import type { LastBuild } from '../lastBuild/lastBuild';
import type { Printed } from '../lineage/lineages';
import type { Model } from '../model/model';
import type { SourcePlace } from '../model/origin';
import type { FileFix, Severity } from '../model/problem';
import type { ArenaFacts } from '../runtimes/facts';
import type { Target } from '../runtimes/target';

/** A model that a firmware may run, analysed for its target. */
export interface FirmwareModel extends NamedModel {
  /** SHA-256 of its bytes. */
  readonly hash: string;
  readonly model: Model;
  readonly report: Estimate['report'];
  /** What it is analysed for. */
  readonly target: Target;
  /** Where runtime or version are not chosen: its arena with each that may be meant. */
  readonly arenas?: () => readonly ArenaFacts[];
}

/** A model in a file of its own. */
export interface ModelFile {
  readonly path: string;
  /** As in `FirmwareModel`. */
  readonly hash: string;
  /** Its size. */
  readonly bytes: number;
}

/** Which array of which sources is made from a model's file, as the project says. */
export interface RecordedArray {
  /** Of the model's file. */
  readonly path: string;
  /** Any, where it is absent. */
  readonly sources?: readonly string[];
  readonly array: string;
}

export type ModelPairing = Pairing<FirmwareModel>;

/** The arena that a model needs. */
export interface NeededArena {
  /** What is enough: a multiple of 16, with a margin where it is modelled. */
  readonly bytes: number;
  /** Less than this surely fails. */
  readonly leastBytes: number;
  readonly isExact: boolean;
  /** It takes this much and more. */
  readonly isLowerBound: boolean;
}

/** A model that a program beside the firmware builds. */
export interface BuiltModel extends Printed {
  /** What it is chosen by in its program. */
  readonly id: string;
  /** Of the model that it is a part of, where it is one. */
  readonly within?: string;
  /** Where it is made, from the folder that is looked through. */
  readonly place?: SourcePlace;
  /** Something says in which numbers it is converted. */
  readonly areNumbersSaid: boolean;
  /** The arena that it needs on the target of a model that the firmware holds; absent where that is not known. */
  readonly needFor: (held: FirmwareModel) => NeededArena | undefined;
}

/** That a program's model is the one, or another version of the one, that the firmware holds. */
export interface ModelLink {
  readonly built: BuiltModel;
  readonly held: FirmwareModel;
  /** As far as layers, shapes, options and, where they are said, numbers tell. */
  readonly isSame: boolean;
  /** False where another program is as likely. */
  readonly isSure: boolean;
  /** The first ones, as parts of a sentence. */
  readonly differences: readonly string[];
  /** What the firmware gives it. */
  readonly given?: GivenArena;
  /** What the program's model needs, as it would be converted now; absent where that cannot be compared. */
  readonly need?: NeededArena;
}

/** What an interpreter gives a model to work in. */
export interface GivenArena {
  readonly size: Constant;
  readonly pairing: ModelPairing;
  readonly isSure: boolean;
}

/** How a source's project is built, and what was built last. */
interface FirmwareBuild {
  /** Of the project, in the folder that is looked through. */
  readonly folder: string;
  /** What the build files say of the environment that counts, in the terms of all frameworks. */
  readonly facts: readonly BuildFact[];
  readonly last?: LastBuild;
}

/** What a rule of firmware looks at. */
export interface FirmwareContext {
  readonly firmware: Firmware;
  readonly pairings: readonly ModelPairing[];
  readonly models: readonly FirmwareModel[];
  /** Models in files of their own, whether or not they are looked at. */
  readonly files: readonly ModelFile[];
  readonly recorded: readonly RecordedArray[];
  /** Which programs built which models. */
  readonly links: readonly ModelLink[];
  /** Of the project of a source, named by its path; nothing where it is not known. */
  readonly buildOf: (path: string) => FirmwareBuild | undefined;
}

/** An array that is to be written again; its text is as long as the model, so that it is made when it is wanted. */
export interface ArrayRewrite {
  readonly title: string;
  /** The file whose model it gets. */
  readonly from: string;
  /** The array in the finding's file, as its model is named. */
  readonly array: string;
  /** That it is made from that file is sure. */
  readonly isCertain: boolean;
}

/** Exported sources that are to be written again; their text is made when it is wanted. */
export interface ExportRenewal {
  readonly title: string;
  /** Path of the model's file. */
  readonly from: string;
  /** Folder of the exported file that says so. */
  readonly folder: string;
  /** Id of the style that they were exported in. */
  readonly style: string;
}

/** A finding in a source file before it gets its rule's code. */
export interface FirmwareHit {
  readonly file: SourceFile;
  readonly at: Extent;
  /** Whole sentences with the next step. */
  readonly message: string;
  /** Where this finding weighs more or less than the rule usually does. */
  readonly severity?: Severity;
  readonly fixes?: readonly FileFix[];
  readonly rewrite?: ArrayRewrite;
  readonly renewal?: ExportRenewal;
}

/** A finding in a file that says how the firmware is built, before it gets its rule's code. */
export interface BuildHit extends Pick<FirmwareHit, 'message' | 'severity' | 'fixes'> {
  readonly place: FactPlace;
  readonly rewrite?: undefined;
  readonly renewal?: undefined;
}

/** A finding in a program that builds a model, before it gets its rule's code. */
export interface ProgramHit extends Pick<FirmwareHit, 'message' | 'severity' | 'fixes'> {
  /** From the folder that is looked through. */
  readonly program: SourcePlace;
  readonly rewrite?: undefined;
  readonly renewal?: undefined;
}

/** What is known at a place of a source file, and how, whether or not anything is wrong. */
export interface FirmwareNote {
  readonly file: SourceFile;
  readonly at: Extent;
  /** Short text that stands beside the place; absent where only a hover says something. */
  readonly hint?: string;
  /** Whole sentences: what is known, from what, and how surely. */
  readonly says: readonly string[];
  readonly models: readonly FirmwareModel[];
  /** What was put together to know it, with its name for people. */
  readonly places: readonly { readonly name: string; readonly file: SourceFile; readonly at: Extent }[];
  /** Models of programs that it speaks of. */
  readonly programs?: readonly { readonly name: string; readonly place: SourcePlace }[];
}

/** One kind of finding in firmware. One file each, one line in `firmwareRules.ts`. */
export interface FirmwareRule {
  /** Stable, in kebab case: settings, fixes and tests join on it. */
  readonly code: string;
  readonly severity: Severity;
  /** One sentence that is also the user documentation. */
  readonly documentation: string;
  readonly find: (context: FirmwareContext) => readonly (FirmwareHit | BuildHit | ProgramHit)[];
}
