import * as vscode from 'vscode';
import { Analyses } from './host/analysis/analyses';
import { FilesBeside } from './host/analysis/filesBeside';
import { AnalysisWorker } from './host/analysis/workerClient';
import type { MilliwattApi } from './host/api';
import { createApi } from './host/api';
import { ChoiceStore } from './host/boards/choiceStore';
import { BuildLenses } from './host/buildLenses';
import { BuildTargets } from './host/buildTargets';
import { Choices } from './host/choices';
import { registerCommands } from './host/commands/commands';
import { Compressions } from './host/compress/compressions';
import { ModelRuns } from './host/compress/modelRuns';
import { Offers } from './host/compress/offers';
import { Disposables } from './host/disposables';
import { registerFirmware } from './host/firmware/firmware';
import { Firmwares } from './host/firmware/firmwares';
import { FirmwareThread } from './host/firmware/firmwareThread';
import { ModelEditorProvider } from './host/editor/modelEditorProvider';
import { registerListingFeatures } from './host/listing/features';
import { ListingFileSystem } from './host/listing/listingFileSystem';
import { ListingViews } from './host/listing/listingView';
import { OpenListings } from './host/listing/openListings';
import type * as laterParts from './host/later';
import { createLog } from './host/log';
import { OpenModels } from './host/openModels';
import { CombinedViews } from './host/placed/combinedViews';
import { registerPlacedFeatures } from './host/placed/features';
import { CheckedModels } from './host/problems/checkedModels';
import { registerCodeActions } from './host/problems/codeActions';
import { Diagnostics } from './host/problems/diagnostics';
import { RuleDocumentation } from './host/problems/ruleDocumentation';
import { Projects } from './host/project';
import { BoardFindings } from './host/measure/boardFindings';
import { registerSources } from './host/sources/sources';
import { createBoardMeasuring } from './host/measure/boardMeasuring';
import { MeasurementStore } from './host/measure/measurementStore';
import { BoardProposal } from './host/serial/boardProposal';
import type { SerialMonitor } from './host/serial/serialMonitor';
import { createSerialMonitor } from './host/serial/serialMonitor';
import { SettingsReader } from './host/settings';
import { StatusBar } from './host/statusBar';

let serialMonitor: SerialMonitor | undefined;

/** The composition root: constructs and registers, nothing else. */
export function activate(context: vscode.ExtensionContext): MilliwattApi {
  const all = new Disposables();
  context.subscriptions.push(all);

  const later = (): Promise<typeof laterParts> => import('./host/later');
  const log = all.add(createLog());
  const { extensionUri, extension } = context;
  const inDist = (name: string): string => vscode.Uri.joinPath(extensionUri, 'dist', name).fsPath;
  const beside = all.add(new FilesBeside());
  const worker = all.add(new AnalysisWorker(inDist('analysisWorker.js'), log, beside.handlers));
  const estimator = all.add(new AnalysisWorker(inDist('analysisWorker.js'), log, beside.handlers));
  const settings = all.add(new SettingsReader());
  const projects = all.add(new Projects(worker, log));
  const store = all.add(new MeasurementStore(projects, log));
  const thread = all.add(new FirmwareThread(inDist('firmwareWorker.js'), log));
  const builds = all.add(new BuildTargets(thread, context.workspaceState, log));
  const choices = new Choices(settings, projects, builds, store);
  const events = [settings.onDidChange, projects.onDidChange, builds.onDidChange, store.onDidChange];
  const analyses = all.add(new Analyses({ worker, beside, choices, log }, { events }));

  const open = all.add(new OpenModels());
  const offers = all.add(new Offers(estimator, open, log));
  const jobScript = inDist('jobWorker.js');
  const compressions = all.add(new Compressions({ extensionUri, jobScript, choices, beside, settings, log }, later));
  const runs = all.add(new ModelRuns(jobScript, { choices, beside }, later));

  const files = all.add(new ListingFileSystem(analyses));
  const listings = all.add(new OpenListings(analyses, files));
  const listingViews = new ListingViews(analyses, listings);
  const views = all.add(new CombinedViews());
  all.add(views.add(listingViews));
  const findings = all.add(new BoardFindings());
  all.add(registerListingFeatures(listingViews));
  all.add(registerPlacedFeatures({ views, analyses, settings, offers }));
  const exporting = { worker, choices, builds };
  const firmwares = all.add(new Firmwares({ thread, choices, settings, exporting, builds, load: later, log }, events));
  all.add(registerSources({ views, analyses, settings, worker, choices, beside, held: firmwares, events }));
  all.add(new BuildLenses({ builds, choices, settings }, events));
  all.add(registerFirmware(firmwares, settings, later));
  all.add(registerCodeActions(views, { offers, board: findings }, later));

  const checked = all.add(new CheckedModels(analyses, projects, open));
  all.add(new Diagnostics({ analyses, views, checked, board: findings }));
  const editors = all.add(new ModelEditorProvider(extensionUri, { analyses, offers, log }, later));
  const statusBar = all.add(new StatusBar(analyses, open));
  const rules = all.add(new RuleDocumentation());
  const choiceStore = new ChoiceStore(settings, choices, later);
  const serial = all.add(createSerialMonitor(context, settings, log));
  serialMonitor = serial;
  all.add(
    new BoardProposal({ monitor: serial.monitor, choices: choiceStore, open, memory: context.workspaceState, log }),
  );
  const boards = { analyses, open, worker, choices, store, findings, events: serial.events, settings, log };
  const measure = all.add(createBoardMeasuring(boards));
  const shown = { analyses, open, views, listings: listingViews, editors, rules };
  const work = { offers, compressions, runs, exporting, serial, measure, detected: serial.ports };
  all.add(registerCommands({ extension, choices: choiceStore, builds, firmwares, log, ...shown, ...work }, later));

  // After the activation, which it would make longer: what activated the extension needs an analysis next.
  setImmediate(() => worker.start());
  const sources = { analyses, listings, views, checked, statusBar, worker, offers, compressions, firmwares };
  return createApi({ ...sources, measure, monitor: serial.monitor });
}

/** Ports are given back and logs are on disk before the window goes. */
export async function deactivate(): Promise<void> {
  await serialMonitor?.end();
}
