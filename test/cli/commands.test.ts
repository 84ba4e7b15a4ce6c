import { Command } from 'commander';
import { addOutlines, commandsFor } from '../../src/cli/commands';
import { check } from '../support/check';

/** Of a name that none has. */
const everyCommand = commandsFor(['?']);

check(
  'the file of a command adds the command of that name alone:',
  async (name: string) => {
    const program = new Command();
    for (const { load } of commandsFor([name])) (await load())(program);
    return program.commands.map((command) => command.name());
  },
  everyCommand.map(({ name }) => ({ name, input: name, expected: [name] })),
);

const known = ['analyze', 'check'].map((name) => ({
  name,
  takes: '',
  about: '',
  load: () => Promise.reject(new Error('Loaded.')),
}));

check('commands that are loaded for', (args: readonly string[]) => commandsFor(args, known).map(({ name }) => name), [
  { name: 'a command', input: ['check', '--json'], expected: ['check'] },
  { name: 'the version', input: ['--version'], expected: [] },
  { name: 'help', input: ['--help'], expected: [] },
  { name: 'help on one of them', input: ['help', 'check'], expected: ['check'] },
  { name: 'a name that none has', input: ['chekc'], expected: ['analyze', 'check'] },
  { name: 'help by its name', input: ['help'], expected: [] },
  { name: 'nothing', input: [], expected: [] },
]);

check(
  'the help of the whole program says of the commands what their files say',
  async () => {
    const [outlined, loaded] = [new Command(), new Command()];
    addOutlines(outlined, ['--help']);
    for (const { load } of everyCommand) (await load())(loaded);
    const said = loaded.helpInformation();
    return {
      isTheSame: outlined.helpInformation() === said,
      hasAnalyze: said.includes('analyze [options] <models...>'),
    };
  },
  [{ name: 'all', input: undefined, expected: { isTheSame: true, hasAnalyze: true } }],
);
