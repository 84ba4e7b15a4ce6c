import type { BuildFileKind } from '../buildFile';
import type { BuildReading } from '../facts';
import { FactList, TextPlaces } from '../syntax/factList';
import { linesOf } from '../syntax/lines';
import { fileNameOf } from '../syntax/paths';

const isNotSet = ' is not set';

/**
 * What ESP-IDF writes or reads as its configuration. `sdkconfig.NAME` is that of an environment of PlatformIO,
 * `sdkconfig.defaults.CHIP` holds for a chip.
 */
export const sdkconfig: BuildFileKind = {
  id: 'sdkconfig',
  names: ['sdkconfig.defaults', 'sdkconfig.defaults.*', 'sdkconfig', 'sdkconfig.*'],
  read: (text, path) => {
    const { environments } = read(text, path);
    const [, kind, of] = fileNameOf(path).split('.');
    const name =
      kind === undefined || kind === 'defaults' ? undefined : [kind, of].filter((part) => part !== undefined).join('.');
    return {
      problems: [],
      environments: name === undefined ? environments : environments.map(({ facts }) => ({ name, facts })),
      isRoot: name === undefined ? 'firmly' : undefined,
    };
  },
};

/** What a Zephyr application asks for. */
export const prjConf: BuildFileKind = { id: 'prj.conf', names: ['prj.conf'], read };

/** What the last build of a Zephyr application was configured with; in builds with several images, that of each. */
export const zephyrConfig: BuildFileKind = {
  id: '.config',
  names: ['build/zephyr/.config', 'build/*/zephyr/.config', 'build-*/zephyr/.config', 'build_*/zephyr/.config'],
  read,
};

/** `CONFIG_NAME=y`, `CONFIG_NAME="text"`, `# CONFIG_NAME is not set`. */
function read(text: string, path: string): BuildReading {
  const list = new FactList(new TextPlaces(path, text));
  for (const { text: line, start } of linesOf(text)) {
    const said = line.trim();
    const at = said.indexOf('=');
    const isOff = said.startsWith('# CONFIG_') && said.endsWith(isNotSet);
    const name = isOff ? said.slice(2, -isNotSet.length) : said.slice(0, Math.max(at, 0)).trim();
    if (!/^CONFIG_\w{1,200}$/.test(name)) continue;
    const value = isOff ? 'n' : unquoted(said.slice(at + 1).trim());
    if (value === undefined) continue;
    const from = start + line.length - line.trimStart().length;
    list.add('config', { name, value }, { start: from, end: from + said.length });
  }
  return { environments: [{ facts: list.facts }], isRoot: 'firmly', problems: [] };
}

/** Nothing for a text whose quote does not end, and for no value. */
function unquoted(value: string): string | undefined {
  if (!value.startsWith('"')) return value === '' ? undefined : value;
  return value.length > 1 && value.endsWith('"') ? value.slice(1, -1) : undefined;
}
