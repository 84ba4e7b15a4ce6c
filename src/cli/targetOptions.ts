import type { Command } from 'commander';
import type { TargetChoice } from '../core/estimate/choice';
import { HumanError } from '../core/model/problem';

/** The options that choose a target, the same for every command that needs one. */
export interface TargetFlags {
  readonly board?: string;
  readonly runtime?: string;
  readonly set?: readonly string[];
}

export function addTargetOptions(command: Command): Command {
  return command
    .option('--board <id>', 'board, by its id in "milliwatt boards"')
    .option('--runtime <id>', 'interpreter and kernel library, by its id in "milliwatt runtimes"')
    .option('--set <key=value>', 'a key of the target, for instance optimization=Os; may be given again', collect);
}

function collect(value: string, earlier: readonly string[] | undefined): readonly string[] {
  return [...(earlier ?? []), value];
}

/** The choice that the flags make, over `base` (what milliwatt.json says). */
export function choiceOf(flags: TargetFlags, base: TargetChoice = {}): TargetChoice {
  const settings = Object.fromEntries((flags.set ?? []).map(keyAndValue));
  const named = [...Object.keys(settings), ...(flags.board ? ['board'] : []), ...(flags.runtime ? ['runtime'] : [])];
  return {
    board: flags.board ?? base.board,
    runtime: flags.runtime ?? base.runtime,
    settings: { ...base.settings, ...settings },
    origins: { ...base.origins, ...Object.fromEntries(named.map((key) => [key, 'command line'])) },
  };
}

function keyAndValue(text: string): readonly [string, string | number | boolean] {
  const at = text.indexOf('=');
  if (at < 1) {
    throw new HumanError(
      'usage-set',
      `--set ${text} is not of the form key=value. Write for instance --set optimization=Os.`,
    );
  }
  return [text.slice(0, at), valueOf(text.slice(0, at), text.slice(at + 1))];
}

/** A commit such as 90b983c2 must stay text though 12345678 looks like a number. */
function valueOf(key: string, text: string): string | number | boolean {
  if (key === 'tflmVersion') return text;
  if (text === 'true' || text === 'false') return text === 'true';
  return text !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
}
