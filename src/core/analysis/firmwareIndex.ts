import { blankBodies } from '../firmware/arrays/blankBodies';
import { unitsOf } from '../firmware/arrays/units';
import type { FlagsOf } from '../firmware/firmware';
import { builtNamesIn, namesWhenBuilt } from '../firmware/join/madeNames';
import { Firmware } from '../firmware/firmware';
import type { PlacedNote } from '../firmwareRules/firmwareNotes';
import { firmwareNotes } from '../firmwareRules/firmwareNotes';
import type { FirmwareFinding } from '../firmwareRules/firmwareProblems';
import { firmwareContext, firmwareProblems } from '../firmwareRules/firmwareProblems';
import type { HeldArray } from '../firmwareRules/flashRooms';
import type { ProjectRoom } from '../firmwareRules/projectRooms';
import { projectRooms } from '../firmwareRules/projectRooms';
import type { FirmwareContext, FirmwareModel, ModelFile, RecordedArray } from '../firmwareRules/rule';
import type { Report } from '../estimate/report';
import type { SourceModel } from '../formats/cArray/sourceModels';
import { sourceModels } from '../formats/cArray/sourceModels';
import { readModel } from '../formats/formats';
import { resultKind } from '../formats/kinds';
import { modelHash } from '../measure/measurement';
import type { Budget } from '../model/budget';
import { budgets, underBudget } from '../model/budget';
import { HumanError } from '../model/problem';
import { spanOf } from '../model/textEdit';
import { lookup } from '../text/lookup';
import { analyse } from './analyse';
import { isOfRuntime } from './firmwareFiles';
import type { AnalysisRequest, RuleChoice } from './analysis';
import { arenasWhereOpen } from './possibleArenas';
import { subjectOf } from './subject';

/** A model of a firmware: in an array of a source, or in a file of its own. */
export interface HeldModel {
  readonly path: string;
  /** The array that holds it, as `SourceModel.id` names it. */
  readonly array?: string;
}

/** A model of a folder: its report, or the sentence why it has none. */
interface FolderModel extends HeldModel {
  readonly report?: Report;
  readonly failure?: { readonly code: string; readonly message: string };
}

/** What there is to say about a folder with firmware. */
export interface FirmwareAnalysis {
  readonly models: readonly FolderModel[];
  readonly findings: readonly FirmwareFinding[];
  /** Arrays that are meant to hold a model, and why it cannot be read. */
  readonly unreadable: readonly FirmwareFinding[];
  readonly notes: readonly PlacedNote[];
  /** What the last builds leave to models. */
  readonly rooms: readonly ProjectRoom[];
}

/** What a model is analysed with. */
export type HeldRequest = Omit<AnalysisRequest, 'bytes' | 'read' | 'siblings'>;

/** How the models of a firmware are looked at. */
interface FirmwareQuestion {
  /** Nothing for a model that is left out. */
  readonly requestOf: (model: HeldModel) => HeldRequest | undefined;
  /** Models in files of their own, by path. */
  readonly models?: ReadonlyMap<string, Uint8Array>;
  /** Which arrays are made from which files, as the project says. */
  readonly recorded?: readonly RecordedArray[];
  readonly flagsOf?: FlagsOf;
  readonly buildOf?: FirmwareContext['buildOf'];
  /** What each model may take. */
  readonly work?: Budget;
}

interface HeldBytes extends HeldModel {
  readonly bytes: Uint8Array;
  readonly hash: string;
  /** Where the array's name stands: conditions may give several the same one. */
  readonly at?: FirmwareModel['at'];
}

interface IndexedSource {
  /** Words that may name what the build makes of a model's file. */
  readonly builtNames: readonly string[];
  /** Without the bodies of long arrays. */
  readonly text: string;
  readonly arrays: readonly HeldBytes[];
  readonly unreadable: readonly FirmwareFinding[];
  readonly kept: number;
}

interface IndexedFile extends ModelFile {
  /** What is in it; absent where there was no room for it. */
  readonly content?: Uint8Array;
}

interface ReadHeld {
  readonly found: FolderModel;
  readonly usable?: FirmwareModel;
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
    const { requestOf, models = new Map<string, Uint8Array>(), recorded, flagsOf, buildOf } = question;
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
    const context = firmwareContext(firmware, usable, { files: inFiles, recorded, buildOf });
    return {
      models: read.map(({ found }) => found),
      findings: decided(own(firmwareProblems(context)), this.#rulesOf(held, requestOf)),
      unreadable: sources.flatMap(({ unreadable }) => unreadable),
      notes: firmwareNotes(context),
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

function indexed(path: string, text: string): IndexedSource {
  const found = sourceModels({ path, bytes: unitsOf(text) });
  const arrays = found.models.flatMap(({ id, array, content }): readonly HeldBytes[] => {
    if (content.kind !== 'model') return [];
    const { line, column } = spanOf(text, array.nameSpan.start, 0);
    // What a file of nothing but numbers holds has no name.
    const name = array.name === '' ? {} : { array: id, at: { line, column } };
    return [{ path, ...name, bytes: content.bytes, hash: modelHash(content.bytes) }];
  });
  const blank = blankBodies(text, found);
  const short = blank === text ? text : withoutTrailingBlanks(blank);
  const kept = arrays.reduce((sum, { bytes }) => sum + bytes.byteLength, short.length);
  const builtNames = [...new Set(builtNamesIn(short))];
  return {
    builtNames,
    text: short,
    arrays,
    unreadable: found.models.flatMap((model) => unreadable(path, text, model)),
    kept,
  };
}

/** What stands in another file is not missing: that file is looked at for itself. */
function unreadable(path: string, text: string, { array, content }: SourceModel): readonly FirmwareFinding[] {
  if (content.kind !== 'unreadable' || array.flaw?.kind === 'included') return [];
  const { start, end } = array.nameSpan;
  const message = `${array.name} ${content.reason}`;
  const span = spanOf(text, start, end - start);
  return [{ code: content.code, severity: 'warning', file: path, span, message, fixes: [] }];
}

/** Every line and column stays where it is, and of a body only its lines are left. */
function withoutTrailingBlanks(text: string): string {
  return text
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}

/** Where an array stands may change while what it holds does not. */
function placed(read: ReadHeld, { at }: HeldBytes): ReadHeld {
  return read.usable === undefined ? read : { ...read, usable: { ...read.usable, at } };
}

function readHeld(held: HeldBytes, asked: HeldRequest, work: Budget = budgets.analysis): ReadHeld {
  const { path, array } = held;
  try {
    return underBudget(work, () => {
      // Of thousands of small models none may come to ask.
      work.check?.();
      return readWithin(held, asked, work);
    });
  } catch (error) {
    if (!(error instanceof HumanError)) throw error;
    return { found: { path, array, failure: { code: error.code, message: error.message } } };
  }
}

function readWithin({ path, array, at, bytes, hash }: HeldBytes, asked: HeldRequest, work: Budget): ReadHeld {
  const read = readModel({ path: `model${resultKind.written}`, bytes });
  const request: AnalysisRequest = { ...asked, bytes, read };
  const { report } = analyse(request);
  const { target } = subjectOf(request);
  const arenas = arenasWhereOpen(request, work);
  return {
    found: { path, array, report },
    usable: { path, array, at, hash, model: read.model, report, target, arenas },
  };
}
