import { LazyTable } from '../../src/core/text/lazyTable';
import { check } from '../support/check';

/** What is given, and for which names it was made meanwhile. */
function asked(use: (table: LazyTable<string | undefined>) => unknown): unknown {
  const made: string[] = [];
  const table = new LazyTable(['one', 'two'], (name) => {
    made.push(name);
    return name === 'two' ? undefined : name.toUpperCase();
  });
  return { given: use(table), made };
}

check('a table that is filled as it is asked gives', asked, [
  { name: 'nothing before that', input: (table) => table.size, expected: { given: 2, made: [] } },
  { name: 'one value', input: (table) => table.get('one'), expected: { given: 'ONE', made: ['one'] } },
  {
    name: 'a value that was made once, also where it is nothing',
    input: (table) => [table.get('two'), table.get('two')],
    expected: { given: [undefined, undefined], made: ['two'] },
  },
  {
    name: 'nothing for a name of the language',
    input: (table) => [table.get('constructor'), table.has('constructor')],
    expected: { given: [undefined, false], made: [] },
  },
  {
    name: 'all, in order',
    input: (table) => [...table],
    expected: {
      given: [
        ['one', 'ONE'],
        ['two', undefined],
      ],
      made: ['one', 'two'],
    },
  },
]);
