import type { ModelSource } from '../core/formats/source';
import type { ReadResult } from '../core/formats/readResult';
import { readModel } from '../core/formats/formats';
import { readTrained, trainedNameOf } from '../core/formats/trained';
import type { AnalyseMessage } from '../protocol/worker';
import type { BesideHost } from './besideModel';
import { BesideModel } from './besideModel';
import { SizedCache } from './sizedCache';

/** The bytes of a model file. */
export interface Content {
  readonly bytes: Uint8Array;
  /** SHA-256 in hexadecimal digits. */
  readonly hash: string;
}

/** Where a model lies, as far as its reader may look beside it. */
interface ModelPlace extends Pick<AnalyseMessage, 'beside'>, Pick<ModelSource, 'path' | 'programChoice'> {}

/** A model with the files beside it that went into it: it holds as long as they are the same. */
interface KeptModel {
  readonly read: ReadResult;
  readonly beside: BesideModel;
}

/** Bytes of the files of kept models. A model is a view of its file, so that keeping it keeps the file. */
const keptBytes = 64 * 1024 * 1024;

/** Models read on this thread: analyses, offers and hovers of the same file share one. */
export class ReadModels {
  readonly #kept = new SizedCache<KeptModel & { readonly bytes: number }>(keptBytes, ({ bytes }) => bytes);
  readonly #host: BesideHost;
  readonly #readModel: typeof readModel;

  constructor(host: BesideHost, reader = readModel) {
    this.#host = host;
    this.#readModel = reader;
  }

  /** @throws ModelError when there is no model in the bytes. */
  async read({ bytes, hash }: Content, place: ModelPlace): Promise<KeptModel> {
    const { path, programChoice } = place;
    const key = JSON.stringify([hash, path, place.beside, programChoice]);
    const known = this.#kept.get(key);
    if (known !== undefined && (await known.beside.isCurrent())) return known;
    const beside = new BesideModel(place.beside, this.#host);
    const read = await beside.read((siblings) => this.#readModel({ path, bytes, siblings, programChoice }));
    const kept = { read, beside, bytes: bytes.byteLength };
    this.#kept.set(key, kept);
    return kept;
  }

  /** The model as it is worked on: of a program with a trained file, with its weights. */
  async readTrained({ bytes, hash }: Content, place: ModelPlace): Promise<KeptModel> {
    const known = await this.read({ bytes, hash }, place);
    if (trainedNameOf(known.read) === undefined) return known;
    const { path, programChoice } = place;
    const beside = new BesideModel(place.beside, this.#host);
    const read = await beside.read((siblings) => readTrained({ path, bytes, siblings, programChoice }, known.read));
    return { read, beside };
  }
}
