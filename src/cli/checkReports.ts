import { join } from 'node:path';
import { analyse } from '../core/analysis/analyse';
import type { AnalysisRequest } from '../core/analysis/analysis';
import type { Report } from '../core/estimate/report';
import { modelPlaceOf } from '../core/formats/kinds';
import type { Budget } from '../core/model/budget';
import { underBudget } from '../core/model/budget';
import { HumanError } from '../core/model/problem';
import type { CheckedModel } from './checkedModel';
import type { CheckedFolder } from './checkFolder';
import type { CheckReport, ReportedFinding } from './checkFormats';
import { findingPlace } from './findingPlace';
import { fileAt, siblingsAt } from './gitFile';

/** A request for an analysis, but for the bytes. */
type EarlierRequest = Omit<AnalysisRequest, 'bytes'>;

/**
 * What a model of a folder cost in an earlier revision, on the same target; nothing where there was no such model. The
 * request's path is from the folder.
 */
export function earlierReport(
  revision: string,
  folder: string,
  request: EarlierRequest,
  work: Budget,
): Report | undefined {
  const { file } = modelPlaceOf(join(folder, request.path));
  const bytes = fileAt(revision, file);
  if (bytes === undefined) return undefined;
  try {
    const siblings = siblingsAt(revision, file, folder);
    return underBudget(work, () => analyse({ ...request, bytes, siblings }).report);
  } catch (error) {
    if (error instanceof HumanError) return undefined;
    throw error;
  }
}

/** The models that a project file names. */
export function projectReport(checked: readonly CheckedModel[]): CheckReport {
  return {
    models: checked.map(({ path, report, before }) => ({ name: path, report, before })),
    findings: checked.flatMap(({ path, report, findings }) =>
      findings.map(({ severity, code, message, layer, origin }): ReportedFinding => {
        const name = layer === undefined ? undefined : report?.layers[layer].name;
        const { file, span } = findingPlace(path, origin);
        const line = span === undefined ? undefined : span.line + 1;
        return { file, line, severity, code, message: name === undefined ? message : `${name}: ${message}` };
      }),
    ),
  };
}

/** The models and the firmware of a folder. `before`: what a model cost earlier. */
export function folderReport(
  { models, findings }: CheckedFolder,
  before: (path: string) => Report | undefined,
): CheckReport {
  const nameOf = (path: string, array: string | undefined): string => (array === undefined ? path : `${path}#${array}`);
  return {
    models: models.map(({ path, array, report }) => {
      const name = nameOf(path, array);
      return { name, report, before: report === undefined ? undefined : before(name) };
    }),
    findings: [
      ...models.flatMap(({ path, report, failure }): readonly ReportedFinding[] =>
        failure === undefined
          ? (report?.findings ?? []).map(({ severity, code, message, origin }): ReportedFinding => {
              const { file, span } = findingPlace(path, origin);
              return { file, ...(span && { line: span.line + 1 }), severity, code, message };
            })
          : [{ file: modelPlaceOf(path).file, severity: 'error', ...failure }],
      ),
      ...findings.map(({ file, cell, span, severity, code, message }) => ({
        file,
        // Lines of a cell are none of its file.
        ...(cell === undefined ? { line: span.line + 1 } : {}),
        severity,
        code,
        message,
      })),
    ],
  };
}
