import { isMainThread } from 'node:worker_threads';
import { Command, CommanderError } from 'commander';
import { HumanError } from './core/model/problem';
import { addOutlines, commandsFor } from './cli/commands';
import { exitCodes, isAboutResult } from './cli/exitCodes';
import { mayReadForeign, readsOnThread } from './cli/formatsFor';
import { isAboutFile, isAboutPort } from './cli/files';
import manifest from '../package.json';
import { reasonOf } from './files/reasons';
import { writeError, writeErrorLine } from './cli/output';

/** The command line: parses arguments, runs one command, turns failures into a sentence and an exit code. */
async function main(): Promise<void> {
  const program = new Command('milliwatt')
    .description(manifest.description)
    .version(manifest.version)
    .exitOverride()
    .showHelpAfterError('Run "milliwatt help" to see the commands.');
  try {
    addOutlines(program, process.argv.slice(2));
    const args = process.argv.slice(2);
    for (const { load } of commandsFor(args)) (await load())(program);
    const isElsewhere = isMainThread && readsOnThread(args);
    if (!isElsewhere && mayReadForeign(args)) (await import('./core/formats/foreignFormats')).addForeignFormats();
    await program.parseAsync();
  } catch (error) {
    process.exitCode = exitCodeOf(error);
  }
}

function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : exitCodes.usage;
  if (error instanceof HumanError) {
    writeErrorLine(error.message);
    const isFailure = isAboutFile(error) || isAboutPort(error) || isAboutResult(error);
    return isFailure ? exitCodes.failed : exitCodes.usage;
  }
  return tellFault(error);
}

/** What is nobody's mistake but the program's own: said in one sentence, too, and told apart by the exit code. */
function tellFault(error: unknown): number {
  const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  writeError(
    `Milliwatt has failed by a fault of its own (${reason}). Please report it with the command and its files.\n`,
  );
  return exitCodes.fault;
}

process.on('uncaughtException', (error) => process.exit(tellFault(error)));

// A reader that has seen enough (head, less) closes the pipe: that is no failure. Logs are written on the way out.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit();
  writeError(`The output cannot be written: ${reasonOf(error)}. Nothing more is printed.\n`);
  process.exit(exitCodes.failed);
});
process.stderr.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? undefined : exitCodes.failed);
});

void main();
