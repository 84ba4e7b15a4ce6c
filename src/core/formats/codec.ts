import type { Model } from '../model/model';
import type { FoundModel, SourceText } from './foundModel';
import type { ReadResult } from './readResult';
import type { ModelSource } from './source';

/** How the files of a format are read and written. */
export interface Codec {
  /** True when the bytes themselves say that they are of this format. Cheap. */
  readonly match: (source: ModelSource) => boolean;
  /** Throws `ModelError` when there is no model at all. */
  readonly read: (source: ModelSource) => ReadResult;
  /** Of sources: the models that stand in one, in its order. */
  readonly find?: (source: SourceText) => readonly FoundModel[];
  /** Where a model is a part of its file: its own bytes. Throws `ModelError` when there is no model at all. */
  readonly bytesOf?: (source: ModelSource) => Uint8Array;
  /** Absent where nothing is written in this format. */
  readonly write?: (model: Model) => Uint8Array;
}
