import type { AnalysisRequest } from '../core/analysis/analysis';
import { readFile } from './files';
import { measurementsPath, storedMeasurements } from './measurements';
import { nearestProject } from './nearestProject';
import { choiceOf } from './targetOptions';
import type { TargetFlags } from './targetOptions';

/**
 * What every command asks about a model: the file's bytes, what the nearest `milliwatt.json` says, the flags over it, and what was measured.
 * @throws HumanError where a file cannot be read or a flag is not understood.
 */
export function requestFor(path: string, flags: TargetFlags): AnalysisRequest {
  const project = nearestProject(path)?.request;
  const target = choiceOf(flags, project?.target);
  return { ...project, path, bytes: readFile(path), target, measured: storedMeasurements(measurementsPath(path)) };
}
