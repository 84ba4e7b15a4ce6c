/**
 * Whether a range of versions, as manifests write it, takes `version`: parts joined by commas or spaces, each `*`,
 * empty, or a version behind `^`, `~`, `~>`, `>=`, `>`, `<=`, `<`, `!=`, `=` or `==`; a version alone takes only
 * itself. An unreadable part takes nothing. Versions are compared by their numbers; one with a suffix (`-rc1`) comes
 * before the same without.
 */
export function takesVersion(range: string, version: string): boolean {
  const parts = range
    .slice(0, 200)
    .replace(/([=<>~^!])\s+/g, '$1')
    .split(/[\s,]+/)
    .filter((part) => part !== '');
  return parts.every((part) => takesPart(part, version));
}

function takesPart(part: string, version: string): boolean {
  if (part === '*' || part === 'latest') return true;
  const sign = ['^', '~>', '~=', '~', '>=', '<=', '!=', '==', '>', '<', '='].find((one) => part.startsWith(one)) ?? '';
  const bound = part.slice(sign.length);
  const numbers = numbersOf(bound);
  if (numbers === undefined) return false;
  const order = compareVersions(version, bound);
  switch (sign) {
    case '^':
      return order >= 0 && startsWith(version, numbers.slice(0, Math.max(1, numbers.findIndex((one) => one > 0) + 1)));
    case '~':
    case '~>':
    case '~=':
      return order >= 0 && startsWith(version, numbers.slice(0, Math.min(2, Math.max(1, numbers.length - 1))));
    case '>=':
      return order >= 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '<':
      return order < 0;
    case '!=':
      return order !== 0;
    default:
      return order === 0;
  }
}

function startsWith(version: string, numbers: readonly number[]): boolean {
  const own = numbersOf(version) ?? [];
  return numbers.every((number, index) => (own[index] ?? 0) === number);
}

/** Below 0 where `one` is the earlier, above where it is the later. */
export function compareVersions(one: string, other: string): number {
  const [mine, others] = [numbersOf(one) ?? [], numbersOf(other) ?? []];
  for (let index = 0; index < Math.max(mine.length, others.length); index += 1) {
    const difference = (mine[index] ?? 0) - (others[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return Number(suffixOf(one) === '') - Number(suffixOf(other) === '');
}

/** `[1, 3, 3, 1]` of `1.3.3~1-rc`; `undefined` where it does not begin with a number. */
function numbersOf(version: string): readonly number[] | undefined {
  const main = version.replace(/^v/, '').split(/[-+]/)[0];
  const parts = main.split(/[.~]/);
  return parts.every((part) => /^\d{1,9}$/.test(part)) ? parts.map(Number) : undefined;
}

function suffixOf(version: string): string {
  return version.replace(/^v/, '').split('+')[0].split('-').slice(1).join('-');
}
