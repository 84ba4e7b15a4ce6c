import * as vscode from 'vscode';
import type { Analyses } from '../analysis/analyses';
import { Disposables } from '../disposables';
import { bytesOf, textOf } from '../places';
import { isListingPath, keyOfListing, listingScheme, listingUri } from './listingAddress';
import { contentOf, refusal } from './listingContent';

interface ServedListing {
  readonly bytes: Uint8Array;
  readonly mtime: number;
}

/**
 * Serves listings as files. They claim to be writable, because VS Code offers quick fixes only in writable editors;
 * writing is refused all the same.
 */
export class ListingFileSystem implements vscode.FileSystemProvider {
  readonly onDidChangeFile: vscode.Event<vscode.FileChangeEvent[]>;
  readonly #analyses: Analyses;
  readonly #disposables = new Disposables();
  readonly #emitter = this.#disposables.add(new vscode.EventEmitter<vscode.FileChangeEvent[]>());
  readonly #served = new Map<string, ServedListing>();

  constructor(analyses: Analyses) {
    this.#analyses = analyses;
    this.onDidChangeFile = this.#emitter.event;
    this.#disposables.add(vscode.workspace.registerFileSystemProvider(listingScheme, this, { isReadonly: false }));
    this.#disposables.add(
      analyses.onDidChange(({ key }) => {
        const uri = listingUri(key);
        const before = this.#served.get(uri.toString());
        if (before !== undefined && this.#serveCurrent(uri) !== before) {
          this.#emitter.fire([{ type: vscode.FileChangeType.Changed, uri }]);
        }
      }),
    );
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    // Before it writes, VS Code looks for the folder; without one it would refuse with a sentence about folders.
    if (!isListingPath(uri.path)) return { type: vscode.FileType.Directory, ctime: 0, mtime: 0, size: 0 };
    const { bytes, mtime } = await this.#serve(uri);
    return { type: vscode.FileType.File, ctime: 0, mtime, size: bytes.byteLength };
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    return (await this.#serve(uri)).bytes;
  }

  /** Accepts what is there already (so that an undone change can be saved away), refuses everything else. */
  async writeFile(uri: vscode.Uri, content: Uint8Array): Promise<void> {
    const { bytes } = await this.#serve(uri);
    if (textOf(content) === textOf(bytes)) return;
    throw vscode.FileSystemError.NoPermissions(refusal({ key: keyOfListing(uri) }));
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  readDirectory(): [string, vscode.FileType][] {
    return [];
  }

  createDirectory(): void {
    throw vscode.FileSystemError.NoPermissions('Listings have no folders.');
  }

  delete(uri: vscode.Uri): void {
    throw vscode.FileSystemError.NoPermissions(refusal({ key: keyOfListing(uri) }));
  }

  rename(uri: vscode.Uri): void {
    throw vscode.FileSystemError.NoPermissions(refusal({ key: keyOfListing(uri) }));
  }

  /** Forgets a listing that is not open any more. */
  release(uri: vscode.Uri): void {
    this.#served.delete(uri.toString());
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  async #serve(uri: vscode.Uri): Promise<ServedListing> {
    const key = keyOfListing(uri);
    // While a newer analysis is under way the last good listing is served: reading must not wait for a training run.
    if (this.#analyses.current(key)?.analysis === undefined) await this.#analyses.settled(key);
    return this.#serveCurrent(uri);
  }

  #serveCurrent(uri: vscode.Uri): ServedListing {
    const name = uri.toString();
    const before = this.#served.get(name);
    const state = this.#analyses.current(keyOfListing(uri));
    if (state === undefined) return before ?? { bytes: new Uint8Array(), mtime: 0 };
    const bytes = bytesOf(contentOf(state));
    if (before !== undefined && Buffer.compare(before.bytes, bytes) === 0) return before;
    // Later than the one before even within one millisecond: VS Code reads again only what is newer.
    const served = { bytes, mtime: Math.max(Date.now(), (before?.mtime ?? 0) + 1) };
    this.#served.set(name, served);
    return served;
  }
}
