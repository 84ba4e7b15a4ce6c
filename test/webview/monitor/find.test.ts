import type { TabState } from '../../../src/protocol/monitorState';
import { findBar } from '../../../webview/monitor/find/bar';
import { filterForm, highlightForm } from '../../../webview/monitor/find/rules';
import { initialState } from '../../../webview/monitor/store';
import { all, drawn, fire, named, one, textOf, texts } from '../drawn';
import { check } from '../../support/check';
import { extentOf, recorded, tabOf } from './pages';

const pattern = { text: 'err', kind: 'plain', matchCase: false } as const;

check(
  'search: its keys',
  ({ key, shiftKey = false, id = 'find' }: { key: string; shiftKey?: boolean; id?: string }) => {
    const record = recorded();
    const bar = drawn(findBar({ ...initialState, find: { ...initialState.find, isOpen: true } }, record.actions));
    const { isPrevented } = fire(one(bar, '[role=search]'), 'keydown', { key, shiftKey, target: { id } });
    return [isPrevented, ...record.done];
  },
  [
    { name: 'Enter is the next', input: { key: 'Enter' }, expected: [true, ['find', 'forward']] },
    {
      name: 'with Shift the one before',
      input: { key: 'Enter', shiftKey: true },
      expected: [true, ['find', 'backward']],
    },
    { name: "Enter on a button is the button's", input: { key: 'Enter', id: '' }, expected: [false] },
    { name: "Escape is the page's", input: { key: 'Escape' }, expected: [false] },
  ],
);

check(
  'search: its fields',
  ([selector, type, target]: readonly [string, string, object]) => {
    const record = recorded();
    const bar = drawn(findBar({ ...initialState, find: { ...initialState.find, isOpen: true } }, record.actions));
    const kind = texts(bar, 'mw-checkbox').includes(selector) ? 'mw-checkbox' : 'mw-button';
    fire(selector === 'field' ? one(bar, '#find') : named(bar, kind, selector), type, { target });
    return record.done;
  },
  [
    {
      name: 'typing',
      input: ['field', 'input', { value: 'x' }],
      expected: [{ type: 'findPattern', pattern: { text: 'x' } }],
    },
    {
      name: 'as an expression',
      input: ['Regular expression', 'change', { checked: true }],
      expected: [{ type: 'findPattern', pattern: { kind: 'expression' } }],
    },
    {
      name: 'as it stands',
      input: ['Regular expression', 'change', { checked: false }],
      expected: [{ type: 'findPattern', pattern: { kind: 'plain' } }],
    },
    {
      name: 'by case',
      input: ['Match case', 'change', { checked: true }],
      expected: [{ type: 'findPattern', pattern: { matchCase: true } }],
    },
    { name: 'the one before', input: ['Previous', 'click', {}], expected: [['find', 'backward']] },
    { name: 'the next', input: ['Next', 'click', {}], expected: [['find', 'forward']] },
    { name: 'away', input: ['Close', 'click', {}], expected: [{ type: 'findOpened', isOpen: false }] },
  ],
);

/** A form as its fields were filled in. */
const filled = (fields: Readonly<Record<string, { value?: string; checked?: boolean }>>): object => ({
  reset: () => undefined,
  querySelector: (selector: string) => fields[/name="(\w+)"/.exec(selector)![1]] ?? null,
});

check(
  'filter: what is asked of the host',
  (fields: Readonly<Record<string, { value?: string; checked?: boolean }>>) => {
    const record = recorded();
    const form = one(drawn(filterForm(tabOf(1), extentOf(1), record.actions)), 'form');
    const { isPrevented } = fire(form, 'submit', { target: filled(fields) });
    return [isPrevented, ...record.done];
  },
  [
    {
      name: 'a pattern',
      input: { pattern: { value: 'err' } },
      expected: [true, { type: 'setFilter', tab: 1, filter: { pattern, isInverted: false } }],
    },
    {
      name: 'an expression that leaves lines out',
      input: {
        pattern: { value: 'a|b' },
        expression: { checked: true },
        matchCase: { checked: true },
        inverted: { checked: true },
      },
      expected: [
        true,
        {
          type: 'setFilter',
          tab: 1,
          filter: { pattern: { text: 'a|b', kind: 'expression', matchCase: true }, isInverted: true },
        },
      ],
    },
    {
      name: 'no pattern is no filter',
      input: { pattern: { value: '' }, inverted: { checked: true } },
      expected: [true, { type: 'setFilter', tab: 1 }],
    },
  ],
);

check(
  'filter: what is said of it',
  ([tab, unfiltered]: readonly [Partial<TabState>, number]) => {
    const record = recorded();
    const form = drawn(filterForm(tabOf(1, tab), extentOf(1, { unfiltered }), record.actions));
    for (const button of all(form, 'mw-button')) fire(button, 'click');
    return [textOf(one(form, '[role=status]')), one(form, 'input').properties.defaultValue, ...record.done];
  },
  [
    { name: 'none', input: [{}, 0], expected: ['', ''] },
    {
      name: 'one that is still at work',
      input: [{ filter: { pattern, isInverted: false } }, 12_345],
      expected: ['12,345 lines still to be filtered', 'err', { type: 'setFilter', tab: 1 }],
    },
  ],
);

check(
  'highlights: added and taken away',
  (fields: Readonly<Record<string, { value?: string; checked?: boolean }>> | 'remove') => {
    const record = recorded();
    const rules = [
      { pattern, color: 1 },
      { pattern: { ...pattern, text: 'warn' }, color: 3 },
    ];
    const form = drawn(highlightForm(tabOf(1, { highlights: rules }), record.actions));
    if (fields === 'remove') fire(one(form, '[aria-label=Remove warn]'), 'click');
    else fire(one(form, 'form'), 'submit', { target: filled(fields) });
    return record.done.map((what) =>
      'highlights' in what ? what.highlights.map((rule) => `${rule.pattern.text} ${rule.color}`) : what,
    );
  },
  [
    {
      name: 'another',
      input: { pattern: { value: 'ok' }, color: { value: '2' } },
      expected: [['err 1', 'warn 3', 'ok 2']],
    },
    { name: 'an empty one is none', input: { pattern: { value: '' }, color: { value: '2' } }, expected: [] },
    { name: 'one less', input: 'remove', expected: [['err 1']] },
  ],
);
