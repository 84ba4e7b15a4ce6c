import { resultName } from '../../core/formats/kinds';
import { unfinishedName } from '../../files/unfinished';

/** The part of a file system that writing a result needs: the folder that the source lies in. */
export interface ResultFolder {
  exists(name: string): Promise<boolean>;
  write(name: string, bytes: Uint8Array): Promise<void>;
  /** Fails where `to` exists. */
  rename(from: string, to: string): Promise<void>;
  remove(name: string): Promise<void>;
}

/** What the name of a result has beside its source's. */
export interface ResultEnd {
  /** `int8`. */
  readonly suffix: string;
  /** `.cc`; absent: that of the format that results are written in, or of a source the source's. */
  readonly extension?: string;
}

/** Names that are tried before giving up; nobody keeps that many results side by side. */
const mostNames = 1000;

/**
 * Writes a result beside its source and gives its name: `kws.int8.tflite`, or `kws.int8-2.tflite` where that is taken,
 * so that nothing is ever written over. The bytes go into a file of another name first, one that nothing else has,
 * which is renamed when it is whole: nobody sees half a model, and two results that are written at the same time stay
 * apart.
 */
export async function writeResult(
  folder: ResultFolder,
  sourceName: string,
  end: ResultEnd,
  bytes: Uint8Array,
): Promise<string> {
  const unfinished = unfinishedName();
  try {
    await folder.write(unfinished, bytes);
    for (let attempt = 1; attempt <= mostNames; attempt++) {
      const name = withSuffix(sourceName, end, attempt);
      if (await folder.exists(name)) continue;
      if (await renameFile(folder, unfinished, name)) return name;
    }
    throw new Error(`There are ${mostNames} results of ${sourceName} already.`);
  } catch (error) {
    await folder.remove(unfinished).catch(() => undefined);
    throw error;
  }
}

/** `kws.tflite` with `int8` becomes `kws.int8.tflite`, at the second attempt `kws.int8-2.tflite`. */
export function withSuffix(sourceName: string, { suffix, extension }: ResultEnd, attempt: number): string {
  return resultName(sourceName, attempt === 1 ? suffix : `${suffix}-${attempt}`, extension);
}

/** False where another file took the name in the meantime. */
async function renameFile(folder: ResultFolder, from: string, to: string): Promise<boolean> {
  try {
    await folder.rename(from, to);
    return true;
  } catch (error) {
    if (await folder.exists(to)) return false;
    throw error;
  }
}
