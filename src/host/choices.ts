import type * as vscode from 'vscode';
import type { AnalysisRequest, TargetChoice } from '../core/analysis/analysis';
import type { MeasuredChoice } from '../core/measure/measured';
import { budgetOf, targetOf } from '../core/project/choices';
import type { LoadedProject, Projects } from './project';
import { entryOf, noProject } from './project';
import { pathOf, placeOf } from './places';
import type { SettingsReader } from './settings';

/** What an analysis of a model is asked with, and the project file that had a say. */
export interface ModelChoices {
  readonly request: Omit<AnalysisRequest, 'bytes'>;
  readonly project?: LoadedProject;
}

/** Keys of the target that say nothing about one particular board. */
const boardIndependent = ['tflmVersion', 'optimization', 'resourceVariableSlots', 'preserveAllTensors', 'rounding'];

/** What was measured before, for the models of one place. */
export interface MeasuredSource {
  forModel(model: vscode.Uri): Promise<MeasuredChoice>;
}

/** Brings together what settings and `milliwatt.json` say about a model; the project file wins. */
export class Choices {
  readonly #settings: SettingsReader;
  readonly #projects: Projects;
  readonly #measured: MeasuredSource;

  constructor(settings: SettingsReader, projects: Projects, measured: MeasuredSource) {
    this.#measured = measured;
    this.#settings = settings;
    this.#projects = projects;
  }

  /** With `board`, that board takes the place of the chosen one, and what was chosen for the other is left out. */
  async of(model: vscode.Uri, board?: string): Promise<ModelChoices> {
    const loaded = await this.#projects.forModel(model);
    const { measurements, calibrations } = await this.#measured.forModel(model);
    const settings = this.#settings.read(placeOf(model));
    const project = loaded?.project ?? noProject;
    const entry = loaded && entryOf(loaded, model);
    const chosen = merged(settings.target, targetOf(project, entry));
    return {
      request: {
        path: pathOf(model),
        target: board === undefined ? chosen : onBoard(chosen, board),
        budget: { ...settings.budgets, ...budgetOf(project, entry) },
        rules: { ...settings.rules, ...project.rules },
        overheads: project.overheads ?? settings.overheads,
        inputStages: project.inputStages,
        ...(measurements.length + calibrations.length === 0 ? {} : { measured: { measurements, calibrations } }),
      },
      project: loaded,
    };
  }
}

function merged(settings: TargetChoice, project: TargetChoice): TargetChoice {
  return {
    board: project.board ?? settings.board,
    runtime: project.runtime ?? settings.runtime,
    settings: { ...settings.settings, ...project.settings },
    origins: { ...settings.origins, ...project.origins },
  };
}

function onBoard({ settings = {} }: TargetChoice, board: string): TargetChoice {
  const kept = Object.entries(settings).filter(([key]) => boardIndependent.includes(key));
  return { board, settings: Object.fromEntries(kept), origins: { board: 'comparison' } };
}
