import { projectEdits } from '../project/projectEdit';
import type { FixMaker } from './fix';

/** Writes the setting of the target that a rule found to help. */
export const chooseSetting: FixMaker = {
  id: 'choose-setting',
  isFor: ({ setting }) => setting !== undefined,
  make: ({ finding: { setting }, project }) => {
    if (setting === undefined || project === undefined) return [];
    const { key, value } = setting;
    const edits = projectEdits(project, ['target', key], () => value);
    return [{ title: `Set ${key} to ${value} in milliwatt.json`, edits }];
  },
};
