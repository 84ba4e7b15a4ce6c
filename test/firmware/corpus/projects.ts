import assert from 'node:assert/strict';
import { isFirmwareSource } from '../../../src/core/analysis/firmwareFiles';
import { FolderProjects } from '../../../src/core/buildFiles/folderProjects';
import { estimate } from '../../../src/core/estimate/estimate';
import { resolveTarget } from '../../../src/core/estimate/resolveTarget';
import { Firmware } from '../../../src/core/firmware/firmware';
import type { FirmwareFinding } from '../../../src/core/firmwareRules/firmwareProblems';
import { firmwareContext, firmwareProblems } from '../../../src/core/firmwareRules/firmwareProblems';
import type { FirmwareContext, FirmwareModel } from '../../../src/core/firmwareRules/rule';
import { readLastBuild } from '../../../src/core/lastBuild/lastBuild';
import { textAfter } from '../../../src/core/model/textEdit';
import type { Change, CorpusRow, Sources } from './corpus';
import { corpusModels } from './models';

/** The sources after changes, each of which must find its text once. */
export function changed(files: Sources, changes: readonly Change[]): Sources {
  const after = { ...files };
  for (const [file, before, replacement] of changes) {
    assert.equal(after[file].split(before).length, 2, `"${before}" is not once in ${file}`);
    after[file] = after[file].split(before).join(replacement);
  }
  return after;
}

/** The sources of a row, as they are looked at. */
export function sourcesOf({ project, files, changes = [] }: CorpusRow): Sources {
  return changed({ ...project.files, ...files }, changes);
}

/** What is found in sources of a row's project. */
export function findings(
  { project, flags, board, built, runtime = 'tflm-reference' }: CorpusRow,
  files: Sources,
): readonly FirmwareFinding[] {
  const projects = new FolderProjects();
  for (const [path, text] of Object.entries(files)) projects.set(path, text);
  const last = built === undefined ? {} : { last: readLastBuild(built) };
  const sources = Object.entries(files).filter(([path]) => isFirmwareSource(path));
  const { target } = resolveTarget({ board, runtime });
  const models = Object.entries(project.models).map(([place, name]): FirmwareModel => {
    const [path, array] = place.split(' ');
    const model = corpusModels[name];
    return { path, array, hash: name, model, target, report: estimate(model, path, target, {}).report };
  });
  const buildOf: FirmwareContext['buildOf'] = (path) => ({
    folder: '',
    facts: projects.factsFor(path) ?? [],
    ...last,
  });
  return firmwareProblems(firmwareContext(new Firmware(new Map(sources), () => flags), models, { buildOf }));
}

/** The sources after the preferred fix of a finding. */
export function edited(files: Sources, { fixes }: FirmwareFinding): Sources {
  const after = { ...files };
  for (const file of new Set(fixes[0].edits.map((edit) => edit.file))) {
    after[file] = textAfter(
      files[file],
      fixes[0].edits.filter((edit) => edit.file === file),
    );
  }
  return after;
}
