import { tellingKernelFiles, vendoredKernelFile } from '../../runtimes/vendoredKernels';
import type { BuildFileKind } from '../buildFile';
import { FactList, TextPlaces } from '../syntax/factList';

/** A source of a copy of CMSIS-NN or ESP-NN that lies in a project: its code says of which releases it is. */
export const vendoredKernels: BuildFileKind = {
  id: 'vendored kernels',
  names: tellingKernelFiles,
  isVendored: true,
  read: (text, path) => {
    const list = new FactList(new TextPlaces(path, text));
    const file = text === '' ? undefined : vendoredKernelFile(path, text);
    if (file !== undefined) {
      const copy = path.slice(0, path.length - file.name.length);
      list.add('vendoredRelease', { copy, ...file }, { start: 0, end: 0 });
    }
    return { environments: [{ facts: list.facts }], problems: [] };
  },
};
