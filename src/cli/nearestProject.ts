import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import type { AnalysisRequest } from '../core/analysis/analysis';
import type { Project, ProjectModel } from '../core/project/project';
import { budgetOf, targetOf } from '../core/project/choices';
import { readProject } from '../core/project/project';

/** A workspace file that applies to a model, and what it asks for. */
export interface FoundProject {
  readonly file: string;
  readonly project: Project;
  readonly request: Omit<AnalysisRequest, 'path' | 'bytes'>;
}

/** The nearest `milliwatt.json` at or above the model's folder. */
export function nearestProject(modelPath: string): FoundProject | undefined {
  const file = nearestAbove(modelPath, 'milliwatt.json');
  return file === undefined ? undefined : openProject(file, modelPath);
}

/** The nearest file of a name at or above a model's folder. */
export function nearestAbove(modelPath: string, name: string): string | undefined {
  for (let folder = dirname(resolve(modelPath)); ; folder = dirname(folder)) {
    const file = join(folder, name);
    if (existsSync(file)) return file;
    if (folder === dirname(folder)) return undefined;
  }
}

function openProject(file: string, modelPath: string): FoundProject {
  const { project, problems } = readProject(readFileSync(file, 'utf8'));
  for (const problem of problems) process.stderr.write(`${file}: ${problem}\n`);
  const path = relative(dirname(file), resolve(modelPath)).replaceAll('\\', '/');
  return {
    file,
    project,
    request: requestOf(
      project,
      project.models?.find((model) => model.path === path),
    ),
  };
}

/** What a project asks for one of its models. */
export function requestOf(project: Project, model: ProjectModel | undefined): Omit<AnalysisRequest, 'path' | 'bytes'> {
  return {
    target: targetOf(project, model),
    budget: budgetOf(project, model),
    rules: project.rules,
    overheads: project.overheads,
    inputStages: project.inputStages,
  };
}
