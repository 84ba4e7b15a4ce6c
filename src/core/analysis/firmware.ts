import type { BudgetChoice, TargetChoice } from '../estimate/choice';
import type { FlagsOf } from '../firmware/firmware';
import type { ProgramChoice } from '../formats/programChoice';
import type { ProjectRoom } from '../firmwareRules/projectRooms';
import type { FirmwareFinding } from '../firmwareRules/firmwareProblems';
import type { FirmwareContext, RecordedArray } from '../firmwareRules/rule';
import type { Budget } from '../model/budget';
import type { RuleChoice } from './analysis';
import { arrayEdits } from './arrayEdits';
import type { FirmwareAnalysis } from './firmwareIndex';
import { FirmwareIndex } from './firmwareIndex';
import type { ReadProgramModel } from './programModels';

/** What is chosen for a model. */
export interface FirmwareChoices {
  readonly target: TargetChoice;
  readonly budget?: BudgetChoice;
  readonly rules?: RuleChoice;
  /** Of programs that build models. */
  readonly programChoice?: ProgramChoice;
}

/** The files of a folder that say how its firmware uses which models. */
interface FirmwareRequest {
  /** Texts of C, C++ and Arduino files, by path. */
  readonly sources: ReadonlyMap<string, string>;
  /** Models in files of their own, by path. */
  readonly models: ReadonlyMap<string, Uint8Array>;
  /** What holds for the model in a file, named by its path. */
  readonly choicesOf: (path: string, rooms: readonly ProjectRoom[]) => FirmwareChoices;
  /** Models that its programs build. */
  readonly programs?: readonly ReadProgramModel[];
  readonly flagsOf?: FlagsOf;
  readonly buildOf?: FirmwareContext['buildOf'];
  /** Which arrays are made from which files, as the project says. */
  readonly recorded?: readonly RecordedArray[];
  /** What each model may take. */
  readonly work?: Budget;
}

/** Finds the models of a folder, in files and in arrays, and what is wrong in how its firmware uses them. */
export function analyseFirmware({ sources, choicesOf, ...question }: FirmwareRequest): FirmwareAnalysis {
  const index = new FirmwareIndex();
  for (const [path, text] of sources) index.set(path, text);
  const rooms = index.rooms(question);
  const analysis = index.analyse({
    ...question,
    requestOf: ({ path, array }) => {
      const { target, rules, budget } = choicesOf(path, rooms);
      return { path: array === undefined ? path : `${path}#${array}`, target, rules, ...(budget && { budget }) };
    },
  });
  return { ...analysis, findings: analysis.findings.map((finding) => withRewrite(finding, sources, question.models)) };
}

/** A finding with the array that it would have written again as a fix. */
function withRewrite(
  { rewrite, ...finding }: FirmwareFinding,
  sources: ReadonlyMap<string, string>,
  models: ReadonlyMap<string, Uint8Array>,
): FirmwareFinding {
  const { file: path } = finding;
  const [text, bytes] = [sources.get(path), rewrite && models.get(rewrite.from)];
  if (rewrite === undefined || text === undefined || bytes === undefined) return finding;
  const { title, array } = rewrite;
  return { ...finding, fixes: [{ title, isPreferred: true, edits: arrayEdits({ path, text, array }, bytes) }] };
}
