import type { Model } from '../../model/model';

/** A model before and after one of its graphs was redrawn. */
export interface GraphChange {
  readonly before: Model;
  /** With everything in place but its metadata. */
  readonly after: Model;
  /** Index of the graph. */
  readonly graph: number;
  /** Tensor of the draft (of the graph before, and new ones behind) to that of the graph after; -1: gone. */
  readonly tensorIndices: Int32Array;
}
