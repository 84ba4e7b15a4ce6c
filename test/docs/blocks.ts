import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import manifest from '../../package.json';
import texts from '../../package.nls.json';
import { commandsFor } from '../../src/cli/commands';
import { boards } from '../../src/core/boards/boards';
import { firmwareRules } from '../../src/core/firmwareRules/firmwareRules';
import { rules } from '../../src/core/rules/rules';
import { libraries } from '../../src/core/runtimes/libraries';
import { firstDescribedDay } from '../../src/core/runtimes/tflm/versions/dated';
import { hertzText } from '../../src/core/text/units';

export const root = join(import.meta.dirname, '..', '..');

/** Documents that hold blocks which this program writes. */
export const documents = ['docs/rules.md', 'docs/command-line.md', 'docs/settings.md', 'docs/targets.md'];

type Row = readonly string[];

/** A table in Markdown; a bar in a cell would end it. */
function table(head: Row, rows: readonly Row[]): string {
  const lines = [head, head.map(() => '---'), ...rows.map((row) => row.map((cell) => cell.replaceAll('|', '\\|')))];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

type Described = Pick<(typeof rules)[number], 'code' | 'severity' | 'documentation'>;

function rulesTable(all: readonly Described[]): string {
  const rows = all.map(({ code, severity, documentation }) => [`\`${code}\``, severity, documentation]);
  return table(['code', 'severity', 'what it means'], rows);
}

/** Every command with its arguments and flags, as `--help` has them. */
async function commandsBlock(): Promise<string> {
  const program = new Command('milliwatt');
  for (const { load } of commandsFor(['?'])) (await load())(program);
  return program.commands.map(commandText).join('\n\n');
}

function commandText(command: Command): string {
  const rows = command.options
    .filter(({ hidden }) => !hidden)
    .map(({ flags, description }) => [`\`${flags}\``, description]);
  const usage = `\`\`\`\nmilliwatt ${command.name()} ${command.usage()}\n\`\`\``;
  const flags = rows.length === 0 ? [] : [table(['flag', 'what it does'], rows)];
  return [`### milliwatt ${command.name()}`, sentence(command.description()), usage, ...flags].join('\n\n');
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${text.endsWith('.') ? '' : '.'}`;
}

interface Setting {
  readonly default?: unknown;
  readonly markdownDescription: string;
  readonly markdownEnumDescriptions?: readonly string[];
}

function settingsBlock(): string {
  const settings = Object.entries(manifest.contributes.configuration.properties as Readonly<Record<string, Setting>>);
  const known = new Map(Object.entries(texts));
  const rows = settings.map(([name, { default: value, markdownDescription }]) => [
    `\`${name}\``,
    value === '' || value === undefined ? '' : `\`${JSON.stringify(value)}\``,
    (known.get(markdownDescription.slice(1, -1)) ?? '').replaceAll('\n', ' ').replace(/`#([^#`]+)#`/g, '`$1`'),
  ]);
  return table(['setting', 'default', 'what it does'], rows);
}

function boardsBlock(): string {
  const rows = boards.map(({ id, name, mcu, core, clockHz }) => [
    name,
    `\`${id}\``,
    mcu,
    core,
    hertzText(clockHz.value),
  ]);
  return table(['board', 'id', 'chip', 'core', 'clock'], rows);
}

/** Which releases have figures of their own: those that hold files of a day that is described. */
function versionsBlock(): string {
  const rows = libraries
    .filter(({ releases }) => releases.length > 0)
    .map(({ name, holds, releases }) => {
      const [described, others] = [releases.filter(isDescribed), releases.filter((release) => !isDescribed(release))];
      const named = (list: typeof releases): string => list.map(({ version }) => version).join(', ');
      return [name, holds, named(described), named(others)];
    });
  return [
    `TFLM itself: every day of its history since ${firstDescribedDay}, and its commits by hash.`,
    table(['library', 'holds', 'with figures of their own', 'known, with figures of the nearest version'], rows),
  ].join('\n\n');
}

function isDescribed({ date }: { readonly date?: string }): boolean {
  return date !== undefined && date >= firstDescribedDay;
}

/** By the name that stands in a document's mark. */
async function blocks(): Promise<ReadonlyMap<string, string>> {
  return new Map([
    ['rules', rulesTable(rules)],
    ['rules of firmware', rulesTable(firmwareRules)],
    ['commands', await commandsBlock()],
    ['settings', settingsBlock()],
    ['boards', boardsBlock()],
    ['versions', versionsBlock()],
  ]);
}

const block = /<!-- made by npm run docs: ([^>]+) -->\n[^]*?<!-- end -->/g;

/**
 * A document as its blocks have to be now.
 *
 * @throws Error for a mark that names no block.
 */
export async function documentNow(file: string): Promise<string> {
  const made = await blocks();
  return readFileSync(join(root, file), 'utf8').replace(block, (_, name: string) => {
    const text = made.get(name);
    if (text === undefined)
      throw new Error(`${file} asks for "${name}", and there are ${[...made.keys()].join(', ')}.`);
    return `<!-- made by npm run docs: ${name} -->\n\n${text}\n\n<!-- end -->`;
  });
}
