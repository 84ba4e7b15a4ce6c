import { readCompileCommands } from '../../src/core/lastBuild/compileCommands';
import { check } from '../support/check';

const read = (text: string): unknown => {
  const { files, problems } = readCompileCommands(text);
  return [
    ...files.map(({ file, defined, optimization, floatAbi, isOpen }) =>
      [
        file,
        ...[...defined].map(([name, value]) => `${name}=${value}`),
        optimization,
        floatAbi,
        isOpen ? 'open' : undefined,
      ]
        .filter((part) => part !== undefined)
        .join(' '),
    ),
    ...problems,
  ];
};
const entry = (command: string): string => JSON.stringify([{ directory: '/b', file: '/p/main.cc', command }]);
const damaged = 'compile_commands.json is not read: its JSON is damaged. Build again.';

check('compile_commands.json', read, [
  {
    name: 'a command: definitions, optimization, float ABI, the last one holds',
    input: entry('g++ -DA -DB=2 "-DNAME=\\"x y\\"" -D C=3 -UA -Os -O2 -mfloat-abi=hard -o main.o -c main.cc'),
    expected: ['/p/main.cc B=2 NAME="x y" C=3 O2 hard'],
  },
  {
    name: 'a list of arguments, and a file of flags',
    input: JSON.stringify([
      { directory: '/b', file: 'main.c', arguments: ['gcc', '-DA=', '@flags', 7, '-c', 'main.c'] },
    ]),
    expected: ['main.c A= open'],
  },
  { name: 'a quote that does not end', input: entry('g++ -DA="x'), expected: [] },
  {
    name: 'entries of another form',
    input: '[1, null, {}, {"file": 3, "command": "x"}, {"file": "a.c"}]',
    expected: [],
  },
  { name: 'half written', input: entry('g++ -DA').slice(0, -3), expected: [damaged] },
  { name: 'no list', input: '{"a": 1}', expected: [damaged] },
  { name: 'nested deeper than any', input: '['.repeat(200_000), expected: [damaged] },
  { name: 'nothing', input: '', expected: [] },
]);
