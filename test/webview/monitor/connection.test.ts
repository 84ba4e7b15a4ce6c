import type { Extent, PortCard, TabState } from '../../../src/protocol/monitorState';
import { defaultPortSettings } from '../../../src/protocol/serialPort';
import type { PortSettings } from '../../../src/protocol/serialPort';
import { newConnection, tabConnection } from '../../../webview/monitor/connection/bar';
import { rateFields, settingsFields } from '../../../webview/monitor/connection/settings';
import { connectionSentence, portTabs } from '../../../webview/monitor/connection/tabs';
import type { PageEvent, PageState } from '../../../webview/monitor/store';
import { all, drawn, fire, focusedBy, named, one, texts, textOf } from '../drawn';
import type { Drawn } from '../drawn';
import { check } from '../../support/check';
import { extentOf, hostOf, pageAfter, recorded, tabOf } from './pages';

check(
  'tabs of ports: which are in the tab order, and what they say',
  (events: readonly PageEvent[]) => {
    const page = pageAfter(hostOf([tabOf(1), tabOf(2, { connection: { phase: 'waiting' } })]), ...events);
    return all(drawn(portTabs(page, recorded().actions)), '[role=tab]').map(
      (tab) => `${textOf(tab)} ${tab.attributes['aria-selected']} ${tab.attributes.tabindex} ${tab.attributes.title}`,
    );
  },
  [
    {
      name: 'the chosen one',
      input: [],
      expected: [
        'ttyACM1, open true 0 /dev/ttyACM1: open',
        'ttyACM2, waiting for the device false -1 /dev/ttyACM2: waiting for the device',
      ],
    },
    {
      name: 'none is chosen while another is being added: all can be reached',
      input: [{ type: 'adding', isAdding: true }],
      expected: [
        'ttyACM1, open false 0 /dev/ttyACM1: open',
        'ttyACM2, waiting for the device false 0 /dev/ttyACM2: waiting for the device',
      ],
    },
  ],
);

check('tabs of ports: without any', () => textOf(drawn(portTabs(pageAfter(hostOf([])), recorded().actions))), [
  { name: 'nothing is drawn', input: undefined, expected: '' },
]);

check(
  'tabs of ports: keys are about the tab that has the focus',
  ({ key, on, isAdding = false }: { key: string; on: number; isAdding?: boolean }) => {
    const record = recorded();
    const page = pageAfter(hostOf([tabOf(1), tabOf(2), tabOf(3)]), { type: 'adding', isAdding });
    const tab = one(drawn(portTabs(page, record.actions)), `#port-tab-${on}`);
    const focused = focusedBy(() => void fire(tab, 'keydown', { key }));
    return [...record.done, ...focused];
  },
  [
    { name: 'right', input: { key: 'ArrowRight', on: 1 }, expected: [{ type: 'chooseTab', tab: 2 }, '#port-tab-2'] },
    {
      name: 'right of the last is the first',
      input: { key: 'ArrowRight', on: 3 },
      expected: [{ type: 'chooseTab', tab: 1 }, '#port-tab-1'],
    },
    {
      name: 'left of the first is the last',
      input: { key: 'ArrowLeft', on: 1 },
      expected: [{ type: 'chooseTab', tab: 3 }, '#port-tab-3'],
    },
    { name: 'first', input: { key: 'Home', on: 2 }, expected: [{ type: 'chooseTab', tab: 1 }, '#port-tab-1'] },
    { name: 'last', input: { key: 'End', on: 1 }, expected: [{ type: 'chooseTab', tab: 3 }, '#port-tab-3'] },
    { name: 'Delete closes it', input: { key: 'Delete', on: 1 }, expected: [{ type: 'closeTab', tab: 1 }] },
    {
      name: 'Delete closes it also while it is not the chosen one',
      input: { key: 'Delete', on: 2, isAdding: true },
      expected: [{ type: 'closeTab', tab: 2 }],
    },
    { name: 'other keys', input: { key: 'x', on: 1 }, expected: [] },
  ],
);

