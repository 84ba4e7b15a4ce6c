import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { editsTogether } from '../../src/core/fixes/together';
import type { FileFix } from '../../src/core/model/problem';

type Place = readonly [file: string, column: number, endColumn: number];

function preferred(...places: readonly Place[]): FileFix {
  const edits = places.map(([file, column, endColumn]) => ({
    file,
    span: { line: 3, column, endLine: 3, endColumn },
    text: 'x',
  }));
  return { title: 'do it', isPreferred: true, edits };
}

function check(fixes: readonly FileFix[], expected: readonly Place[]): void {
  const edits = editsTogether(fixes.map((fix) => ({ fixes: [fix] })));
  assert.deepEqual(
    edits.map(({ file, span }) => [file, span.column, span.endColumn]),
    expected,
  );
}

describe('fixes that are applied together', () => {
  it('are all that touch nothing of each other', () =>
    check(
      [preferred(['a.cc', 0, 2]), preferred(['a.cc', 2, 4], ['b.cc', 0, 0])],
      [
        ['a.cc', 0, 2],
        ['a.cc', 2, 4],
        ['b.cc', 0, 0],
      ],
    ));

  it('leave one out as a whole where a part of it is changed already', () =>
    check([preferred(['a.cc', 0, 5]), preferred(['b.cc', 0, 1], ['a.cc', 4, 6])], [['a.cc', 0, 5]]));

  it('never insert twice at one place', () =>
    check([preferred(['a.cc', 7, 7]), preferred(['a.cc', 7, 7])], [['a.cc', 7, 7]]));

  it('are those that are preferred alone', () => check([{ ...preferred(['a.cc', 0, 1]), isPreferred: false }], []));
});
