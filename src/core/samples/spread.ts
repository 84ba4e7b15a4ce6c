/**
 * At most `most` indices below `count`, evenly spread, ascending; `offset`, 0 to 1, is where in its stretch each one
 * lies.
 */
export function spread(count: number, most: number, offset = 0): readonly number[] {
  const taken = Math.min(count, most);
  return Array.from({ length: taken }, (_, place) => Math.floor(((place + offset) * count) / taken));
}
