import type { BuildFileKind } from '../buildFile';
import type { BuildEnvironment } from '../facts';
import { definitionOf } from '../syntax/compilerFlags';
import { FactList, TextPlaces } from '../syntax/factList';

/** Levels as STM32CubeIDE ends the values of its choice. */
const levels: ReadonlyMap<string, string> = new Map([
  ['o0', 'O0'],
  ['o1', 'O1'],
  ['o2', 'O2'],
  ['o3', 'O3'],
  ['os', 'Os'],
  ['ofast', 'Ofast'],
  ['og', 'Og'],
]);

/** Options of which more are not looked at. */
const mostTags = 20_000;

/**
 * `.cproject` of STM32CubeIDE: for each configuration, which is built into a folder of its name, board, level of
 * optimization and defined names of the compiler for C++, or where it has none of that for C. Only the tags that say
 * so are read; a file that ends early says what stands before. Source: Eclipse CDT, "Managed Build", and files that
 * ST's plug-in wrote.
 */
export const cproject: BuildFileKind = {
  id: '.cproject',
  names: ['.cproject'],
  hasEnvironments: true,
  read: (text, path) => {
    if (!text.includes('com.st.stm32cube.ide')) return { environments: [], problems: [] };
    const places = new TextPlaces(path, text);
    const found: Configuration[] = [];
    let list = '';
    let count = 0;
    for (const match of text.matchAll(/<(configuration|option|listOptionValue|\/option)\b([^<>]{0,4000})>/g)) {
      if ((count += 1) > mostTags) break;
      const [tag, kind, said] = match;
      const at = { start: match.index, end: match.index + tag.length };
      const [id, value] = [attributeOf(said, 'superClass'), attributeOf(said, 'value')];
      const configuration = found.at(-1);
      if (kind === 'configuration') begin(found, attributeOf(said, 'name'), places, at);
      else if (kind === '/option') list = '';
      else if (kind === 'option') {
        list = tag.endsWith('/>') ? '' : (id ?? '');
        if (configuration !== undefined) addOption(configuration, id ?? '', value ?? '', at);
      } else if (configuration !== undefined && list.endsWith('compiler.option.definedsymbols')) {
        const names = list.includes('.cpp.compiler.') ? configuration.ofCpp : configuration.ofC;
        names.add('define', definitionOf(value ?? ''), at);
      }
    }
    return {
      environments: found.map(environmentOf),
      ...(found.length === 0 ? {} : { isRoot: 'firmly' }),
      problems: [],
    };
  },
};

interface Configuration {
  readonly name: string;
  readonly common: FactList;
  readonly ofC: FactList;
  readonly ofCpp: FactList;
}

interface Extent {
  readonly start: number;
  readonly end: number;
}

function begin(found: Configuration[], name: string | undefined, places: TextPlaces, at: Extent): void {
  if (name === undefined || name === '' || found.some((each) => each.name === name)) return;
  const [common, ofC, ofCpp] = [0, 1, 2].map(() => new FactList(places));
  common.add('framework', 'stm32cube', at);
  // In a folder of its name, which may be one that CMake would not take.
  if (!/[/\\*]|^\.\.?$/.test(name)) common.add('buildFolder', { path: name, preset: name }, at);
  found.push({ name, common, ofC, ofCpp });
}

function addOption({ common, ofC, ofCpp }: Configuration, id: string, value: string, at: Extent): void {
  if (id.endsWith('.option.target_board') && value !== '' && value !== 'genericBoard') {
    common.add('board', value.toLowerCase().replaceAll('-', '_'), at);
  }
  if (!id.endsWith('compiler.option.optimization.level')) return;
  const level = levels.get(value.slice(value.lastIndexOf('.') + 1).toLowerCase());
  (id.includes('.cpp.compiler.') ? ofCpp : ofC).add('optimization', level, at);
}

function environmentOf({ name, common, ofC, ofCpp }: Configuration): BuildEnvironment {
  const facts = ofCpp.facts.length > 0 ? ofCpp.facts : ofC.facts;
  return { name, facts: [...common.facts, ...facts] };
}

/** The text of an attribute, of what XML writes with an ampersand only the signs that stand in options. */
function attributeOf(said: string, name: string): string | undefined {
  const match = new RegExp(`(?:^|\\s)${name}="([^"]*)"`).exec(said);
  return match?.[1].replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
