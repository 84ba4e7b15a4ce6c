import type { OfferCommand } from '../compress/offerActions';
import type { MadeOffer } from '../compress/offers';
import type { Finding, Report } from '../estimate/report';
import type { FileFix } from '../model/problem';
import type { ProjectText } from '../project/projectEdit';

/** What a fix runs, for the user interface that shows it: an editor maps each to a command of its own. */
export type FixCommand =
  | OfferCommand
  | { readonly id: 'chooseBoard' | 'forgetMeasurements' | 'calibrate' | 'addProfiler' | 'clearBoardProblems' }
  /** Asks what a tick of the board at this port is. */
  | { readonly id: 'setTickUnit'; readonly source?: string }
  | { readonly id: 'explainRule'; readonly code: string };

/** Something that a command does about a finding. */
interface CommandFix {
  readonly title: string;
  readonly isPreferred?: boolean;
  readonly command: FixCommand;
}

/** Something that can be done about a finding: edits of files, or a command. */
export type Fix = FileFix | CommandFix;

/** What fixes are made from. */
export interface FixContext {
  readonly finding: Finding;
  /** Of the model that the finding is about; absent where it could not be read. */
  readonly layers?: Report['layers'];
  /** The project file that holds for the model, or would be made for it; absent where there is no place for one. */
  readonly project?: ProjectText;
  /** What compressions would bring; absent while that is being estimated. */
  readonly offers?: readonly MadeOffer[];
}

/** One kind of fix: a file beside this one, a line in `fixes.ts`. */
export interface FixMaker {
  /** Stable, for tests. */
  readonly id: string;
  readonly isFor: (finding: Finding) => boolean;
  readonly make: (context: FixContext) => readonly Fix[];
}

/** Findings of these codes. */
export function ofCodes(...codes: readonly string[]): FixMaker['isFor'] {
  return ({ code }) => codes.includes(code);
}

/** Whether a fix is edits of files. */
export function isFileFix(fix: Fix): fix is FileFix {
  return 'edits' in fix;
}