check(
  'tabs of ports: clicks',
  (act: (tabs: Drawn) => void) => {
    const record = recorded();
    act(drawn(portTabs(pageAfter(hostOf([tabOf(1), tabOf(2)])), record.actions)));
    return record.done;
  },
  [
    {
      name: 'a tab',
      input: (tabs) => fire(one(tabs, '#port-tab-2'), 'click'),
      expected: [{ type: 'chooseTab', tab: 2 }],
    },
    {
      name: 'its end',
      input: (tabs) => fire(all(tabs, '.close')[1], 'click'),
      expected: [{ type: 'closeTab', tab: 2 }],
    },
    {
      name: 'another port',
      input: (tabs) => fire(one(tabs, 'mw-button'), 'click'),
      expected: [{ type: 'adding', isAdding: true }],
    },
  ],
);

check('where a connection stands, in a sentence', (tab: Partial<TabState>) => connectionSentence(tabOf(1, tab)), [
  { name: 'open', input: {}, expected: 'ttyACM1 is open at 115200 baud.' },
  { name: 'being opened', input: { connection: { phase: 'opening' } }, expected: 'ttyACM1 is opening …' },
  { name: 'closed', input: { connection: { phase: 'closed' } }, expected: 'ttyACM1 is closed.' },
  {
    name: 'given away',
    input: { connection: { phase: 'released' } },
    expected: 'ttyACM1 is given to another program.',
  },
  {
    name: 'failed, with the reason',
    input: { connection: { phase: 'failed', message: 'It is in use.' } },
    expected: 'It is in use.',
  },
]);

const slow: PortSettings = { ...defaultPortSettings, baudRate: 9600 };
const card = (address: string, more: Partial<PortCard> = {}): PortCard => ({
  address,
  boards: [],
  settings: slow,
  ...more,
});
const boards = [
  { id: 'nano', name: 'Nano 33 BLE' },
  { id: 'other', name: 'Other' },
];

/** The form for a new connection, where two ports are there and neither was chosen. */
function formOf(page: PageState, record = recorded(page)): Drawn {
  return drawn(newConnection(page, record.actions));
}

function withPorts(ports: readonly PortCard[], ...events: readonly PageEvent[]): PageState {
  return pageAfter(hostOf([]), { type: 'ports', ports: { ports, isLooking: false } }, ...events);
}

const twoPorts = [card('COM3', { detail: 'Arduino LLC' }), card('COM4', { tab: 1 })];

check('new connection: the list of ports', (page: PageState) => texts(one(formOf(page), '#port'), 'option'), [
  { name: 'while it looks', input: pageAfter(hostOf([])), expected: ['Looking for ports …'] },
  { name: 'none', input: withPorts([]), expected: ['No port found'] },
  {
    name: 'with what is known of each',
    input: withPorts([...twoPorts, card('COM5', { boards: [boards[0]] }), card('COM6', { boards })]),
    expected: [
      'COM3 · Arduino LLC',
      'COM4 · open',
      'COM5 · Nano 33 BLE',
      'COM6 · Nano 33 BLE or similar',
      'Another address …',
    ],
  },
]);

check(
  'new connection: what choosing does',
  (value: string) => {
    const page = withPorts(twoPorts);
    const record = recorded(page);
    fire(one(formOf(page, record), '#port'), 'change', { target: { value } });
    return record.done;
  },
  [
    {
      name: 'a port brings its settings',
      input: 'COM4',
      expected: [{ type: 'draft', draft: { address: 'COM4', settings: slow, isAddressTyped: false } }],
    },
    { name: 'another address', input: '', expected: [{ type: 'draft', draft: { address: '', isAddressTyped: true } }] },
  ],
);

check(
  'new connection: the address that is typed',
  (events: readonly PageEvent[]) =>
    all(formOf(withPorts(twoPorts, ...events)), '#address').map(({ properties }) => properties.value),
  [
    {
      name: 'there is a field while none of the list is chosen',
      input: [{ type: 'draft', draft: { address: 'socket://a:1' } }],
      expected: ['socket://a:1'],
    },
    { name: 'none for a port of the list', input: [{ type: 'draft', draft: { address: 'COM3' } }], expected: [] },
    {
      name: 'a field for one of the list that is being typed',
      input: [{ type: 'draft', draft: { address: 'COM3', isAddressTyped: true } }],
      expected: ['COM3'],
    },
  ],
);

