import type { Command } from 'commander';
import { givenValueOf } from '../core/formats/givenValue';
import { conversionKeyOf, conversionKeys, conversionValue, type GivenValue } from '../core/formats/programChoice';
import { HumanError } from '../core/model/problem';
import type { ChoiceLayer } from '../core/project/layers';
import { commandLine } from '../core/project/layers';

/** The options that choose a target, the same for every command that needs one. */
export interface TargetFlags {
  readonly board?: string;
  readonly runtime?: string;
  readonly set?: readonly string[];
  readonly assume?: readonly string[];
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
    .option(
      '--assume <name=value>',
      'of a Keras program: how it is converted (numbers=float32, batch=1, keras=2, input_type=uint8), or a value that it leaves open (input_shape="(49, 10, 1)"); may be given again',
      collect,
    )
    .option('--array <name>', 'of a C or C++ source: the array that holds the model; model.h#name says the same')
    .option('--weights <file>', 'of a program: the file that its model was trained to, whole or weights alone');
}

function collect(value: string, earlier: readonly string[] | undefined): readonly string[] {
  return [...(earlier ?? []), value];
}

/** What the flags say. */
export function layerOf({ board, runtime, set = [], assume = [] }: TargetFlags): ChoiceLayer {
  if (board === '') throw new HumanError('usage-board', '--board "" names no board. `milliwatt boards` lists all.');
  if (runtime === '') {
    throw new HumanError('usage-runtime', '--runtime "" names no runtime. `milliwatt runtimes` lists all.');
  }
  const settings = Object.fromEntries(set.map(keyAndValue));
  return { origin: commandLine, values: { target: { board, runtime, settings }, ...assumed(assume) } };
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

/** What is taken of a program: names of its conversion, and of values that it leaves open. */
function assumed(all: readonly string[]): Pick<ChoiceLayer['values'], 'conversion' | 'values'> {
  const conversion: [string, string | number][] = [];
  const values: [string, GivenValue][] = [];
  for (const text of all) {
    const at = text.indexOf('=');
    const [name, value] = [text.slice(0, at).trim(), text.slice(at + 1).trim()];
    if (at < 1 || name === '' || value === '') {
      throw new HumanError(
        'usage-assume',
        `--assume ${text} is not of the form name=value. Write for instance --assume batch=1 or --assume "input_shape=(49, 10, 1)".`,
      );
    }
    const key = conversionKeyOf(name);
    if (key === undefined) values.push([name, givenValueOf(value) ?? value]);
    else {
      const known = conversionValue(key, value);
      if (known === undefined) {
        const choices = conversionKeys[key].values.join(', ');
        throw new HumanError('usage-assume', `--assume ${text}: ${name} is one of ${choices}.`);
      }
      conversion.push([key, known]);
    }
  }
  if (all.length === 0) return {};
  return { conversion: Object.fromEntries(conversion), values: Object.fromEntries(values) };
}

/** A commit such as 90b983c2 must stay text though 12345678 looks like a number. */
function valueOf(key: string, text: string): string | number | boolean {
  if (key === 'tflmVersion' || key === 'kernelsVersion') return text;
  if (text === 'true' || text === 'false') return text === 'true';
  return text !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
}
