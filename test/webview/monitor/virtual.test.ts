import type { Geometry } from '../../../webview/monitor/virtual';
import {
  bottomPx,
  clampedTop,
  revealedTop,
  scrollTopOf,
  spacerPx,
  topOfScroll,
  windowAt,
} from '../../../webview/monitor/virtual';
import { check } from '../../support/check';

/** 10 rows of 20 px in a view of 50 px: 200 px of content, 150 px to scroll. */
const small: Geometry = { rows: 10, rowPx: 20, viewPx: 50 };
/** 1,000,000 rows of 20 px: 20,000,000 px of content on a spacer of 4,000,000 px. */
const large: Geometry = { rows: 1_000_000, rowPx: 20, viewPx: 500 };

check('virtual list: height of the spacer', spacerPx, [
  { name: 'no rows', input: { ...small, rows: 0 }, expected: 0 },
  { name: 'few rows at their height', input: small, expected: 200 },
  { name: 'a million rows within what Chromium lays out', input: large, expected: 4_000_000 },
]);

check('virtual list: lowest position', bottomPx, [
  { name: 'rows that all fit', input: { ...small, rows: 2 }, expected: 0 },
  { name: 'few rows', input: small, expected: 150 },
  { name: 'a million rows', input: large, expected: 19_999_500 },
]);

check('virtual list: rows in view', ({ at, geometry = small }: At) => windowAt(geometry, at), [
  { name: 'at the top', input: { at: 0 }, expected: { first: 0, end: 3, offsetPx: 0 } },
  { name: 'between two rows', input: { at: 30 }, expected: { first: 1, end: 4, offsetPx: -10 } },
  { name: 'at the bottom', input: { at: 150 }, expected: { first: 7, end: 10, offsetPx: -10 } },
  { name: 'beyond the bottom', input: { at: 999 }, expected: { first: 7, end: 10, offsetPx: -10 } },
  { name: 'above the top', input: { at: -5 }, expected: { first: 0, end: 3, offsetPx: 0 } },
  { name: 'no rows', input: { at: 0, geometry: { ...small, rows: 0 } }, expected: { first: 0, end: 0, offsetPx: 0 } },
  {
    name: 'the last of a million',
    input: { at: 19_999_500, geometry: large },
    expected: { first: 999_975, end: 1_000_000, offsetPx: 0 },
  },
]);

check('virtual list: scroll bar from position', ({ at, geometry = small }: At) => scrollTopOf(geometry, at), [
  { name: 'the same where nothing is scaled', input: { at: 30 }, expected: 30 },
  { name: 'stops at the bottom', input: { at: 1e9 }, expected: 150 },
  {
    name: 'the end of the bar for the last of a million',
    input: { at: 19_999_500, geometry: large },
    expected: 3_999_500,
  },
  { name: 'the middle', input: { at: 9_999_750, geometry: large }, expected: 1_999_750 },
]);

check('virtual list: position from scroll bar', ({ at, geometry = small }: At) => topOfScroll(geometry, at), [
  { name: 'the same where nothing is scaled', input: { at: 30 }, expected: 30 },
  {
    name: 'the last of a million at the end of the bar',
    input: { at: 3_999_500, geometry: large },
    expected: 19_999_500,
  },
  { name: 'rows that all fit', input: { at: 0, geometry: { ...small, rows: 1 } }, expected: 0 },
]);

check(
  'virtual list: bringing a row into view',
  ({ at, row }: { at: number; row: number }) => revealedTop(small, at, row),
  [
    { name: 'a row in view moves nothing', input: { at: 30, row: 2 }, expected: 30 },
    { name: 'a row above goes to the upper edge', input: { at: 90, row: 1 }, expected: 20 },
    { name: 'a row below goes to the lower edge', input: { at: 0, row: 5 }, expected: 70 },
    { name: 'a row cut by the lower edge', input: { at: 0, row: 2 }, expected: 10 },
    { name: 'the last row', input: { at: 0, row: 9 }, expected: 150 },
  ],
);

check('virtual list: position within the content', (at: number) => clampedTop(small, at), [
  { name: 'above', input: -1, expected: 0 },
  { name: 'within', input: 149.5, expected: 149.5 },
  { name: 'below', input: 151, expected: 150 },
]);

interface At {
  readonly at: number;
  readonly geometry?: Geometry;
}
