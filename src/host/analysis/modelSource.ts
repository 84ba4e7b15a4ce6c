import { kindOfPath, type FormatKind } from '../../core/formats/kinds';
import type { Disposable } from '../disposables';
import type { FileStamp } from './stillFile';

/** One version of a model's content. */
export interface SourceVersion extends FileStamp {
  /** Names the content: equal names are equal contents. */
  readonly name: string;
}

/** Whether a file was written, or a document that is open was edited, saved, reverted or closed. */
export type SourceChange = 'disk' | 'edit';

/** Where a model's content is at the moment: in a file, or in an open document that is not saved. */
export interface ModelSource {
  version(): Promise<SourceVersion>;
  bytes(): Promise<Uint8Array>;
  /** Path at which another thread finds the same bytes; absent where there is none. */
  readonly file: string | undefined;
  onDidChange(listener: (change: SourceChange) => void): Disposable;
}

/** A file, wherever it lies. */
export interface FileOfModel {
  /** Its address: what it is called by when versions are named. */
  readonly address: string;
  /** Its name with folders, which says the format. */
  readonly path: string;
  /** Path on this machine's own file system; absent elsewhere. */
  readonly file: string | undefined;
  stat(): Promise<FileStamp>;
  read(): Promise<Uint8Array>;
  onDidChange(listener: () => void): Disposable;
}

/** A text document that is open and not saved. */
interface UnsavedDocument {
  /** Tells this opening of the document from others: version numbers restart in each. */
  readonly opening: number;
  readonly version: number;
  readonly text: () => string;
}

/** The text documents that are open. */
export interface OpenDocuments {
  unsaved(address: string): UnsavedDocument | undefined;
  /** After an edit, a save, a revert or the end of the document with this address. */
  onDidChange(address: string, listener: () => void): Disposable;
}

/** The content of a file; of a format that is text, of the unsaved document where one is open. */
export function liveSource(file: FileOfModel, documents: OpenDocuments, kinds?: readonly FormatKind[]): ModelSource {
  if (kindOfPath(file.path, kinds)?.isText !== true) return fileSource(file);
  const unsaved = (): ModelSource | undefined => {
    const document = documents.unsaved(file.address);
    return document && documentSource(file.address, document);
  };
  const onDisk = fileSource(file);
  return {
    version: async () => (unsaved() ?? onDisk).version(),
    bytes: async () => (unsaved() ?? onDisk).bytes(),
    get file() {
      return (unsaved() ?? onDisk).file;
    },
    onDidChange: (listener) => {
      const both = [onDisk.onDidChange(listener), documents.onDidChange(file.address, () => listener('edit'))];
      return { dispose: () => both.forEach((each) => each.dispose()) };
    },
  };
}

function fileSource(file: FileOfModel): ModelSource {
  return {
    version: async () => {
      const { mtime, size } = await file.stat();
      return { mtime, size, name: `${file.address} ${mtime} ${size}` };
    },
    bytes: async () => file.read(),
    file: file.file,
    onDidChange: (listener) => file.onDidChange(() => listener('disk')),
  };
}

function documentSource(address: string, { opening, version, text }: UnsavedDocument): ModelSource {
  return {
    version: () =>
      Promise.resolve({
        mtime: version,
        size: text().length,
        name: `${address} unsaved ${opening} ${version}`,
      }),
    bytes: () => Promise.resolve(new TextEncoder().encode(text())),
    file: undefined,
    onDidChange: () => ({ dispose: () => undefined }),
  };
}
