import type * as vscode from 'vscode';
import type { MadeOffer } from '../../core/compress/offers';
import type { Finding } from '../../core/estimate/report';
import type { ModelState } from '../analysis/modelEntry';
import { offerActions } from '../compress/offerActions';
import type { JsonPath } from './projectEdit';
import { withException, withSeverity } from './projectEdit';
import type { ProjectFile } from './projectFile';
import { projectEdit } from './projectFile';

/** What a fix looks at. */
export interface FixContext {
  readonly finding: Finding;
  readonly state: ModelState;
  /** Absent where the model lies in no workspace folder. */
  readonly file?: ProjectFile;
  /** What compressions would bring; absent while that is being estimated. */
  readonly offers?: readonly MadeOffer[];
}

/** Something that can be done about a finding: an edit of `milliwatt.json`, or a command. */
export interface Fix {
  readonly title: string;
  readonly isPreferred?: boolean;
  readonly edit?: vscode.WorkspaceEdit;
  readonly command?: { readonly command: string; readonly arguments: readonly unknown[] };
}

type FixMaker = (context: FixContext) => Fix | readonly Fix[] | undefined;

/** What can be done about a finding of one rule, by its code. A new fix is a function and a line here. */
const fixesByCode: Readonly<Record<string, readonly FixMaker[]>> = {
  'arena-over-region': [compressLayer, compress, chooseBoard],
  'flash-over': [compress, chooseBoard],
  'latency-over': [compress, chooseBoard],
  'power-over': [compress, chooseBoard],
  'float-model': [compress],
  'hybrid-operator': [compress],
  'float16-unsupported': [compress],
  'uint8-unsupported': [compress],
  'type-unsupported': [compress],
  'measurement-unusable': [forgetMeasurements],
  'calibration-outdated': [calibrateAgain],
  'board-profile': [useProfiler],
  'board-profile-unit': [setTickUnit, useProfiler],
};

/** What can be done about any finding. */
const fixesForAll: readonly FixMaker[] = [exceptLayer, soften, silence, explain];

/** The fixes of a finding, the most telling first. */
export function fixesFor(context: FixContext): readonly Fix[] {
  const { code } = context.finding;
  // What a board said is no rule: it is not silenced, but goes with the next good run.
  const forAll = code.startsWith('board-') ? [forgetBoard] : fixesForAll;
  return [...(fixesByCode[code] ?? []), ...forAll].flatMap((make) => make(context) ?? []);
}

/** What quantizing and pruning the model would bring. */
function compress({ offers, state }: FixContext): readonly Fix[] {
  return offerActions(offers, 'model', state.key.uri).map(({ title, ...command }) => ({ title, command }));
}

/** What pruning the layer of the finding would bring. */
function compressLayer({ finding, offers, state }: FixContext): readonly Fix[] {
  if (finding.layer === undefined) return [];
  return offerActions(offers, finding.layer, state.key.uri).map(({ title, ...command }) => ({ title, command }));
}

function chooseBoard({ state }: FixContext): Fix {
  const command = { command: 'milliwatt.chooseBoard', arguments: [state.key.uri] };
  return { title: 'Choose another board…', command };
}

function forgetMeasurements({ state }: FixContext): Fix {
  const command = { command: 'milliwatt.forgetMeasurements', arguments: [state.key.uri] };
  return { title: 'Forget the measurements of this model', command };
}

function calibrateAgain({ state }: FixContext): Fix {
  const command = { command: 'milliwatt.calibrate', arguments: [state.key.uri] };
  return { title: 'Calibrate the board again', isPreferred: true, command };
}

function useProfiler(): Fix {
  return { title: 'Use Milliwatt’s profiler…', command: { command: 'milliwatt.addProfiler', arguments: [] } };
}

function setTickUnit({ finding }: FixContext): Fix {
  const command = { command: 'milliwatt.setTickUnit', arguments: [finding.source] };
  return { title: 'Set what a tick is…', isPreferred: true, command };
}

function forgetBoard(): Fix {
  return {
    title: 'Forget what the board reported',
    command: { command: 'milliwatt.clearBoardProblems', arguments: [] },
  };
}

function exceptLayer({ finding, state, file }: FixContext): Fix | undefined {
  const layer = finding.layer === undefined ? undefined : state.analysis?.report.layers.at(finding.layer)?.name;
  if (layer === undefined || file === undefined) return undefined;
  return {
    title: `Ignore "${finding.code}" for ${layer} in milliwatt.json`,
    edit: projectEdit(file, pathOf(finding), (before) => withException(before, layer)),
  };
}

function soften({ finding, file }: FixContext): Fix | undefined {
  if (file === undefined || finding.severity === 'information' || finding.severity === 'hint') return undefined;
  const softer = finding.severity === 'error' ? 'warning' : 'information';
  return {
    title: `Report "${finding.code}" as ${softer} in milliwatt.json`,
    edit: projectEdit(file, pathOf(finding), (before) => withSeverity(before, softer)),
  };
}

function silence({ finding, file }: FixContext): Fix {
  if (file === undefined) {
    const why =
      'Rules are silenced in milliwatt.json, and this model lies in no workspace folder. Open its folder first.';
    return {
      title: `Why not ignore "${finding.code}"?`,
      command: { command: 'milliwatt.sayWhyNot', arguments: [why] },
    };
  }
  return {
    title: `Ignore "${finding.code}" in milliwatt.json`,
    edit: projectEdit(file, pathOf(finding), (before) => withSeverity(before, 'off')),
  };
}

function explain({ finding }: FixContext): Fix {
  return {
    title: `Explain "${finding.code}"`,
    command: { command: 'milliwatt.explainRule', arguments: [finding.code] },
  };
}

function pathOf({ code }: Finding): JsonPath {
  return ['rules', code];
}
