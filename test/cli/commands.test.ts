import { Command } from 'commander';
import { commandsFor } from '../../src/cli/commands';
import { check } from '../support/check';

check(
  'the file of a command adds the command of that name alone:',
  async (name: string) => {
    const program = new Command();
    for (const { load } of commandsFor([name])) (await load())(program);
    return program.commands.map((command) => command.name());
  },
  commandsFor([]).map(({ name }) => ({ name, input: name, expected: [name] })),
);

const known = ['analyze', 'check'].map((name) => ({ name, load: () => Promise.reject(new Error('Loaded.')) }));

check('commands that are loaded for', (args: readonly string[]) => commandsFor(args, known).map(({ name }) => name), [
  { name: 'a command', input: ['check', '--json'], expected: ['check'] },
  { name: 'the version', input: ['--version'], expected: [] },
  { name: 'help', input: ['--help'], expected: ['analyze', 'check'] },
  { name: 'help on one of them', input: ['help', 'check'], expected: ['analyze', 'check'] },
  { name: 'a name that none has', input: ['chekc'], expected: ['analyze', 'check'] },
  { name: 'nothing', input: [], expected: ['analyze', 'check'] },
]);
