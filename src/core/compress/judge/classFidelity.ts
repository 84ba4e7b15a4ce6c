import type { ClassFidelity } from '../proof';

/** Classes that are told of: more are no help to a person. */
const mostClasses = 10;

/** The class that each sample belongs to, by its label or by the source's answer, and that the result answers. */
interface Classified {
  readonly before: readonly number[];
  readonly after: readonly number[];
  /** Absent: what the source answers is what is right. */
  readonly labels?: readonly number[];
}

/** The classes whose samples the result answers less often so than the source does, those that lose most first. */
export function classesThatLose({ before, after, labels }: Classified): readonly ClassFidelity[] {
  const counts = new Map<number, { samples: number; before: number; after: number }>();
  (labels ?? before).forEach((index, sample) => {
    const count = counts.get(index) ?? { samples: 0, before: 0, after: 0 };
    counts.set(index, count);
    count.samples++;
    if (before[sample] === index) count.before++;
    if (after[sample] === index) count.after++;
  });
  return [...counts]
    .filter(([, count]) => count.after < count.before)
    .sort(([, one], [, other]) => other.before - other.after - (one.before - one.after))
    .slice(0, mostClasses)
    .map(([index, { samples, ...right }]) => ({
      index,
      samples,
      ...(labels && { before: right.before / samples }),
      after: right.after / samples,
    }));
}
