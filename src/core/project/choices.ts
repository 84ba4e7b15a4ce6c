import type { BudgetChoice, TargetChoice } from '../estimate/choice';
import type { Project, ProjectModel } from './project';

/** What the project says about one model: its own entry over the common keys. */
export function targetOf(project: Project, model: ProjectModel | undefined): TargetChoice {
  const settings = { ...project.target, ...model?.target };
  const board = model?.board ?? project.board;
  const runtime = model?.runtime ?? project.runtime;
  const keys = [...Object.keys(settings), ...(board ? ['board'] : []), ...(runtime ? ['runtime'] : [])];
  return { board, runtime, settings, origins: Object.fromEntries(keys.map((key) => [key, 'milliwatt.json'])) };
}

/** The limits for one model: its own entry over the common ones. */
export function budgetOf(project: Project, model: ProjectModel | undefined): BudgetChoice {
  return {
    ...project.budgets,
    ...model?.budgets,
    ...project.dutyCycle,
    ...(project.power && { power: project.power }),
  };
}
