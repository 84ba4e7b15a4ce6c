import { stampOf } from '../../firmware/exportStamp';
import { joinedPath } from '../../firmware/firmware';
import type { SourceFile } from '../../firmware/firmware';
import type { FirmwareRule } from '../rule';

/** Sources that were exported for a model that has changed since. */
export const exportStale: FirmwareRule = {
  code: 'firmware-export-stale',
  severity: 'warning',
  documentation: 'Sources that "Export for firmware" wrote are older than their model.',
  find: ({ firmware, files }) => {
    const said = new Set<string>();
    const exported = [...firmware.naming('Milliwatt export ')].sort(headersFirst);
    return exported.flatMap((file) => {
      const stamp = stampOf(file.text);
      if (stamp === undefined) return [];
      const folder = file.path.split('/').slice(0, -1).join('/');
      const path = joinedPath(folder, stamp.model);
      const model = files.find((each) => each.path === path);
      if (model === undefined || model.hash === stamp.hash) return [];
      // Of the files of one export the first speaks.
      const key = `${folder}\n${path}`;
      if (said.has(key)) return [];
      said.add(key);
      const name = path.slice(path.lastIndexOf('/') + 1);
      const end = file.text.indexOf('\n');
      const message =
        `${name} has changed since this file was exported: the firmware runs the model of before. ` +
        'Export it again, here or with "milliwatt export": what nobody has edited is written anew.';
      const renewal = { title: `Export ${name} again`, from: path, folder, style: stamp.style };
      return [{ file, at: { start: 0, end: end < 0 ? file.text.length : end }, message, renewal }];
    });
  },
};

/** In an order that does not hang on which file came in last. */
function headersFirst({ path: left }: SourceFile, { path: right }: SourceFile): number {
  const isHeader = (path: string): number => Number(path.endsWith('.h'));
  return isHeader(right) - isHeader(left) || Number(left > right) - Number(left < right);
}
