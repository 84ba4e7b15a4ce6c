import type { FlagsOf } from '../firmware/firmware';
import { namesWhenBuilt } from '../firmware/join/madeNames';
import { Firmware } from '../firmware/firmware';
import type { PlacedNote } from '../firmwareRules/firmwareNotes';
import { firmwareNotes } from '../firmwareRules/firmwareNotes';
import type { FirmwareFinding } from '../firmwareRules/firmwareProblems';
import { firmwareContext, firmwareProblems } from '../firmwareRules/firmwareProblems';
import type { HeldArray } from '../firmwareRules/flashRooms';
import type { ProjectRoom } from '../firmwareRules/projectRooms';
import { projectRooms } from '../firmwareRules/projectRooms';
import type { FirmwareContext, ModelFile, RecordedArray } from '../firmwareRules/rule';
import { modelHash } from '../measure/measurement';
import type { Budget } from '../model/budget';
import { lookup } from '../text/lookup';
import { isOfRuntime } from './firmwareFiles';
import type { RuleChoice } from './analysis';
import { placed, readHeld } from './readHeld';
import type { FolderModel, HeldRequest, ReadHeld } from './readHeld';
import type { HeldBytes, HeldModel, IndexedSource } from './indexedSource';
import { indexed } from './indexedSource';
import { builtModels, type ReadProgramModel } from './programModels';
import { placedLinks, type PlacedLink } from './placedLinks';

/** What there is to say about a folder with firmware. */
export interface FirmwareAnalysis {
  readonly models: readonly FolderModel[];
  readonly findings: readonly FirmwareFinding[];
  /** Arrays that are meant to hold a model, and why it cannot be read. */
  readonly unreadable: readonly FirmwareFinding[];
  readonly notes: readonly PlacedNote[];
  /** Which programs built which of the models. */
  readonly links: readonly PlacedLink[];
  /** What the last builds leave to models. */
  readonly rooms: readonly ProjectRoom[];
}

/** How the models of a firmware are looked at. */
interface FirmwareQuestion {
  /** Nothing for a model that is left out. */
  readonly requestOf: (model: HeldModel) => HeldRequest | undefined;
  /** Models in files of their own, by path. */
  readonly models?: ReadonlyMap<string, Uint8Array>;
  /** Models that programs of the folder build. */
  readonly programs?: readonly ReadProgramModel[];
  /** Which arrays are made from which files, as the project says. */
  readonly recorded?: readonly RecordedArray[];
  readonly flagsOf?: FlagsOf;
  readonly buildOf?: FirmwareContext['buildOf'];
  /** What each model may take. */
  readonly work?: Budget;
}

interface IndexedFile extends ModelFile {
  /** What is in it; absent where there was no room for it. */
  readonly content?: Uint8Array;
}

/** Characters and bytes that an index keeps at most; sources beyond are left out. */
const mostKept = 256 * 1024 * 1024;

/**
 * The sources of one folder, each scanned when it comes in: of arrays only what they hold as models is kept. An
 * analysis takes over from the one before it what did not change: parsed files, and models for the same target.
 */
export class FirmwareIndex {
  readonly #sources = new Map<string, IndexedSource>();
  readonly #files = new Map<string, IndexedFile>();
  readonly #mostKept: number;
  #kept = 0;
  #firmware?: Firmware;
  #read = new Map<string, ReadHeld>();

  constructor(most = mostKept) {
    this.#mostKept = most;
  }

