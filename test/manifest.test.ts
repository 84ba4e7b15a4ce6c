import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { boards } from '../src/core/boards/boards';
import { compressionKinds } from '../src/core/compress/kinds';
import { extensionsOf, fileNamesOf, foreignKinds, modelFileKinds, type FormatKind } from '../src/core/formats/kinds';
import { runtimes } from '../src/core/runtimes/runtimes';
import { commandIds, internalCommandIds } from '../src/host/commands/commandIds';
import { check } from './support/check';

const root = path.resolve(import.meta.dirname, '..');
const manifestText = read('package.json');
const manifest = JSON.parse(manifestText) as Manifest;
const texts = JSON.parse(read('package.nls.json')) as Readonly<Record<string, string>>;

interface Manifest {
  readonly activationEvents: readonly string[];
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string; readonly category: string }[];
    readonly menus: Readonly<Record<string, readonly { readonly command: string; readonly when?: string }[]>>;
    readonly customEditors: readonly { readonly selector: readonly { readonly filenamePattern: string }[] }[];
    readonly keybindings: readonly { readonly command: string }[];
    readonly configuration: { readonly properties: Readonly<Record<string, Setting>> };
    readonly walkthroughs: readonly { readonly steps: readonly { readonly media: { readonly svg: string } }[] }[];
    readonly languages: readonly {
      readonly configuration: string;
      readonly icon: { readonly light: string; readonly dark: string };
    }[];
    readonly grammars: readonly { readonly path: string }[];
  };
}

interface Setting {
  readonly markdownDescription?: string;
  readonly enum?: readonly string[];
}

function read(file: string): string {
  return readFileSync(path.join(root, file), 'utf8');
}

/** All TypeScript of the host, in one text. */
function hostSources(): string {
  const files = readdirSync(path.join(root, 'src', 'host'), { recursive: true, withFileTypes: true });
  const sources = files.filter((file) => file.name.endsWith('.ts') && file.name !== 'commandIds.ts');
  return sources.map((file) => readFileSync(path.join(file.parentPath, file.name), 'utf8')).join('\n');
}

/** Commands that write the model again. */
const rewriting: ReadonlySet<string> = new Set(compressionKinds.map(({ id }) => `milliwatt.${id}`));

interface Placed {
  readonly command: string;
  readonly when?: string;
  readonly enablement?: string;
}

/** What the manifest says about file names, by command: `milliwatt.prune resourceFilename =~ /\\.tflite$/`. */
const fileClauses = [...Object.values(manifest.contributes.menus).flat(), ...manifest.contributes.commands].flatMap(
  ({ command, when = '', enablement = '' }: Placed) =>
    [...`${when} ${enablement}`.matchAll(/resourceFilename (?:==|=~) \S+/g)].map(([clause]) => `${command} ${clause}`),
);

/** What it has to say about them, after the list of formats. */
function fileClause(clause: string): string {
  const [command] = clause.split(' ');
  if (command === 'milliwatt.convert') return `${command} resourceFilename =~ /${convertedPattern()}/`;
  const kinds = rewriting.has(command) ? modelFileKinds.filter((kind) => kind.canRewrite) : modelFileKinds;
  const names = fileNamesOf(kinds).map((name) => `^${name.replaceAll('.', '\\.')}`);
  return `${command} resourceFilename =~ /(${[`\\.(${extensionsOf(kinds).join('|')})`, ...names].join('|')})$/`;
}

/** Files that no board runs as they are, those with names that other programs use, too: whoever converts means one. */
function convertedPattern(): string {
  const kinds = modelFileKinds.filter(({ id }) => foreignKinds.some((foreign) => foreign === id));
  const names = kinds.flatMap(({ fileNames = [] }: FormatKind) => fileNames);
  return `(\\.(${extensionsOf(kinds).join('|')})|${names.map((name) => `^${name.replaceAll('.', '\\.')}`).join('|')})$`;
}

const placeholders = [...manifestText.matchAll(/"%([^"%]+)%"/g)].map(([, key]) => key);
const { contributes } = manifest;
const known = new Set<string>([...commandIds, ...internalCommandIds]);
const menuCommands = [...Object.values(contributes.menus).flat(), ...contributes.keybindings].map(
  ({ command }) => command,
);
const files = [
  ...contributes.walkthroughs.flatMap(({ steps }) => steps.map(({ media }) => media.svg)),
  ...contributes.languages.flatMap(({ configuration, icon }) => [configuration, icon.light, icon.dark]),
  ...contributes.grammars.map((grammar) => grammar.path),
];

