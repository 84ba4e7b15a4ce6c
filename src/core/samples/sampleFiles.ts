/** A file or a folder that samples are read from. */
export interface SamplePlace {
  /** A path or a URI: whatever the reader understands. */
  readonly address: string;
  /** For people. */
  readonly name: string;
}

/** What reads samples from a file system: this machine's, or one that only the editor knows. */
export interface SampleFiles {
  /**
   * The file itself, or the files in a folder and below it in the order of their names, which begin with the folder's
   * own.
   */
  list(place: SamplePlace): Promise<readonly SamplePlace[]>;
  /** A whole file of at most so many bytes; absent: as many as all samples together may have. @throws HumanError */
  read(file: SamplePlace, mostBytes?: number): Promise<Uint8Array>;
}

/** One thing in a folder. Links to folders are not followed and count as neither. */
export interface FolderEntry extends SamplePlace {
  readonly kind: 'file' | 'folder' | 'neither';
}

/** Files that are looked at in a folder and the folders in it. */
const mostFiles = 100_000;

/**
 * All files in a folder and below it by the order of their names; what is hidden is left out. `entriesOf` gives one
 * folder's own.
 */
export async function filesBelow(
  folder: SamplePlace,
  entriesOf: (folder: SamplePlace) => Promise<readonly FolderEntry[]>,
): Promise<readonly SamplePlace[]> {
  const files: SamplePlace[] = [];
  const folders = [{ address: folder.address, name: folder.name.replace(/[\\/]+$/, '') }];
  for (let next = folders.pop(); next !== undefined; next = folders.pop()) {
    for (const { address, name, kind } of await entriesOf(next)) {
      if (name.startsWith('.') || files.length >= mostFiles) continue;
      const place = { address, name: `${next.name}/${name}` };
      if (kind === 'folder') folders.push(place);
      if (kind === 'file') files.push(place);
    }
  }
  return files.sort((a, b) => (a.name < b.name ? -1 : 1));
}
