/** `SHAPE, 3 ADD`: kinds in the order in which they come first, those that come often with how often. */
export function countedKinds(kinds: readonly string[], most = 8, write = (kind: string): string => kind): string {
  if (kinds.length === 0) return 'no operator of its own';
  const counts = new Map<string, number>();
  for (const kind of kinds) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const texts = [...counts].map(([kind, count]) => (count === 1 ? write(kind) : `${count} ${write(kind)}`));
  if (texts.length <= most) return texts.join(', ');
  const rest = [...counts.values()].slice(most - 1).reduce((sum, count) => sum + count, 0);
  return `${texts.slice(0, most - 1).join(', ')} and ${rest} others`;
}
