import type { Decision } from '../../python/evaluate/machine';

/** One way through a program, as far as ways are compared. */
export interface Way {
  /** Of each model that it makes. */
  readonly signatures: ReadonlySet<string>;
  readonly decisions: ReadonlyMap<string, Decision>;
  readonly stepsLeft: number;
}

/** Decisions that are taken otherwise than on the first way, and what that gives. */
export interface OtherWay<Run extends Way> {
  readonly changes: ReadonlyMap<string, boolean>;
  readonly run: Run;
}

/** Ways through a source that are followed where conditions are not known. */
const mostWays = 12;

type Changes = ReadonlyMap<string, boolean>;

/**
 * Follows the program otherwise where something was decided without knowing. Most decisions are about data and
 * change no model: all are turned at once, and only where that makes other models, halves of them, then single ones.
 */
export function otherWays<Run extends Way>(
  first: Run,
  follow: (changes: Changes, steps: number) => Run,
): readonly OtherWay<Run>[] {
  const found: OtherWay<Run>[] = [];
  let steps = first.stepsLeft;
  const seen = new Set(first.decisions.keys());
  const waiting: Group[] = [{ before: new Map(), keys: [...first.decisions], isKnownToMatter: false }];
  for (let group = waiting.shift(); group !== undefined; group = waiting.shift()) {
    if (group.keys.length === 0) continue;
    if (group.isKnownToMatter && group.keys.length > 1) {
      waiting.unshift(...halvesOf(group));
      continue;
    }
    if (found.length >= mostWays || steps <= 0) break;
    const { before, keys } = group;
    const changes = new Map([...before, ...keys.map(([key, decision]) => [key, !decision.taken] as const)]);
    const run = follow(changes, steps);
    steps = run.stepsLeft;
    found.push({ changes, run });
    const isSame = sameModels(first, run);
    if (isSame && group.other !== undefined) group.other.isKnownToMatter = true;
    if (keys.length > 1) {
      if (!isSame) waiting.unshift(...halvesOf(group));
      continue;
    }
    // What is only decided on this way is turned on it.
    const more = [...run.decisions].filter(([key]) => !seen.has(key));
    for (const [key] of more) seen.add(key);
    if (!isSame) for (const each of more) waiting.push({ before: changes, keys: [each], isKnownToMatter: false });
  }
  return found;
}

interface Group {
  readonly before: Changes;
  readonly keys: readonly (readonly [string, Decision])[];
  /** One of its decisions matters, as is known without following it. */
  isKnownToMatter: boolean;
  /** The half that must matter where this one does not. */
  other?: Group;
}

function halvesOf({ before, keys }: Group): readonly [Group, Group] {
  const middle = Math.ceil(keys.length / 2);
  const second: Group = { before, keys: keys.slice(middle), isKnownToMatter: false };
  return [{ before, keys: keys.slice(0, middle), isKnownToMatter: false, other: second }, second];
}

function sameModels(first: Way, second: Way): boolean {
  return (
    first.signatures.size === second.signatures.size &&
    [...first.signatures].every((signature) => second.signatures.has(signature))
  );
}
