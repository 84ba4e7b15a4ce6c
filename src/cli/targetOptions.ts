import type { Command } from 'commander';
import { HumanError } from '../core/model/problem';
import type { ChoiceLayer } from '../core/project/layers';

/** The options that choose a target, the same for every command that needs one. */
export interface TargetFlags {
  readonly board?: string;
  readonly runtime?: string;
  readonly set?: readonly string[];
  /** The model of a source that holds several. */
  readonly array?: string;
  /** Of a program: the file with its trained weights. */
  readonly weights?: string;
}

export function addTargetOptions(command: Command): Command {
  return command
    .option('--board <id>', 'board, by its id in "milliwatt boards"')
    .option('--runtime <id>', 'interpreter and kernel library, by its id in "milliwatt runtimes"')
    .option('--set <key=value>', 'a key of the target, for instance optimization=Os; may be given again', collect)
    .option('--array <name>', 'of a C or C++ source: the array that holds the model; model.h#name says the same')
    .option('--weights <file>', 'of a program: the file that its model was trained to, whole or weights alone');
}

function collect(value: string, earlier: readonly string[] | undefined): readonly string[] {
  return [...(earlier ?? []), value];
}

/** What the flags say. */
export function layerOf({ board, runtime, set = [] }: TargetFlags): ChoiceLayer {
  if (board === '') throw new HumanError('usage-board', '--board "" names no board. `milliwatt boards` lists all.');
  if (runtime === '') {
    throw new HumanError('usage-runtime', '--runtime "" names no runtime. `milliwatt runtimes` lists all.');
  }
  const settings = Object.fromEntries(set.map(keyAndValue));
  return { origin: 'command line', values: { target: { board, runtime, settings } } };
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
  if (key === 'tflmVersion' || key === 'kernelsVersion') return text;
  if (text === 'true' || text === 'false') return text === 'true';
  return text !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
}
