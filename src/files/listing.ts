import { opendirSync } from 'node:fs';

/** Names of what lies in a folder, sorted; of a large one, of so many entries. None where it cannot be listed. */
export function namesIn(folder: string, mostEntries: number): readonly string[] {
  const names: string[] = [];
  try {
    const entries = opendirSync(folder);
    try {
      for (let entry = entries.readSync(); entry !== null && names.length < mostEntries; entry = entries.readSync()) {
        names.push(entry.name);
      }
    } finally {
      entries.closeSync();
    }
  } catch {
    return [];
  }
  return names.sort();
}