  /** Takes a source in, or its new text. False where there is no room for it: then it is left out. */
  set(path: string, text: string): boolean {
    this.delete(path);
    const source = indexed(path, text);
    if (this.#kept + source.kept > this.#mostKept) return false;
    this.#kept += source.kept;
    this.#sources.set(path, source);
    return true;
  }

  /** Takes in which model a file holds; it is looked at for itself only where the firmware runs it. */
  setFile(path: string, bytes: Uint8Array): void {
    this.delete(path);
    // Sources come first.
    const isKept = this.#kept + bytes.byteLength <= this.#mostKept / 2;
    if (isKept) this.#kept += bytes.byteLength;
    this.#files.set(path, { ...modelFile(path, bytes), ...(isKept ? { content: bytes } : {}) });
  }

  delete(path: string): void {
    this.#kept -= this.#files.get(path)?.content?.byteLength ?? 0;
    this.#files.delete(path);
    this.#kept -= this.#sources.get(path)?.kept ?? 0;
    this.#sources.delete(path);
  }

  /** Paths of all sources. */
  get paths(): readonly string[] {
    return [...this.#sources.keys()];
  }

  /** The arrays that hold models, and the files from which the build makes arrays of which sources speak. */
  get models(): readonly HeldModel[] {
    const arrays = this.#arrays();
    const names = new Set([...this.#sources.values()].flatMap(({ builtNames }) => builtNames));
    for (const { array } of arrays) if (array !== undefined) names.delete(array);
    const built = names.size === 0 ? [] : [...this.#files.values()].filter(({ path }) => isNamed(path, names));
    return [...arrays, ...built].map(({ path, array }: HeldModel) => ({ path, array }));
  }

  /** Arrays in TFLM's own sources count where the firmware names them. */
  #arrays(): readonly HeldBytes[] {
    const own = [...this.#sources].filter(([path]) => !isOfRuntime(path));
    return [...this.#sources].flatMap(([path, { arrays }]) =>
      isOfRuntime(path)
        ? arrays.filter(({ array = '' }) => own.some(([, { text }]) => text.includes(lastPart(array))))
        : arrays,
    );
  }

  /** Which of its models the firmware uses how, what is wrong in that, and what is known at which place. */
  analyse(question: FirmwareQuestion): FirmwareAnalysis {
    const { requestOf, models = new Map<string, Uint8Array>(), programs = [], recorded, flagsOf, buildOf } = question;
    const sources = [...this.#sources].flatMap(([path, source]) => (isOfRuntime(path) ? [] : [source]));
    const files = [...this.#files.values()];
    const firmware = this.#parsed(flagsOf);
    const held = [
      ...[...models].map(([path, bytes]) => ({ path, bytes, hash: modelHash(bytes) })),
      ...this.#arrays(),
      ...files.flatMap(({ path, hash, content }) => (content === undefined ? [] : [{ path, hash, bytes: content }])),
    ];
    const read = this.#readAll(held, question);
    const usable = read.map(({ usable: model }) => model).filter((model) => model !== undefined);
    const inFiles = [...files, ...[...models].map(([path, bytes]) => modelFile(path, bytes))];
    const built = builtModels(programs, question);
    const context = firmwareContext(firmware, usable, { files: inFiles, recorded, buildOf, built });
    return {
      models: read.map(({ found }) => found),
      findings: decided(own(firmwareProblems(context)), this.#rulesOf(held, requestOf)),
      unreadable: sources.flatMap(({ unreadable }) => unreadable),
      notes: firmwareNotes(context),
      links: placedLinks(context),
      rooms: projectRooms(context, this.#arrayNames()),
    };
  }

  /** What the last builds leave to models, whatever these are. */
  rooms({ flagsOf, buildOf }: Pick<FirmwareQuestion, 'flagsOf' | 'buildOf'>): readonly ProjectRoom[] {
    return projectRooms(firmwareContext(this.#parsed(flagsOf), [], { buildOf }), this.#arrayNames());
  }

  #arrayNames(): readonly HeldArray[] {
    return this.#arrays().flatMap(({ path, array }) => (array === undefined ? [] : [{ path, name: lastPart(array) }]));
  }

  #parsed(flagsOf: FlagsOf | undefined): Firmware {
    const texts = new Map([...this.#sources].map(([path, { text }]) => [path, text]));
    this.#firmware = new Firmware(texts, flagsOf, this.#firmware);
    return this.#firmware;
  }

  /** What is chosen about rules, for each model in turn. */
  #rulesOf(held: readonly HeldModel[], requestOf: FirmwareQuestion['requestOf']): readonly RuleChoice[] {
    return held.map(({ path, array }) => requestOf({ path, array })?.rules).filter((rules) => rules !== undefined);
  }

  #readAll(held: readonly HeldBytes[], { requestOf, work }: FirmwareQuestion): readonly ReadHeld[] {
    const before = this.#read;
    this.#read = new Map();
    return held.flatMap((each) => {
      const { path, array, hash } = each;
      const request = requestOf({ path, array });
      if (request === undefined) return [];
      const key = JSON.stringify([path, array, hash, request]);
      const read = placed(before.get(key) ?? readHeld(each, request, work), each);
      this.#read.set(key, read);
      return read;
    });
  }
}

function isNamed(path: string, names: ReadonlySet<string>): boolean {
  return namesWhenBuilt(path).some((name) => names.has(name));
}

/** An array's name without namespaces and number. */
function lastPart(array: string): string {
  return array.replace(/^.*::/, '').replace(/~\d+$/, '');
}

function modelFile(path: string, bytes: Uint8Array): ModelFile {
  return { path, hash: modelHash(bytes), bytes: bytes.byteLength };
}

/** Nobody mends TFLM's own sources in a copy of them. */
function own(findings: readonly FirmwareFinding[]): readonly FirmwareFinding[] {
  return findings.filter(({ file }) => !isOfRuntime(file));
}

/** What is decided about rules where the models lie holds for the sources around them. */
function decided(findings: readonly FirmwareFinding[], choices: readonly RuleChoice[]): readonly FirmwareFinding[] {
  const tables = choices.map((rules): Partial<RuleChoice> => lookup(rules));
  return findings.flatMap((finding) => {
    const choice = tables.map((rules) => rules[finding.code]).find((each) => each !== undefined);
    const severity = typeof choice === 'string' ? choice : choice?.severity;
    if (severity === 'off') return [];
    return [severity === undefined ? finding : { ...finding, severity }];
  });
}
