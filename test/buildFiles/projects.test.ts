import { FolderProjects } from '../../src/core/buildFiles/folderProjects';
import { check } from '../support/check';
import { arduinoProjects } from './corpus/arduino';
import { espIdfProjects } from './corpus/espIdf';
import { picoProjects } from './corpus/pico';
import { platformioProjects } from './corpus/platformio';
import type { ProjectRow } from './corpus/project';
import { zephyrProjects } from './corpus/zephyr';

const all = [...platformioProjects, ...arduinoProjects, ...espIdfProjects, ...zephyrProjects, ...picoProjects];

function folderOf({ files, choice }: ProjectRow): FolderProjects {
  const folder = new FolderProjects();
  for (const [path, text] of Object.entries(files)) folder.set(path, text);
  for (const target of folder.targets) folder.choose(target.folder, choice ?? {});
  return folder;
}

function saidOf(row: ProjectRow): readonly string[] {
  const said = folderOf(row).targetFor(row.of ?? 'model.tflite');
  if (said === undefined) return ['no project'];
  return [
    ...said.target.values.map(({ key, value, place }) => `${key} ${value} ${place.file}:${place.span.line + 1}`),
    ...(said.environment === undefined ? [] : [`environment ${said.environment}`]),
    ...said.target.remarks,
    ...said.problems,
  ];
}

function definedIn(row: ProjectRow): string {
  const found = folderOf(row).definitionsFor(row.of ?? 'main.cc');
  if (found === undefined) return 'nothing is known';
  const said = Object.entries(found.defined).map(([name, text]) => `${name}=${text}`);
  const { usesPsram, putsDataInPsram, printsFloats } = found;
  const known = Object.entries({ usesPsram, putsDataInPsram, printsFloats }).filter(([, value]) => value !== undefined);
  return [
    ...said,
    ...(found.isComplete ? [] : ['…']),
    ...known.map(([name, value]) => `${name}:${String(value)}`),
  ].join(' ');
}

check(
  'projects: the target that their files say, and where',
  saidOf,
  all.map((row) => ({ name: row.name, input: row, expected: row.expected })),
);

check(
  'projects: what their builds define',
  definedIn,
  all.flatMap((row) => (row.defined === undefined ? [] : [{ name: row.name, input: row, expected: row.defined }])),
);
