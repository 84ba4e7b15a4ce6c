import { cpSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { digitsModel, foreignModel, hugeModel, twoGraphModel } from '../support/sampleModels';
import { examplesFolder } from './places';

export type WorkspaceKind = 'folder' | 'two folders';

/** Lays out a workspace for tests below `folder`; gives the folder or `.code-workspace` file to open. */
export function createWorkspace(kind: WorkspaceKind, folder: string): string {
  if (kind === 'folder') return sampleFolder(path.join(folder, 'workspace'));
  const names = ['first', 'second'];
  for (const name of names) sampleFolder(path.join(folder, name));
  const file = path.join(folder, 'both.code-workspace');
  writeFileSync(file, JSON.stringify({ folders: names.map((name) => ({ path: name })) }));
  return file;
}

/** A copy of the sample workspace, and the tests' own models in `models/`. */
function sampleFolder(folder: string): string {
  mkdirSync(folder, { recursive: true });
  if (existsSync(examplesFolder)) cpSync(examplesFolder, folder, { recursive: true });
  const models = path.join(folder, 'models');
  mkdirSync(models);
  writeFileSync(path.join(models, 'digits.tflite'), digitsModel());
  writeFileSync(path.join(models, 'huge.tflite'), hugeModel());
  writeFileSync(path.join(models, 'foreign.tflite'), foreignModel());
  writeFileSync(path.join(models, 'graphs.tflite'), twoGraphModel());
  writeFileSync(path.join(models, 'broken.tflite'), digitsModel().subarray(0, 200));
  return folder;
}
