import type { LinkedImages, SectionRows } from './flashTypes';

/** One kernel library: operators, the sets of operators that share sections, and their bytes in each image. */
export interface CompactLibrary {
  readonly operators: readonly string[];
  /** Each group: the operators (indices) that pull in its sections. */
  readonly groups: readonly (readonly number[])[];
  /** By `core|build`. */
  readonly images: Readonly<Record<string, CompactImage>>;
}

export interface CompactImage {
  readonly base: number;
  /** Bytes by origin: pairs of group index and bytes, one after the other. */
  readonly parts: Readonly<Record<string, readonly number[]>>;
}

interface Section {
  readonly origin: string;
  readonly bytes: number;
  /** Operators that pull it in, sorted and joined. */
  readonly users: string;
}

/** Sections with the same users are one group; the bytes of a group are kept by origin. */
export function compactLibrary(images: LinkedImages, library: string): CompactLibrary {
  const keys = Object.keys(images.sections).filter((key) => key.split('|')[2] === library);
  const operators = [...new Set(keys.flatMap((key) => Object.keys(images.sections[key].ops)))].sort();
  const sectionsByKey = new Map(keys.map((key) => [key, sectionsOf(images, key, operators)]));
  const users = [...new Set([...sectionsByKey.values()].flat().map((section) => section.users))].sort(byLength);
  const groupOf = new Map(users.map((text, index) => [text, index]));
  const compact = keys.map((key) => {
    const parts: Record<string, Map<number, number>> = {};
    for (const { origin, bytes, users: text } of sectionsByKey.get(key)!) {
      const part = (parts[origin] ??= new Map<number, number>());
      const group = groupOf.get(text)!;
      part.set(group, (part.get(group) ?? 0) + bytes);
    }
    const image: CompactImage = { base: images.sections[key].base_flash, parts: flat(parts) };
    return [key.split('|').slice(0, 2).join('|'), image] as const;
  });
  return { operators, groups: users.map((text) => text.split(',').map(Number)), images: Object.fromEntries(compact) };
}

function byLength(left: string, right: string): number {
  return left.length - right.length || (left < right ? -1 : 1);
}

function flat(parts: Readonly<Record<string, Map<number, number>>>): CompactImage['parts'] {
  return Object.fromEntries(
    Object.entries(parts).map(([origin, bytes]) => [
      origin,
      [...bytes].filter(([, each]) => each > 0).flatMap(([group, each]) => [group, Math.round(each)]),
    ]),
  );
}

/**
 * Sections of one image. A section that is listed with several sizes (strings that the linker merged differently)
 * counts with the largest. Strings are freed of what the linker merges within an image of one operator, see
 * `mergedStrings`.
 */
function sectionsOf(images: LinkedImages, key: string, operators: readonly string[]): readonly Section[] {
  const rows = images.sections[key];
  const bytes = new Map<string, number>();
  const users = new Map<string, Set<number>>();
  for (const [operator, indices] of Object.entries(rows.ops)) {
    for (const index of indices) {
      const [name, size] = rows.sections[index];
      bytes.set(name, Math.max(bytes.get(name) ?? 0, size));
      if (!users.has(name)) users.set(name, new Set());
      users.get(name)!.add(operators.indexOf(operator));
    }
  }
  const merged = mergedStrings(images, key, rows, bytes);
  return [...bytes].map(([name, size]) => ({
    origin: originOf(name),
    bytes: size - (merged.get(name) ?? 0),
    users: [...users.get(name)!].sort((left, right) => left - right).join(','),
  }));
}

function originOf(name: string): string {
  if (name.includes('.str1.')) return 'strings';
  const object = name.slice(0, name.indexOf(':.') + 1);
  if (object.startsWith('app:')) return 'registration';
  if (object.startsWith('libm.') || object.startsWith('libgcc.') || object.startsWith('libc')) return 'libraries';
  return object.includes('cmsis_nn_Source') ? 'kernelLibrary' : 'kernels';
}

/**
 * Bytes that the linker merges away of each string section, estimated from the images of one operator: what their
 * sections sum to above what the image really grew by, shared out evenly over the operator's string sections
 * (Kaczmarz's method, each section between none and all of its bytes).
 */
function mergedStrings(
  images: LinkedImages,
  key: string,
  rows: SectionRows,
  bytes: ReadonlyMap<string, number>,
): ReadonlyMap<string, number> {
  const merged = new Map([...bytes.keys()].filter((name) => name.includes('.str1.')).map((name) => [name, 0]));
  const equations = Object.entries(rows.ops).map(([operator, indices]) => {
    const names = [...new Set(indices.map((index) => rows.sections[index][0]))];
    const sum = names.reduce((total, name) => total + bytes.get(name)!, 0);
    const excess = sum - images.flash[key].ops[operator].marginal;
    return { strings: names.filter((name) => merged.has(name)), excess };
  });
  for (let sweep = 0; sweep < 2000; sweep += 1) {
    for (const { strings, excess } of equations) {
      if (strings.length === 0) continue;
      const missing = excess - strings.reduce((total, name) => total + merged.get(name)!, 0);
      for (const name of strings) {
        const value = merged.get(name)! + (0.5 * missing) / strings.length;
        merged.set(name, Math.min(Math.max(value, 0), bytes.get(name)!));
      }
    }
  }
  return merged;
}
