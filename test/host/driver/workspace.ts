import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { commitAll } from '../support/commitAll';
import { digitsNpy } from '../support/digitSamples';
import { firmwareFolder } from '../support/firmwareFolder';
import { hostileFolder } from '../support/hostileFolder';
import { programsFolder } from '../support/programsFolder';
import { projectsFolder } from '../support/projectsFolder';
import { digitsModel, foreignModel, hugeModel, twoGraphModel } from '../support/sampleModels';
import { largeModel } from '../../support/largeModel';
import { examplesFolder, root } from './places';

/**
 * `none`: an empty window. `models`: the tests' own models in one folder. `real models`: the same, with some of
 * ../shared where it is there. `two folders`: the same twice in a multi-root workspace. `sample`: the sample workspace.
 * `hostile`: files that hold up whoever reads them carelessly. `firmware`: sources with a model in an array.
 * `projects`: two that say what they are built for. `programs`: sources and a notebook that build Keras models.
 */
export type WorkspaceKind =
  'none' | 'models' | 'real models' | 'two folders' | 'sample' | 'hostile' | 'firmware' | 'projects' | 'programs';

/** What a launch opens: laid out below `folder`, or nothing. */
export function workspaceFor(kind: WorkspaceKind, folder: string): string | undefined {
  return kind === 'none' ? undefined : createWorkspace(kind, folder);
}

/** Lays out a workspace below `folder`; gives the folder or `.code-workspace` file to open. */
export function createWorkspace(kind: Exclude<WorkspaceKind, 'none'>, folder: string): string {
  if (kind === 'models') return modelsFolder(path.join(folder, 'workspace'));
  if (kind === 'real models') return realModelsFolder(path.join(folder, 'workspace'));
  if (kind === 'hostile') return hostileFolder(path.join(folder, 'workspace'));
  if (kind === 'firmware') return firmwareFolder(path.join(folder, 'workspace'));
  if (kind === 'programs') return commitAll(programsFolder(path.join(folder, 'workspace')));
  if (kind === 'projects') return projectsFolder(path.join(folder, 'workspace'));
  if (kind === 'sample') return sampleFolder(path.join(folder, 'examples'));
  const names = ['first', 'second'];
  for (const name of names) modelsFolder(path.join(folder, name));
  const file = path.join(folder, 'both.code-workspace');
  writeFileSync(file, JSON.stringify({ folders: names.map((name) => ({ path: name })) }));
  return file;
}

function modelsFolder(folder: string): string {
  const models = path.join(folder, 'models');
  mkdirSync(models, { recursive: true });
  writeFileSync(path.join(models, 'digits.tflite'), digitsModel());
  writeFileSync(path.join(models, 'huge.tflite'), hugeModel());
  writeFileSync(path.join(models, 'foreign.tflite'), foreignModel());
  writeFileSync(path.join(models, 'graphs.tflite'), twoGraphModel());
  writeFileSync(path.join(models, 'broken.tflite'), digitsModel().subarray(0, 200));
  commitAll(folder);
  mkdirSync(path.join(folder, 'data'));
  writeFileSync(path.join(folder, 'data', 'digits.npy'), digitsNpy(200));
  return folder;
}

/** Of usual sizes, int8 and float. */
const realModels = [
  'mlperf_kws_ref_model',
  'mlperf_model_ToyCar_quant_fullint',
  'mlperf_pretrainedResnet',
  'mlperf_pretrainedResnet_quant',
  'mlperf_str_ww_ref_model',
  'mlperf_vww_96_int8',
  'mlperf_vww_96_float',
  'tflm_hello_world_int8',
  'tflm_micro_speech_lstm',
  'tflm_person_detect',
];

/** Models for the bench: ten of usual sizes, and one of 20 MB. */
function realModelsFolder(folder: string): string {
  modelsFolder(folder);
  const real = path.join(folder, 'real');
  mkdirSync(real);
  const source = path.join(root, '..', 'shared', 'data', 'models');
  if (!existsSync(source)) return folder;
  for (const name of realModels) cpSync(path.join(source, `${name}.tflite`), path.join(real, `${name}.tflite`));
  const mobilenet = readFileSync(path.join(source, 'tflm_mobilenet_v2_quantized_1x3x224x224.tflite'));
  writeFileSync(path.join(real, 'large.tflite'), largeModel(mobilenet));
  return folder;
}

/** A copy, so that what is changed in it changes nothing in the checkout. */
function sampleFolder(folder: string): string {
  cpSync(examplesFolder, folder, { recursive: true });
  return folder;
}
