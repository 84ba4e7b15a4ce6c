import type { ReadResult } from '../core/formats/formats';
import { readModel } from '../core/formats/formats';
import { FolderSiblings } from '../dataset/folderSiblings';
import type { AnalyseMessage } from '../protocol/worker';
import { SizedCache } from './sizedCache';

/** The bytes of a model file. */
export interface Content {
  readonly bytes: Uint8Array;
  /** SHA-256 in hexadecimal digits. */
  readonly hash: string;
}

/** Where a model lies, as far as its reader may look beside it. */
interface ModelPlace extends Pick<AnalyseMessage, 'beside'> {
  readonly path: string;
}

/** A model with the files beside it that went into it: it holds as long as they are the same. */
interface KeptModel {
  readonly read: ReadResult;
  readonly siblings?: FolderSiblings;
}

/** Bytes of the files of kept models. A model is a view of its file, so that keeping it keeps the file. */
const keptBytes = 64 * 1024 * 1024;

/** Models read on this thread: analyses, offers and hovers of the same file share one. */
export class ReadModels {
  readonly #kept = new SizedCache<KeptModel & { readonly bytes: number }>(keptBytes, ({ bytes }) => bytes);

  /** @throws ModelError when there is no model in the bytes. */
  read({ bytes, hash }: Content, { path, beside }: ModelPlace): KeptModel {
    const key = JSON.stringify([hash, path, beside]);
    const known = this.#kept.get(key);
    if (known !== undefined && known.siblings?.isCurrent !== false) return known;
    const siblings = beside && new FolderSiblings(beside.file, beside.root);
    const kept = { read: readModel({ path, bytes, siblings }), siblings, bytes: bytes.byteLength };
    this.#kept.set(key, kept);
    return kept;
  }
}
