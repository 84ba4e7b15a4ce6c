import type { ExportedFile } from '../export/exportFirmware';
import { exportFirmware } from '../export/exportFirmware';
import type { ExportStyle } from '../export/exportStyles';
import { modelBytesOf } from '../formats/formats';
import { modelHash } from '../measure/measurement';
import type { Budget } from '../model/budget';
import { budgets, underBudget } from '../model/budget';
import { analyse } from './analyse';
import type { AnalysisRequest } from './analysis';
import { arenasWhereOpen } from './possibleArenas';
import { subjectOf } from './subject';

/** Where the files go, and how. */
interface ExportPlace {
  readonly style: ExportStyle;
  /** The model's path from the folder that is written into, with `/` between folders. */
  readonly path: string;
}

/** The sources that run a model on its target. @throws HumanError where none would run it */
export function exportModel(
  request: AnalysisRequest,
  { style, path }: ExportPlace,
  work: Budget = budgets.analysis,
): readonly ExportedFile[] {
  return underBudget(work, () => {
    const bytes = request.read === undefined ? modelBytesOf(request) : request.bytes;
    const { model, target } = subjectOf(request);
    const { report } = analyse(request);
    const arenas = arenasWhereOpen(request, work);
    return exportFirmware({ path, bytes, hash: modelHash(bytes), model, target, report, arenas }, style);
  });
}
