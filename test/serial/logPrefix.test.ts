import { FirmwareReader } from '../../src/core/serial/firmwareReader';
import { withoutLogPrefix } from '../../src/core/serial/logPrefix';
import { check } from '../support/check';

const message = 'Gate opened, 5 of 7';

check('a message without what its logger puts before it', withoutLogPrefix, [
  ...[
    '21:04:59.001 > ',
    '21:04:59.001 -> ',
    '21:04:59:001 -> ',
    '[21:04:59.001] ',
    '[2026-02-03 21:04:59.001] ',
    '[Tue Feb 03 21:04:59.001 2026] ',
    '2026-02-03T21:04:59.001Z ',
    '2026-02-03 21:04:59 W (77) door: ',
    'Feb  3 21:04:59 ',
    '02-03 21:04:59.001  311  312 D door: ',
    'W (77) door: ',
    'W (21:04:59.001) door: ',
    'D/door: ',
    'D/door( 311): ',
    '[    77][W][door.cpp:12] poll(): ',
    '[21:04:59][D][door.lock:012]: ',
    '[00:00:07.700,123] <wrn> door: ',
    '[00:00:07.700,123] <dbg> door.poll: ',
    '<warning> app: ',
    '<4>[    7.700123] ',
    '00> ',
    '[WARN] ',
    '[WRN][door]: ',
    'WARNING: ',
    '7.700123 WARN  ',
    '(77) ',
    '77: ',
    '77 | ',
    '[77 ms] ',
    '> ',
    '2026-02-03 21:04:59,001 - WARNING - ',
    '21:04:59.001 > 21:04:59.002 > [WARN] W (77) door: ',
  ].map((prefix) => ({ name: prefix, input: `${prefix}${message}`, expected: message })),
  { name: 'nothing before it', input: message, expected: message },
  { name: 'blanks', input: `  ${message} `, expected: message },
  { name: 'a key that is no tag', input: 'door: open', expected: 'door: open' },
  { name: 'a row of numbers', input: '5,GATE,77', expected: '5,GATE,77' },
  { name: 'a title in two brackets', input: '[[ Table ]]: Gates', expected: '[[ Table ]]: Gates' },
  { name: 'nothing but a group', input: '[HardFault]', expected: '[HardFault]' },
  { name: 'a register is no tag', input: '<err> os:  a0: beef0000  t0: 0', expected: 'a0: beef0000  t0: 0' },
]);

/** Operators and ticks of the profiles in a log, and kinds with their sums. */
function profilesIn(lines: readonly string[]): unknown {
  const reader = new FirmwareReader();
  const placed = lines.flatMap((text, line) => reader.read(text, { line, timeMs: line }).groups);
  return [...placed, ...reader.silent()].flatMap(({ group }) => {
    if (group.type !== 'profile') return [];
    const { operators, tagSums } = group.profile;
    return [(operators.length > 0 ? operators : tagSums).map(({ tag, ticks }) => `${tag} ${ticks}`).join(', ')];
  });
}

const log = ['PAD took 17 ticks (0 ms).', 'MUL took 5 ticks (0 ms).', 'Microfrontend took 9 ticks (0 ms).'];
const csv = ['"Event","Tag","Ticks"', '0,PAD,17', '1,MUL,5', '2,Microfrontend,9'];
const perTag = [
  '"Unique Tag","Total ticks across all events with that tag."',
  'PAD, 17',
  'MUL, 5',
  '"total number of ticks", 22',
];

check(
  'profiles behind prefixes',
  ({ prefix, lines }: { prefix: (index: number) => string; lines: readonly string[] }) =>
    profilesIn(lines.map((line, index) => `${prefix(index)}${line}`)),
  [
    ...[
      { form: 'PlatformIO', prefix: (index: number) => `21:04:59.00${index} > ` },
      { form: 'ESPHome', prefix: () => '[21:04:59][D][door:012]: ' },
      { form: 'arduino-esp32', prefix: (index: number) => `[${String(77 + index).padStart(6)}][I][a.cpp:4] f(): ` },
      { form: 'Zephyr', prefix: (index: number) => `[00:00:07.70${index},123] <inf> door: ` },
      { form: 'an unknown form', prefix: (index: number) => `{"node" ${98 + index}} door >> ` },
      { form: 'a name alone', prefix: () => 'door@lab: ' },
    ].flatMap(({ form, prefix }) => [
      { name: `Log: ${form}`, input: { prefix, lines: log }, expected: ['PAD 17, MUL 5, Microfrontend 9'] },
      { name: `LogCsv: ${form}`, input: { prefix, lines: csv }, expected: ['PAD 17, MUL 5, Microfrontend 9'] },
      { name: `by kind: ${form}`, input: { prefix, lines: perTag }, expected: ['PAD 17, MUL 5'] },
    ]),
    {
      name: 'names that the firmware gave itself stay',
      input: { prefix: () => '', lines: ['Part one took 5 ticks (0 ms).', 'Part two took 6 ticks (0 ms).'] },
      expected: ['Part one 5, Part two 6'],
    },
  ],
);
