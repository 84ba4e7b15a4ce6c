import type { BuildFileKind } from '../buildFile';
import type { BuildFact } from '../facts';
import { FactList, TextPlaces } from '../syntax/factList';
import { readIni } from '../syntax/ini';

/**
 * `.gitmodules`: repositories that lie in folders of this one. At which commit is not in the file.
 * Source: https://git-scm.com/docs/gitmodules
 */
export const gitmodules: BuildFileKind = {
  id: '.gitmodules',
  names: ['.gitmodules'],
  read: (text, path) => {
    const places = new TextPlaces(path, text);
    const below: { folder: string; facts: readonly BuildFact[] }[] = [];
    for (const { name, options } of readIni(text).sections.values()) {
      const [folder, address] = ['path', 'url'].map((key) => options.get(key)?.lines);
      if (!name.startsWith('submodule ') || folder?.length !== 1 || address?.length !== 1) continue;
      const list = new FactList(places);
      list.add('library', { name: address[0].text, isExact: false }, address[0]);
      below.push({ folder: folder[0].text, facts: list.facts });
    }
    return { environments: [], below, problems: [] };
  },
};
