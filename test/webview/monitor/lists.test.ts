import { movedRow, planList } from '../../../webview/monitor/list';
import { HexList, TextList } from '../../../webview/monitor/lists';
import { RowCache } from '../../../webview/monitor/rowCache';
import { Scroller } from '../../../webview/monitor/scroller';
import { initialPlace } from '../../../webview/monitor/store';
import type { MonitorLine, TabDisplay, TimedHexRow } from '../../../src/protocol/monitorState';
import { check } from '../../support/check';
import { extentOf, lineOf, tabOf } from './pages';

/** A source of rows that answers when it is told to. */
class Source<Row> {
  readonly asked: string[] = [];
  readonly #waiting: (() => void)[] = [];
  readonly #row: (number: number) => Row;

  constructor(row: (number: number) => Row) {
    this.#row = row;
  }

  readonly fetch = (from: number, to: number): Promise<readonly (readonly [number, Row])[]> => {
    this.asked.push(`${from}-${to}`);
    return new Promise((done, fail) => {
      this.#waiting.push(() => {
        if (from < 0) fail(new Error('No such rows.'));
        else done(Array.from({ length: to - from }, (_, index) => [from + index, this.#row(from + index)] as const));
      });
    });
  };

  /** Answers the oldest request. */
  async answer(): Promise<void> {
    this.#waiting.shift()?.();
    await new Promise((done) => setImmediate(done));
  }
}

type CacheStep = (cache: RowCache<string>, source: Source<string>) => void | Promise<void>;
const answer: CacheStep = (_cache, source) => source.answer();
const want =
  (from: number, to: number): CacheStep =>
  (cache) =>
    cache.want(from, to);

check(
  'rows of a long list: what is asked for',
  async (steps: readonly CacheStep[]) => {
    const source = new Source((row) => `r${row}`);
    let arrivals = 0;
    const cache = new RowCache<string>(source.fetch, () => void (arrivals += 1));
    for (const step of steps) await step(cache, source);
    return [source.asked.join(' '), cache.size, cache.newestEnd, arrivals];
  },
  [
    { name: 'nothing is wanted', input: [want(3, 3)], expected: ['', 0, 0, 0] },
    { name: 'what is missing', input: [want(0, 3), answer], expected: ['0-3', 3, 3, 1] },
    {
      name: 'what is here is not asked for again',
      input: [want(0, 3), answer, want(0, 3)],
      expected: ['0-3', 3, 3, 1],
    },
    {
      name: 'only the part that is missing',
      input: [want(0, 3), answer, want(1, 5), answer],
      expected: ['0-3 3-5', 5, 5, 2],
    },
    {
      name: 'while one is on its way the latest wish counts',
      input: [want(0, 3), want(10, 12), want(20, 22), answer, answer],
      expected: ['0-3 20-22', 5, 22, 2],
    },
    {
      name: 'a wish that has come true meanwhile is dropped',
      input: [want(0, 3), want(10, 12), want(4, 4), answer],
      expected: ['0-3', 3, 3, 1],
    },
    {
      name: 'after a failure they are asked for when they are next wanted',
      input: [want(-2, 0), answer, want(-2, 0)],
      expected: ['-2-0 -2-0', 0, 0, 0],
    },
    {
      name: 'rows that mean others: a reply that is on its way is dropped',
      input: [want(0, 3), (cache) => cache.reset(), answer],
      expected: ['0-3', 0, 0, 0],
    },
    {
      name: 'rows that mean others are asked for at once',
      input: [want(0, 3), (cache) => cache.reset(), want(0, 1), answer, answer],
      expected: ['0-3 0-1', 1, 1, 1],
    },
    {
      name: 'a row that has changed',
      input: [want(0, 3), answer, (cache) => cache.forget(1), want(0, 3), answer],
      expected: ['0-3 1-2', 3, 3, 2],
    },
    { name: 'no more than 4,096 are kept', input: [want(0, 4097), answer], expected: ['0-4097', 3072, 4097, 1] },
  ],
);

check(
  'rows of a long list: which are here',
  async ([from, to]: readonly [number, number]) => {
    const source = new Source((row) => `r${row}`);
    const cache = new RowCache<string>(source.fetch, () => undefined);
    cache.want(2, 5);
    await source.answer();
    return [cache.has(from, to), cache.at(from)];
  },
  [
    { name: 'all', input: [2, 5], expected: [true, 'r2'] },
    { name: 'not the first', input: [1, 5], expected: [false, undefined] },
    { name: 'not the last', input: [4, 6], expected: [false, 'r4'] },
    { name: 'none of none', input: [9, 9], expected: [true, undefined] },
  ],
);

const geometry = { rows: 0, rowPx: 20, viewPx: 100 };

check(
  'virtual list: its plan, in numbers of rows as the host counts',
  ([first, end, topRow]: readonly [number, number, number | undefined]) => planList({ first, end }, topRow, geometry),
  [
    {
      name: 'no rows',
      input: [5, 5, undefined],
      expected: { first: 5, end: 5, offsetPx: 0, topPx: 0, rows: 0, isAtEnd: true },
    },
    {
      name: 'rows that do not fill the view',
      input: [5, 7, undefined],
      expected: { first: 5, end: 7, offsetPx: 0, topPx: 0, rows: 2, isAtEnd: true },
    },
    {
      name: 'the end',
      input: [100, 120, undefined],
      expected: { first: 115, end: 120, offsetPx: 0, topPx: 300, rows: 20, isAtEnd: true },
    },
    {
      name: 'a row that is partly above the edge',
      input: [100, 120, 103.5],
      expected: { first: 103, end: 109, offsetPx: -10, topPx: 70, rows: 20, isAtEnd: false },
    },
    {
      name: 'a row that is no longer kept: the first that is',
      input: [100, 120, 40],
      expected: { first: 100, end: 105, offsetPx: 0, topPx: 0, rows: 20, isAtEnd: false },
    },
    {
      name: 'a row beyond the end',
      input: [100, 120, 500],
      expected: { first: 115, end: 120, offsetPx: 0, topPx: 300, rows: 20, isAtEnd: true },
    },
    {
      name: 'fewer rows than none',
      input: [9, 5, undefined],
      expected: { first: 9, end: 9, offsetPx: 0, topPx: 0, rows: 0, isAtEnd: true },
    },
  ],
);

check(
  'virtual list: where keys lead',
  ({ key, cursorRow, topRow }: { key: string; cursorRow?: number; topRow?: number }) => {
    const range = { first: 100, end: 120 };
    return movedRow(key, { ...initialPlace, cursorRow }, planList(range, topRow, geometry), range);
  },
  [
    { name: 'down', input: { key: 'ArrowDown', cursorRow: 103 }, expected: 104 },
    { name: 'up', input: { key: 'ArrowUp', cursorRow: 103 }, expected: 102 },
    { name: 'not above the first', input: { key: 'ArrowUp', cursorRow: 100 }, expected: 100 },
    { name: 'not below the last', input: { key: 'ArrowDown', cursorRow: 119 }, expected: 119 },
    {
      name: 'a page but two rows, so that the place is kept',
      input: { key: 'PageDown', cursorRow: 103 },
      expected: 106,
    },
    { name: 'a page up', input: { key: 'PageUp', cursorRow: 103 }, expected: 100 },
    { name: 'first', input: { key: 'Home', cursorRow: 110 }, expected: 100 },
    { name: 'last', input: { key: 'End', cursorRow: 110 }, expected: 119 },
    { name: 'up from nowhere at the end: the last row', input: { key: 'ArrowUp' }, expected: 119 },
    {
      name: 'from nowhere in the middle: about the row at the top',
      input: { key: 'ArrowDown', topRow: 104 },
      expected: 105,
    },
    { name: 'from a row that is no longer kept', input: { key: 'ArrowDown', cursorRow: 7 }, expected: 100 },
    { name: 'other keys', input: { key: 'x', cursorRow: 103 }, expected: undefined },
  ],
);

/** An element that scrolls, of 100 pixels with rows of 20. */
const pane = { scrollTop: 0, clientHeight: 100 };

/** A scroller on that element, and the positions that it was asked for. */
function scrollerOn(element: typeof pane): { readonly scroller: Scroller; readonly asked: number[] } {
  const asked: number[] = [];
  class Watcher {
    readonly observe = (): void => undefined;
    readonly unobserve = (): void => undefined;
  }
  class Box {
    readonly clientHeight = element.clientHeight;
    get scrollTop(): number {
      return element.scrollTop;
    }
    set scrollTop(value: number) {
      element.scrollTop = value;
    }
  }
  Object.assign(globalThis, {
    ResizeObserver: Watcher,
    HTMLElement: Box,
    WheelEvent: { DOM_DELTA_LINE: 1, DOM_DELTA_PAGE: 2 },
    getComputedStyle: () => ({ lineHeight: '20px' }),
  });
  const scroller = new Scroller(
    (topPx) => void asked.push(topPx),
    () => undefined,
  );
  scroller.attach(new Box() as unknown as Element);
  return { scroller, asked };
}

const plain: TabDisplay = tabOf(1).display;

check(
  'text of a tab: rows that are asked for',
  async ({
    endRow,
    follow = true,
    topRow = 0,
    unfinished,
  }: {
    endRow: number;
    follow?: boolean;
    topRow?: number;
    unfinished?: MonitorLine;
  }) => {
    const source = new Source((row) => lineOf(row, `line ${row}`));
    const list = new TextList(scrollerOn({ ...pane }).scroller, source.fetch, () => undefined);
    const tab = tabOf(1, { display: { ...plain, follow } });
    const extent = extentOf(endRow, { unfinished });
    list.plan(tab, extent, { ...initialPlace, topRow });
    await source.answer();
    const { range, plan } = list.plan(tab, extent, { ...initialPlace, topRow });
    return [
      source.asked.join(' '),
      `${range.first}-${range.end}`,
      `${plan.first}-${plan.end}`,
      list.at(range.end - 1)?.spans[0].text,
    ];
  },
  [
    { name: 'nothing came', input: { endRow: 0 }, expected: ['', '0-0', '0-0', undefined] },
    {
      name: 'following: the end, and a row more',
      input: { endRow: 50 },
      expected: ['44-50', '0-50', '45-50', 'line 49'],
    },
    {
      name: 'in the middle: a screen more on both sides',
      input: { endRow: 50, follow: false, topRow: 20 },
      expected: ['15-30', '0-50', '20-25', undefined],
    },
    {
      name: 'at the top there is nothing above',
      input: { endRow: 50, follow: false },
      expected: ['0-10', '0-50', '0-5', undefined],
    },
    {
      name: 'a prompt stands below the last row',
      input: { endRow: 50, unfinished: lineOf(50, '> ') },
      expected: ['44-50', '0-51', '46-51', '> '],
    },
    { name: 'a prompt alone', input: { endRow: 0, unfinished: lineOf(0, '> ') }, expected: ['', '0-1', '0-1', '> '] },
  ],
);

check(
  'text of a tab: while more is on its way, the end is that of what is here',
  async (ends: readonly number[]) => {
    const source = new Source((row) => lineOf(row, ''));
    const list = new TextList(scrollerOn({ ...pane }).scroller, source.fetch, () => undefined);
    const drawn: string[] = [];
    for (const endRow of ends) {
      const { plan } = list.plan(tabOf(1), extentOf(endRow), initialPlace);
      drawn.push(`${plan.first}-${plan.end}`);
      if (drawn.length === 1) await source.answer();
    }
    return drawn;
  },
  [{ name: 'growth', input: [10, 10, 13, 90], expected: ['5-10', '5-10', '5-10', '5-10'] }],
);

check(
  'bytes of a tab: rows of 16 that are asked for',
  async (received: readonly (readonly [bytes: number, generation: number])[]) => {
    const row = (number: number): TimedHexRow => ({ offset: number * 16, hex: '', ascii: '', timeMs: 0 });
    const source = new Source(row);
    const list = new HexList(scrollerOn({ ...pane }).scroller, source.fetch, () => undefined);
    const drawn: string[] = [];
    for (const [receivedBytes, generation] of received) {
      const { range } = list.plan(tabOf(1), extentOf(1, { receivedBytes, generation }), initialPlace);
      drawn.push(`${range.first}-${range.end}`);
      await source.answer();
    }
    return [source.asked.join(' '), ...drawn];
  },
  [
    { name: 'nothing', input: [[0, 1]], expected: ['', '0-0'] },
    { name: 'a row that is not full', input: [[17, 1]], expected: ['0-2', '0-2'] },
    {
      name: 'the row that was not full is asked for again',
      input: [
        [17, 1],
        [20, 1],
      ],
      expected: ['0-2 1-2', '0-2', '0-2'],
    },
    {
      name: 'after clearing all are asked for, also where more came since than there was',
      input: [
        [17, 1],
        [33, 2],
      ],
      expected: ['0-2 0-3', '0-2', '0-3'],
    },
  ],
);

interface Wheel {
  readonly deltaY: number;
  readonly deltaX?: number;
  readonly deltaMode?: number;
  readonly ctrlKey?: boolean;
  readonly shiftKey?: boolean;
}

check(
  'scrolling with the wheel',
  ({ deltaY, deltaX = 0, deltaMode = 0, ctrlKey = false, shiftKey = false }: Wheel) => {
    const { scroller, asked } = scrollerOn({ ...pane });
    scroller.sync(100, 500);
    let isPrevented = false;
    const event = { deltaY, deltaX, deltaMode, ctrlKey, shiftKey, preventDefault: () => void (isPrevented = true) };
    scroller.onWheel(event as WheelEvent);
    return [isPrevented, ...asked];
  },
  [
    { name: 'pixels', input: { deltaY: 33 }, expected: [true, 533] },
    { name: 'lines', input: { deltaY: -3, deltaMode: 1 }, expected: [true, 440] },
    { name: 'pages', input: { deltaY: 1, deltaMode: 2 }, expected: [true, 600] },
    { name: 'not above the top', input: { deltaY: -9999 }, expected: [true, 0] },
    { name: 'not below the bottom', input: { deltaY: 9999 }, expected: [true, 1900] },
    { name: 'sideways is left to the browser', input: { deltaY: 1, deltaX: 2 }, expected: [false] },
    { name: 'so is zooming', input: { deltaY: 1, ctrlKey: true }, expected: [false] },
    { name: 'so is Shift', input: { deltaY: 1, shiftKey: true }, expected: [false] },
  ],
);

check(
  'scrolling with the bar',
  ([rows, scrollTop]: readonly [number, number]) => {
    const element = { ...pane };
    const { scroller, asked } = scrollerOn(element);
    scroller.sync(rows, 500);
    const shown = element.scrollTop;
    element.scrollTop = scrollTop;
    scroller.onScroll();
    return [shown, ...asked];
  },
  [
    { name: 'what the page itself moved is no wish', input: [100, 500], expected: [500] },
    { name: 'nor is a pixel of rounding', input: [100, 501], expected: [500] },
    { name: 'dragged', input: [100, 700], expected: [500, 700] },
    // 20,000,000 px of content on a bar of 3,999,900: half of the bar is half of the content.
    {
      name: 'dragged in a list that is taller than an element can be',
      input: [1_000_000, 1_999_950],
      expected: [500 * (3_999_900 / 19_999_900), 9_999_950],
    },
  ],
);
