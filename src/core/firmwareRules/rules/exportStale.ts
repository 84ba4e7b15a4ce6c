import { stampOf } from '../../firmware/exportStamp';
import { joinedPath } from '../../firmware/firmware';
import type { FirmwareRule } from '../rule';

/** Sources that were exported for a model that has changed since. */
export const exportStale: FirmwareRule = {
  code: 'firmware-export-stale',
  severity: 'warning',
  documentation: 'Sources that "Export for firmware" wrote are older than their model.',
  find: ({ firmware, models }) => {
    const said = new Set<string>();
    return firmware.naming('Milliwatt export ').flatMap((file) => {
      const stamp = stampOf(file.text);
      if (stamp === undefined) return [];
      const folder = file.path.split('/').slice(0, -1).join('/');
      const path = joinedPath(folder, stamp.model);
      const model = models.find((each) => each.path === path && each.array === undefined);
      if (model === undefined || model.hash === stamp.hash) return [];
      // Of the files of one export the first speaks.
      const key = `${folder}\n${path}`;
      if (said.has(key)) return [];
      said.add(key);
      const name = path.slice(path.lastIndexOf('/') + 1);
      const end = file.text.indexOf('\n');
      const message =
        `${name} has changed since this file was exported: the firmware runs the model of before. ` +
        'Export it again with "milliwatt export": what nobody has edited is written anew.';
      return [{ file, at: { start: 0, end: end < 0 ? file.text.length : end }, message }];
    });
  },
};
