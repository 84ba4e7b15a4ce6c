import { ModelError, type Problem } from '../../model/problem';

import type { BufferTable } from './readBuffers';
import type { OperatorCode } from './operatorCode';

/** What the parts of the reader share while one file is read. */
export interface ReadContext {
  readonly bytes: Uint8Array;
  readonly buffers: BufferTable;
  readonly codes: readonly OperatorCode[];
  readonly problems: ProblemList;
}

const listedProblems = 200;

/** Problems found while reading, bounded: after the first 200 the rest is only counted. */
export class ProblemList {
  readonly #problems: Problem[] = [];
  #more = 0;

  add(problem: Problem): void {
    if (this.#problems.length < listedProblems) this.#problems.push(problem);
    else this.#more += 1;
  }

  all(): readonly Problem[] {
    if (this.#more === 0) return this.#problems;
    const message = `The file has ${this.#more} more problems like these. Solve the first ones and open it again.`;
    return [...this.#problems, { code: 'more-problems', severity: 'warning', message }];
  }
}

/** Throws `ModelError` for an index that names no tensor; -1 is let through where an absent tensor is allowed. */
export function checkTensorIndices(
  indices: readonly number[],
  graph: { readonly index: number; readonly tensorCount: number },
  what: string,
  absentAllowed: boolean,
): void {
  const wrong = indices.find((index) => index >= graph.tensorCount || index < (absentAllowed ? -1 : 0));
  if (wrong === undefined) return;
  throw new ModelError(
    'tensor-index',
    `${what} of graph ${graph.index} names tensor ${wrong}, but the graph has ${graph.tensorCount} tensors. Export the model again.`,
  );
}