check('manifest', (find: () => unknown) => find(), [
  {
    name: 'the commands of the palette are those of the code',
    input: () => contributes.commands.map(({ command }) => command).sort(),
    expected: [...commandIds].sort(),
  },
  {
    name: 'menus and keys name commands that exist',
    input: () => menuCommands.filter((command) => !known.has(command)),
    expected: [],
  },
  {
    name: 'commands that the code runs exist',
    input: () => {
      const run = [...hostSources().matchAll(/'(milliwatt\.[a-zA-Z]+)'/g)].map(([, command]) => command);
      const views = ['milliwatt.model', 'milliwatt.monitor'];
      const others = [
        ...views,
        'milliwatt.json',
        'milliwatt.board',
        'milliwatt.memory',
        'milliwatt.proof',
        'milliwatt.calibrate',
      ];
      return [...new Set(run)].filter((command) => !known.has(command) && !others.includes(command));
    },
    expected: [],
  },
  {
    name: 'the model editor opens the files of all formats',
    input: () => contributes.customEditors.flatMap(({ selector }) => selector.map((each) => each.filenamePattern)),
    expected: [...extensionsOf().map((extension) => `*.${extension}`), ...fileNamesOf()],
  },
  {
    name: 'menus and commands stand at the files of all formats, those that write again at formats that can be',
    input: () => [...new Set(fileClauses.filter((clause) => clause !== fileClause(clause)))],
    expected: [],
  },
  {
    name: 'every command stands under Milliwatt',
    input: () => contributes.commands.filter(({ category }) => category !== '%category%').map(({ command }) => command),
    expected: [],
  },
  {
    name: 'every title is a key with a text',
    input: () => placeholders.filter((key) => !texts[key]),
    expected: [],
  },
  {
    name: 'every text is used',
    input: () => Object.keys(texts).filter((key) => !placeholders.includes(key)),
    expected: [],
  },
  {
    name: 'titles are keys',
    input: () => contributes.commands.filter(({ title }) => !/^%.+%$/.test(title)).map(({ command }) => command),
    expected: [],
  },
  {
    name: 'every setting is described',
    input: () =>
      Object.entries(contributes.configuration.properties).filter(
        ([, { markdownDescription }]) => !markdownDescription,
      ),
    expected: [],
  },
  {
    name: 'settings are read by their names',
    input: () => {
      const settings = readFileSync(path.join(root, 'src', 'host', 'settings.ts'), 'utf8');
      const names = Object.keys(contributes.configuration.properties).map((name) => name.replace(/^milliwatt\./, ''));
      const ofKinds = compressionKinds.flatMap(({ id, settings: keys }) => keys.map((key) => `${id}.${key}`));
      return names.filter((name) => !settings.includes(`'${name}'`) && !ofKinds.includes(name));
    },
    expected: [],
  },
  {
    name: 'the settings of compressions are options of theirs, and there',
    input: () =>
      compressionKinds.flatMap(({ id, settings, defaults }) =>
        settings.filter(
          (key) => !(key in defaults) || !(`milliwatt.${id}.${key}` in contributes.configuration.properties),
        ),
      ),
    expected: [],
  },
  {
    name: 'the boards of the setting are those of the table',
    input: () => contributes.configuration.properties['milliwatt.board'].enum,
    expected: ['', ...boards.map(({ id }) => id)],
  },
  {
    name: 'the runtimes of the setting are those of the table',
    input: () => contributes.configuration.properties['milliwatt.runtime'].enum,
    expected: ['', ...runtimes.map(({ id }) => id)],
  },
  {
    name: 'the files that it names are there',
    input: () => files.filter((file) => !existsSync(path.join(root, file))),
    expected: [],
  },
  {
    name: 'it wakes for nothing that VS Code derives itself',
    input: () => manifest.activationEvents,
    expected: [
      'onFileSystem:milliwatt',
      'workspaceContains:**/milliwatt.json',
      'onLanguage:c',
      'onLanguage:cpp',
      'onLanguage:python',
    ],
  },
]);
