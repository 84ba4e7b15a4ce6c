import type { Likeness } from './likeness';
import { likenessOf } from './likeness';
import type { ModelPrint } from './print';

/** A model by what it looks like, and by what it is called where that alone tells two apart. */
export interface Printed {
  readonly print: ModelPrint;
  /** Of the file that it is in. */
  readonly path: string;
  /** Words that stand for it: of a variable, an array, a file. */
  readonly names: readonly string[];
}

/** That a model which a firmware holds was made by a source. */
export interface Lineage<Source, Held> {
  readonly source: Source;
  readonly held: Held;
  readonly likeness: Likeness;
  /** False where another source is as likely. */
  readonly isSure: boolean;
}

/** Less than this in common is another model. */
const leastSimilarity = 0.6;
/** Layers with weights that have to be equal, where inputs and outputs do not both tell that it is the same task. */
const leastAgreement = 1 / 3;
/** Candidates that are nearer to each other than this are told apart by names, or not at all. */
const clearlyBetter = 0.03;

interface Candidate<Source, Held> {
  readonly source: Source;
  readonly held: Held;
  readonly likeness: Likeness;
}

/**
 * Which source made which held model. Equal ones belong together, however they are called; a held model that equals
 * none may be another version of the source that it is most like, unless that source's own is there.
 */
export function lineagesOf<Source extends Printed, Held extends Printed>(
  sources: readonly Source[],
  held: readonly Held[],
): readonly Lineage<Source, Held>[] {
  const all = held.flatMap((each) => sources.flatMap((source) => candidateOf(source, each) ?? []));
  const same = all.filter((each) => each.likeness.isSame);
  const [made, sold] = [new Set(same.map(({ source }) => source)), new Set(same.map((each) => each.held))];
  const alike = all.filter((each) => !made.has(each.source) && !sold.has(each.held) && isAnotherVersion(each.likeness));
  return [
    ...[...sold].flatMap((each) => best(same.filter((candidate) => candidate.held === each))),
    ...[...new Set(alike.map((each) => each.held))].flatMap((each) =>
      best(alike.filter((candidate) => candidate.held === each)).slice(0, 1),
    ),
  ];
}

function candidateOf<Source extends Printed, Held extends Printed>(
  source: Source,
  held: Held,
): Candidate<Source, Held> | undefined {
  const compared = likenessOf(source.print, held.print);
  return compared && { source, held, likeness: compared };
}

function isAnotherVersion({ similarity, agreement, hasSameEnds: { inputs, outputs } }: Likeness): boolean {
  if (similarity < leastSimilarity) return false;
  return (inputs && outputs) || ((inputs || outputs) && agreement >= leastAgreement);
}

/** Of candidates for one held model those that are as likely as the first, the likeliest first. */
function best<Source extends Printed, Held extends Printed>(
  candidates: readonly Candidate<Source, Held>[],
): readonly Lineage<Source, Held>[] {
  const ranked = candidates
    .map((candidate) => ({ candidate, rank: rankOf(candidate), kinship: kinshipOf(candidate) }))
    .sort((left, right) => right.rank - left.rank || right.kinship - left.kinship);
  const near = ranked.filter(({ rank }) => rank >= ranked[0].rank - clearlyBetter);
  const top = near.reduce((most, each) => (each.kinship > most.kinship ? each : most), near[0]);
  const isAlone = near.every((each) => each === top || each.kinship < top.kinship);
  return [top, ...near.filter((each) => each !== top)].map(({ candidate }) => ({
    ...candidate,
    isSure: isAlone || candidate.likeness.isSame,
  }));
}

function rankOf<Source, Held>({ likeness: compared }: Candidate<Source, Held>): number {
  return compared.similarity + (compared.hasSameNumbers ? 0.001 : 0);
}

/** Words that both are called by, and folders that both lie in. */
function kinshipOf<Source extends Printed, Held extends Printed>({ source, held }: Candidate<Source, Held>): number {
  const words = wordsOf(source.names);
  const common = [...wordsOf(held.names)].filter((word) => words.has(word));
  const [left, right] = [source.path, held.path].map((path) => path.split('/').slice(0, -1));
  const first = left.findIndex((folder, index) => folder !== right.at(index));
  return common.length + (first < 0 ? left.length : first);
}

/** Words that every model is called by. */
const commonWords: ReadonlySet<string> = new Set([
  ...['model', 'g', 'data', 'tflite', 'the', 'get', 'build', 'create', 'make', 'net', 'network', 'py', 'ipynb', 'cc'],
  ...['cpp', 'h', 'c', 'main', 'train', 'training', 'micro', 'int8', 'float', 'float32', 'quantized', 'quant', 'array'],
]);

function wordsOf(names: readonly string[]): ReadonlySet<string> {
  const words = names.flatMap((name) => name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').split(/[^A-Za-z0-9]+/));
  return new Set(words.map((word) => word.toLowerCase()).filter((word) => word !== '' && !commonWords.has(word)));
}
