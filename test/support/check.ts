import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

/** One row of a table: an input, and either the value expected or the exact message of the failure expected. */
export type Row<Input, Output> =
  | { readonly name: string; readonly input: Input; readonly expected: Output }
  | { readonly name: string; readonly input: Input; readonly fails: string };

/** Runs a table of tests: `run` is the only place that calls what is tested. */
export function check<Input, Output>(
  title: string,
  run: (input: Input) => Output,
  rows: readonly Row<Input, Awaited<Output>>[],
): void {
  describe(title, () => {
    for (const row of rows) {
      it(row.name, async () => {
        if ('fails' in row) {
          await assert.rejects(
            () => Promise.resolve().then(() => run(row.input)),
            (error: Error) => {
              assert.equal(error.message, row.fails);
              return true;
            },
          );
          return;
        }
        assert.deepStrictEqual(await run(row.input), row.expected);
      });
    }
  });
}
