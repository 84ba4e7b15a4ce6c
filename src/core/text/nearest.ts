/**
 * The names nearest to what was typed, for "did you mean": those with the fewest edits (insert, delete, replace), at
 * most `limit`, in the order given. Case does not count. Never empty where there are candidates.
 */
export function nearest(typed: string, candidates: readonly string[], limit = 3): readonly string[] {
  const wanted = typed.slice(0, 80).toLowerCase();
  const rated = candidates.map((name) => ({ name, edits: distance(wanted, name.toLowerCase()) }));
  const fewest = Math.min(...rated.map(({ edits }) => edits));
  return rated
    .filter(({ edits }) => edits <= fewest)
    .slice(0, limit)
    .map(({ name }) => name);
}

/** `"a"`, `"a" or "b"`, `"a", "b" or "c"`. */
export function quotedChoice(names: readonly string[]): string {
  const quoted = names.map((name) => `"${name}"`);
  if (quoted.length < 2) return quoted.join('');
  return `${quoted.slice(0, -1).join(', ')} or ${quoted.at(-1) ?? ''}`;
}

/** Levenshtein distance, row by row; a name that contains what was typed counts as near. */
function distance(typed: string, name: string): number {
  if (typed.length > 2 && name.includes(typed)) return 1;
  let previous = Array.from({ length: name.length + 1 }, (_, index) => index);
  for (let row = 1; row <= typed.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= name.length; column += 1) {
      const replaced = previous[column - 1] + (typed[row - 1] === name[column - 1] ? 0 : 1);
      current.push(Math.min(replaced, previous[column] + 1, current[column - 1] + 1));
    }
    previous = current;
  }
  return previous[name.length];
}
