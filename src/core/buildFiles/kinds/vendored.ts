import { copiedKernels, tellingFiles, vendoredState } from '../../runtimes/vendored';
import type { BuildFileKind } from '../buildFile';
import { FactList, TextPlaces } from '../syntax/factList';
import { vendoredFolder } from '../fileNames';

/** A source of a copy of TFLM that lies in a project: its contents say of which days of TFLM's history it is. */
export const vendored: BuildFileKind = {
  id: 'vendored',
  // Arduino builds no `.cc`: libraries for it end in `.cpp`.
  names: [...tellingFiles, 'micro/kernels/*/conv.cc']
    .flatMap((name) => (name.endsWith('.cc') ? [name, name.replace(/cc$/, 'cpp')] : [name]))
    .map((name) => `${vendoredFolder}/${name}`),
  isVendored: true,
  read: (text, path) => {
    const list = new FactList(new TextPlaces(path, text));
    const state = text === '' ? undefined : vendoredState(path, text);
    const copy = path.slice(0, path.lastIndexOf(vendoredFolder));
    if (state !== undefined) list.add('vendored', { copy, ...state }, { start: 0, end: 0 });
    const library = text === '' ? undefined : copiedKernels(path);
    if (library !== undefined) list.add('vendoredKernels', { copy, library }, { start: 0, end: 0 });
    return { environments: [{ facts: list.facts }], problems: [] };
  },
};
