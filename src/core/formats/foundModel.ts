import type { Stretch } from '../firmware/arrays/sourceArray';
import type { SourcePlace } from '../model/origin';
import type { ModelSource } from './source';

/** A model that a source holds or builds, or is meant to; stretches are offsets into the text. */
export interface FoundModel {
  /** What it is chosen by: `file#id`. */
  readonly id: string;
  /** The name that stands for it, in a source that holds the model itself. */
  readonly nameSpan?: Stretch;
  /** Where a program makes it, as far as that is in this file. */
  readonly place?: SourcePlace;
  /** Of a part of another model that stands in the same source: what that is chosen by. */
  readonly within?: string;
  /** Size of the model's own bytes; absent where it has none (a program), or it cannot be read. */
  readonly bytes?: number;
  /** Why it cannot be read: a stable code and a whole sentence. */
  readonly problem?: { readonly code: string; readonly message: string };
}

/** A source as it is looked through for models: the text of an editor, or the bytes of a file. */
export interface SourceText extends Pick<ModelSource, 'path' | 'siblings' | 'programChoice'> {
  readonly content: string | Uint8Array;
}
