import type * as vscode from 'vscode';
import type { FirmwareReply } from '../../protocol/firmware';
import type { Analyses } from '../analysis/analyses';
import type { ChoiceStore } from '../boards/choiceStore';
import type { DetectedBoards } from '../boards/detectedBoards';
import type { Compressions } from '../compress/compressions';
import type { ModelRuns } from '../compress/modelRuns';
import type { Offers } from '../compress/offers';
import type { ModelEditorProvider } from '../editor/modelEditorProvider';
import type { BuildTargets } from '../buildTargets';
import type { ExportServices } from '../export/exporting';
import type { Log } from '../log';
import type { OpenModels } from '../openModels';
import type { BoardMeasuring } from '../measure/boardMeasuring';
import type { CombinedViews } from '../placed/combinedViews';
import type { PlacedViews } from '../placed/placedView';
import type { RuleDocumentation } from '../problems/ruleDocumentation';
import type { SerialMonitor } from '../serial/serialMonitor';

/** What is known of the firmware of a workspace folder, as far as commands ask. */
interface FirmwareOfFolder {
  /** The arrays that hold models, each by the address of its source with its name. */
  readonly arrays: readonly vscode.Uri[];
  settled(): Promise<Pick<FirmwareReply, 'notes' | 'findings'>>;
  readonly sources: { uriOf(path: string): vscode.Uri };
}

/** What commands work with. */
export interface CommandServices {
  readonly extension: vscode.Extension<unknown>;
  readonly analyses: Analyses;
  readonly open: OpenModels;
  /** Where layers stand in documents. */
  readonly views: CombinedViews;
  /** Where they stand in listings. */
  readonly listings: PlacedViews;
  readonly editors: ModelEditorProvider;
  readonly choices: ChoiceStore;
  /** What projects are built for. */
  readonly builds: BuildTargets;
  readonly firmwares: { readonly folders: readonly FirmwareOfFolder[] };
  readonly detected: DetectedBoards;
  readonly rules: RuleDocumentation;
  readonly serial: SerialMonitor;
  readonly measure: BoardMeasuring;
  readonly offers: Offers;
  readonly compressions: Compressions;
  readonly runs: ModelRuns;
  readonly exporting: ExportServices;
  readonly log: Log;
}

/**
 * What VS Code passes depends on where a command was started: nothing, a file, a file and all selected files, or our
 * own arguments.
 */
export type CommandHandler = (services: CommandServices, ...values: readonly unknown[]) => unknown;
