import * as vscode from 'vscode';
import type { AnalysisRequest } from '../core/analysis/analysis';
import type { MeasuredChoice } from '../core/measure/measuredChoice';
import { ownProjectFile } from '../core/project/fileNames';
import type { ChoiceLayer } from '../core/project/layers';
import { layersOn, mergedChoices, projectLayers } from '../core/project/layers';
import { withBuiltLimit } from '../core/project/builtLayers';
import { withProposed } from '../core/project/proposedLayers';
import type { BuildTargets } from './buildTargets';
import { pathOf, placeOf } from './places';
import type { LoadedProject, Projects } from './project';
import { pathWithin } from './project';
import type { SettingsReader } from './settings';

/** What an analysis of a model is asked with, what said so, and the project's own file where there is one. */
interface ModelChoices {
  readonly request: Omit<AnalysisRequest, 'bytes'>;
  /** A later one goes before an earlier one. */
  readonly layers: readonly ChoiceLayer[];
  readonly project?: LoadedProject;
}

/** What was measured before, for the models of one place. */
interface MeasuredSource {
  forModel(model: vscode.Uri): Promise<MeasuredChoice>;
}

/** Brings together what build files, settings and project files say about a model; the last ones win. */
export class Choices {
  readonly #settings: SettingsReader;
  readonly #projects: Projects;
  readonly #builds: BuildTargets;
  readonly #measured: MeasuredSource;

  constructor(settings: SettingsReader, projects: Projects, builds: BuildTargets, measured: MeasuredSource) {
    this.#builds = builds;
    this.#measured = measured;
    this.#settings = settings;
    this.#projects = projects;
  }

  /** With `board`, that board takes the place of the chosen one, and what was chosen for the other is left out. */
  async of(model: vscode.Uri, board?: string): Promise<ModelChoices> {
    const projects = await this.#projects.allFor(model);
    const { measurements, calibrations } = await this.#measured.forModel(model);
    const chosen = [
      this.#settings.read(placeOf(model)).layer,
      ...[...projects].reverse().flatMap((project) => layersOfProject(project, model)),
    ];
    const layers = board === undefined ? await this.#aboveBuild(model, chosen) : layersOn(chosen, board);
    return {
      request: {
        path: pathOf(model),
        ...mergedChoices(layers),
        ...(measurements.length + calibrations.length === 0 ? {} : { measured: { measurements, calibrations } }),
      },
      layers,
      project: projects.find(({ fileName }) => fileName === ownProjectFile),
    };
  }

  /** What is chosen, above what the build files of the model's project say. */
  async #aboveBuild(model: vscode.Uri, chosen: readonly ChoiceLayer[]): Promise<readonly ChoiceLayer[]> {
    const found = await this.#builds.of(model);
    if (found === undefined) return chosen;
    const { root, target, partition, room } = found;
    const addressOf = (file: string): string => vscode.Uri.joinPath(root, file).toString();
    return withBuiltLimit(withProposed(chosen, target, addressOf), room, { target, partition, addressOf });
  }
}

function layersOfProject(project: LoadedProject, model: vscode.Uri): readonly ChoiceLayer[] {
  const { fileName, uri } = project;
  return projectLayers(project, { origin: fileName, file: uri.toString(), path: pathWithin(project, model) });
}
