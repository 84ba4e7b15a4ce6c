import { estimate } from '../estimate/estimate';
import { enoughArena } from '../firmwareRules/needs';
import type { BuiltModel, FirmwareModel, NeededArena } from '../firmwareRules/rule';
import type { FoundModel } from '../formats/foundModel';
import { modelsOfSource, readModel } from '../formats/formats';
import type { ReadResult } from '../formats/readResult';
import type { ModelSource } from '../formats/source';
import type { ModelPrint } from '../lineage/print';
import { printOf } from '../lineage/print';
import type { Budget } from '../model/budget';
import { budgets, underBudget } from '../model/budget';
import type { SourcePlace } from '../model/origin';
import { HumanError } from '../model/problem';
import type { Program } from '../model/program';
import type { HeldModel } from './indexedSource';
import type { AnalysisRequest } from './analysis';
import { arenasWhereOpen } from './possibleArenas';
import { subjectOf } from './subject';

/** A model that a program of a folder builds, read. */
export interface ReadProgramModel {
  /** Of the program, in the folder. */
  readonly path: string;
  /** What it is chosen by in its program. */
  readonly id: string;
  /** Of the model that it is a part of. */
  readonly within?: string;
  readonly read: ReadResult;
}

/** A model, or a program, that cannot be read, and why. */
interface UnreadModel {
  /** With the id of the model, where it is one. */
  readonly path: string;
  readonly failure: { readonly code: string; readonly message: string };
}

/** The models that a program of a folder builds, each read; `path` is from the folder. `work`: what each may take. */
export function programModels(
  source: Omit<ModelSource, 'trained'>,
  work: Budget = budgets.analysis,
): readonly (ReadProgramModel | UnreadModel)[] {
  const { path, bytes } = source;
  const found = sayingWhy(path, () => underBudget(work, () => modelsOfSource({ ...source, content: bytes })));
  if ('failure' in found) return [found];
  return found.map(({ id, within }: FoundModel) =>
    sayingWhy(`${path}#${id}`, () => {
      const read = underBudget(work, () => {
        // Of many models none may come to ask.
        work.check?.();
        return readModel({ ...source, path: `${path}#${id}` });
      });
      return { path, id, ...(within === undefined ? {} : { within }), read };
    }),
  );
}

/** What reading a model or a program gives, or the sentence why it gives nothing. */
export function sayingWhy<Result extends object>(path: string, read: () => Result): Result | UnreadModel {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof HumanError)) throw error;
    const { code, message } = error;
    return { path, failure: { code, message } };
  }
}

/** What the models of a firmware are looked at with. */
interface HeldQuestion {
  readonly requestOf: (model: HeldModel) => Omit<AnalysisRequest, 'bytes' | 'read' | 'siblings'> | undefined;
  readonly work?: Budget;
}

/** Models of which more are not compared with those of the firmware. */
const mostBuilt = 300;

/** The models of programs as a firmware's are compared with them, but for those that leave too much open. */
export function builtModels(programs: readonly ReadProgramModel[], question: HeldQuestion): readonly BuiltModel[] {
  return programs
    .filter(({ read: { program } }) => program?.isCosted === true)
    .slice(0, mostBuilt)
    .map(({ path, id, within, read }) => {
      const { program, origins } = read;
      const place = origins?.model && placeFrom(path, origins.model);
      return {
        path,
        id,
        ...(within === undefined ? {} : { within }),
        names: [path, id, program?.modelName ?? ''],
        print: keptPrint(read),
        ...(place === undefined ? {} : { place }),
        areNumbersSaid:
          program?.conversion?.some((each) => each.key === 'numbers' && each.origin !== 'default') === true,
        needFor: (held) => needFor(read, held, question),
      };
    });
}

/** A place that is named from its program's folder, from the folder that is looked through. */
function placeFrom(program: string, place: SourcePlace): SourcePlace {
  const parts = program.split('/').slice(0, -1);
  for (const part of place.file.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.') parts.push(part);
  }
  return { ...place, file: parts.join('/') };
}

function keptPrint(read: ReadResult): ModelPrint {
  const print = prints.get(read) ?? printOf(read.model, labelsOf(read.program));
  prints.set(read, print);
  return print;
}

const prints = new WeakMap<ReadResult, ModelPrint>();

/** `Dense "dense_1"`: the layer that an operator of the main graph came from. */
function labelsOf(program: Program | undefined): (operator: number) => string | undefined {
  const labels = new Map<number, string>();
  for (const { name, kind, operators } of program?.layers ?? []) {
    for (const operator of operators) labels.set(operator, `${kind} "${name}"`);
  }
  return (operator) => labels.get(operator);
}

/** The arena of a program's model on the target of one that the firmware holds; nothing where it takes too much. */
function needFor(
  read: ReadResult,
  { path, array }: FirmwareModel,
  { requestOf, work = budgets.analysis }: HeldQuestion,
): NeededArena | undefined {
  const asked = requestOf({ path, array });
  if (asked === undefined) return undefined;
  const key = JSON.stringify(asked.target);
  const known = needs.get(read) ?? new Map<string, NeededArena | undefined>();
  needs.set(read, known);
  if (!known.has(key)) known.set(key, worked({ ...asked, bytes: new Uint8Array(), read }, work));
  return known.get(key);
}

const needs = new WeakMap<ReadResult, Map<string, NeededArena | undefined>>();

function worked(request: AnalysisRequest, work: Budget): NeededArena | undefined {
  try {
    return underBudget(work, () => {
      const { model, target, limits } = subjectOf(request);
      const { report } = estimate(model, request.path, target, limits);
      return enoughArena({ report, arenas: arenasWhereOpen(request, work) });
    });
  } catch (error) {
    if (!(error instanceof HumanError)) throw error;
    return undefined;
  }
}
