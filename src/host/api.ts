import type * as vscode from 'vscode';
import type { Analyses } from './analysis/analyses';
import type { ModelState } from './analysis/modelEntry';
import type { AnalysisWorker } from './analysis/workerClient';
import type { Offer } from '../core/compress/offer';
import type { Compression } from './compress/compression';
import type { Compressions } from './compress/compressions';
import type { Offers } from './compress/offers';
import { listingUri } from './listing/listingAddress';
import type { OpenListings } from './listing/openListings';
import type { BoardMeasuring } from './measure/boardMeasuring';
import type { Disposable } from './disposables';
import type { Firmwares } from './firmware/firmwares';
import type { CombinedViews } from './placed/combinedViews';
import type { PlacedViews } from './placed/placedView';
import type { CheckedModels } from './problems/checkedModels';
import type { Monitor } from './serial/monitor';
import type { SerialApi } from './serial/serialApi';
import { createSerialApi } from './serial/serialApi';
import type { StatusBar } from './statusBar';

/** What the extension exports: for its own tests, and for other extensions that want a model's report. */
export interface MilliwattApi {
  /** Resolves when analyses, open listings and problems are up to date, for one model or for all. */
  whenIdle(model?: vscode.Uri): Promise<void>;
  /** What is known of a model once its analysis is done; it is started where needed. */
  analysisOf(model: vscode.Uri): Promise<ModelState>;
  /** The address of a model's listing; `costs` asks for costs as columns of text. */
  listingOf(model: vscode.Uri, costs?: { readonly board?: string }): vscode.Uri;
  /** Texts of the two status bar items, board and memory. */
  statusTexts(): readonly [board: string, memory: string];
  /** What the hover over the board in the status bar says. */
  boardHover(): string;
  /** The serial monitor: ports, data, writing, and giving a port to another program for a while. */
  readonly serial: SerialApi;
  /** Ends the thread of the serial monitor as a crash would. */
  stopMonitorThread(): Promise<void>;
  /** What compressions of a model would bring. */
  offersOf(model: vscode.Uri): Promise<readonly Offer[]>;
  /** The compression that was started last. */
  lastCompression(): Compression | undefined;
  /** Until the result is disposed, layers that stand in another kind of text are annotated there. */
  addViews(kind: PlacedViews): Disposable;
  /** Ends the analysis worker as a crash would. */
  stopWorker(): Promise<void>;
}

interface ApiSources {
  readonly analyses: Analyses;
  readonly listings: OpenListings;
  readonly views: CombinedViews;
  readonly checked: CheckedModels;
  readonly statusBar: StatusBar;
  readonly worker: AnalysisWorker;
  readonly measure: BoardMeasuring;
  readonly monitor: Monitor;
  readonly offers: Offers;
  readonly compressions: Compressions;
  readonly firmwares: Firmwares;
}

export function createApi(sources: ApiSources): MilliwattApi {
  const { analyses, listings, views, checked, statusBar, worker, measure, monitor, offers, compressions } = sources;
  return {
    whenIdle: async (model) => {
      await measure.whenIdle();
      await checked.whenReady();
      await analyses.whenIdle(model);
      await listings.whenShown(model);
      await sources.firmwares.whenIdle();
    },
    analysisOf: (uri) => analyses.settled({ uri, costs: 'hints' }),
    listingOf: (uri, costs) => listingUri({ uri, board: costs?.board, costs: costs === undefined ? 'hints' : 'text' }),
    statusTexts: () => statusBar.texts,
    boardHover: () => statusBar.boardHover,
    serial: createSerialApi(monitor),
    stopMonitorThread: () => monitor.stopThread(),
    offersOf: async (uri) => {
      const made = await offers.of(await analyses.settled({ uri, costs: 'hints' }));
      return made.map(({ offer }) => offer);
    },
    lastCompression: () => compressions.last,
    addViews: (kind) => views.add(kind),
    stopWorker: () => worker.terminate(),
  };
}