check(
  'new connection: connecting',
  (address: string) => {
    const page = withPorts(twoPorts, { type: 'draft', draft: { address, settings: slow } });
    const record = recorded(page);
    const form = formOf(page, record);
    const { isPrevented } = fire(one(form, 'form'), 'submit');
    const { attributes } = named(form, 'mw-button', 'Connect');
    return [isPrevented, 'disabled' in attributes, ...record.done];
  },
  [
    { name: 'a port', input: 'COM3', expected: [true, false, { type: 'connect', address: 'COM3', settings: slow }] },
    {
      name: 'an address among blanks',
      input: ' COM3 ',
      expected: [true, false, { type: 'connect', address: 'COM3', settings: slow }],
    },
    {
      name: 'one that is not listed',
      input: ' socket://a:1 ',
      expected: [true, false, { type: 'connect', address: 'socket://a:1', settings: slow }],
    },
    { name: 'blanks alone', input: '  ', expected: [true, true] },
  ],
);

check(
  'new connection: its other buttons',
  ([tabs, label]: readonly [readonly TabState[], string]) => {
    const page = pageAfter(hostOf(tabs));
    const record = recorded(page);
    const form = formOf(page, record);
    if (!texts(form, 'mw-button').includes(label)) return 'no such button';
    fire(named(form, 'mw-button', label), 'click');
    return record.done;
  },
  [
    { name: 'look again', input: [[], 'Look again'], expected: [{ type: 'refreshPorts' }] },
    { name: 'settings', input: [[], 'Settings'], expected: [{ type: 'drawer', drawer: 'settings' }] },
    { name: 'back to the tabs', input: [[tabOf(1)], 'Cancel'], expected: [{ type: 'adding', isAdding: false }] },
    { name: 'no way back without tabs', input: [[], 'Cancel'], expected: 'no such button' },
  ],
);

function barOf(tab: TabState, extent?: Extent, record = recorded()): Drawn {
  return drawn(tabConnection(pageAfter(hostOf([tab])), tab, extent, record.actions));
}

check('connection of a tab: its buttons', (tab: Partial<TabState>) => texts(barOf(tabOf(1, tab)), 'mw-button'), [
  { name: 'open', input: {}, expected: ['Disconnect', 'Settings'] },
  { name: 'opening', input: { connection: { phase: 'opening' } }, expected: ['Disconnect', 'Settings'] },
  { name: 'waiting', input: { connection: { phase: 'waiting' } }, expected: ['Disconnect', 'Settings'] },
  { name: 'closed', input: { connection: { phase: 'closed' } }, expected: ['Connect', 'Settings'] },
  { name: 'failed', input: { connection: { phase: 'failed' } }, expected: ['Connect', 'Settings'] },
  { name: 'given away', input: { connection: { phase: 'released' } }, expected: ['Take back', 'Settings'] },
  { name: 'a board that can be reset', input: { canReset: true }, expected: ['Disconnect', 'Settings', 'Reset'] },
  { name: 'a socket has no line', input: { address: 'socket://a:1' }, expected: ['Disconnect'] },
]);

check(
  'connection of a tab: what the buttons tell',
  ([label, tab]: readonly [string, Partial<TabState>]) => {
    const record = recorded();
    fire(named(barOf(tabOf(1, tab), undefined, record), 'mw-button', label), 'click');
    return record.done;
  },
  [
    { name: 'disconnect', input: ['Disconnect', {}], expected: [{ type: 'disconnect', tab: 1 }] },
    {
      name: 'connect',
      input: ['Connect', { connection: { phase: 'closed' } }],
      expected: [{ type: 'reconnect', tab: 1 }],
    },
    {
      name: 'take back',
      input: ['Take back', { connection: { phase: 'released' } }],
      expected: [{ type: 'runCommand', command: 'takeBackPort' }],
    },
    { name: 'reset', input: ['Reset', { canReset: true }], expected: [{ type: 'resetBoard', tab: 1 }] },
  ],
);

check(
  'connection of a tab: control lines',
  ([connection, checked]: readonly [TabState['connection'], boolean]) => {
    const record = recorded();
    const dtr = named(barOf(tabOf(1, { connection }), undefined, record), 'mw-checkbox', 'DTR');
    fire(dtr, 'change', { target: { checked } });
    return [dtr.properties.checked, 'disabled' in dtr.attributes, ...record.done];
  },
  [
    {
      name: 'as they are',
      input: [{ phase: 'open', signals: { dtr: false, rts: true } }, false],
      expected: [false, false],
    },
    {
      name: 'of an open port they are set',
      input: [{ phase: 'open', signals: { dtr: false, rts: true } }, true],
      expected: [false, false, { type: 'setSignals', tab: 1, signals: { dtr: true } }],
    },
    {
      name: 'before opening they become settings',
      input: [{ phase: 'closed' }, false],
      expected: [true, false, { type: 'reconnect', tab: 1, settings: { ...defaultPortSettings, dtr: false } }],
    },
    { name: 'of a source without any they are off', input: [{ phase: 'open' }, true], expected: [true, true] },
  ],
);

check(
  'connection of a tab: what came, and the board',
  ([tab, extent]: readonly [Partial<TabState>, Extent | undefined]) => {
    const record = recorded();
    const bar = barOf(tabOf(1, tab), extent, record);
    for (const button of all(bar, 'button')) fire(button, 'click');
    return [...all(bar, '.rates').flatMap((each) => [textOf(each), each.attributes.title]), ...record.done];
  },
  [
    { name: 'nothing is known', input: [{}, undefined], expected: [] },
    {
      name: 'rates',
      input: [{}, extentOf(0, { linesPerSecond: 1200, bytesPerSecond: 2048, receivedBytes: 1_048_576, sentBytes: 3 })],
      expected: ['1,200 lines/s · 1.00 MB', '1,048,576 bytes received, 3 sent, 2.00 KB/s'],
    },
    {
      name: 'the board becomes the target',
      input: [{ board: boards[0] }, undefined],
      expected: [{ type: 'chooseBoard', board: 'nano' }],
    },
  ],
);

check(
  'rates: which is chosen',
  ([baudRate, isTyped]: readonly [number, boolean]) => {
    const view = drawn(
      rateFields(
        { baudRate, rates: [9600, 115_200], isTyped },
        () => undefined,
        () => undefined,
      ),
    );
    const chosen = all(view, 'option').find(({ properties }) => properties.selected === true);
    return [chosen && textOf(chosen), ...all(view, 'input').map(({ properties }) => properties.value)];
  },
  [
    { name: 'one of the list', input: [9600, false], expected: ['9600'] },
    { name: 'one that is not in the list', input: [1234, false], expected: ['Other …', '1234'] },
    { name: 'one that is being typed', input: [9600, true], expected: ['Other …', '9600'] },
  ],
);

check(
  'rates: what choosing and typing do',
  ([tag, value]: readonly ['select' | 'input', string]) => {
    const done: unknown[] = [];
    const view = drawn(
      rateFields(
        { baudRate: 1234, rates: [9600], isTyped: false },
        (rate) => void done.push(rate),
        (isTyped) => void done.push(isTyped),
      ),
    );
    fire(one(view, tag), 'change', { target: { value } });
    return done;
  },
  [
    { name: 'one of the list', input: ['select', '9600'], expected: [false, 9600] },
    { name: 'another', input: ['select', 'other'], expected: [true] },
    { name: 'typed', input: ['input', '7777'], expected: [7777] },
    { name: 'typed with a fraction', input: ['input', '7777.6'], expected: [7778] },
    { name: 'nothing typed', input: ['input', ''], expected: [] },
    { name: 'less than nothing', input: ['input', '-5'], expected: [] },
    { name: 'no number', input: ['input', 'x'], expected: [] },
  ],
);

check(
  'settings of a port: each changes itself alone',
  ([label, target]: readonly [string, object]) => {
    const done: unknown[] = [];
    const view = drawn(settingsFields(defaultPortSettings, (part) => void done.push(part)));
    const field = all(view, 'label').find((each) => texts(each, 'span')[0] === label);
    fire(field === undefined ? named(view, 'mw-checkbox', label) : one(field, 'select'), 'change', { target });
    return done;
  },
  [
    { name: 'data bits', input: ['Data bits', { selectedIndex: 1 }], expected: [{ dataBits: 7 }] },
    { name: 'parity', input: ['Parity', { selectedIndex: 2 }], expected: [{ parity: 'odd' }] },
    { name: 'stop bits', input: ['Stop bits', { selectedIndex: 1 }], expected: [{ stopBits: 1.5 }] },
    { name: 'flow control', input: ['Flow control', { selectedIndex: 1 }], expected: [{ flowControl: 'hardware' }] },
    { name: 'DTR', input: ['DTR on opening', { checked: false }], expected: [{ dtr: false }] },
    { name: 'RTS', input: ['RTS on opening', { checked: false }], expected: [{ rts: false }] },
  ],
);
