import type * as vscode from 'vscode';
import type { Analyses } from '../analysis/analyses';
import { besideOf } from '../analysis/modelEntry';
import type { AnalysisWorker } from '../analysis/workerClient';
import type { Disposable } from '../disposables';
import { Disposables } from '../disposables';
import type { CombinedViews } from '../placed/combinedViews';
import { pathOf } from '../places';
import type { SettingsReader } from '../settings';
import { ArrayLenses } from './arrayLenses';
import { ArrayProblems } from './arrayProblems';
import { SourceViews } from './sourceViews';

interface SourceServices {
  readonly views: CombinedViews;
  readonly analyses: Analyses;
  readonly settings: SettingsReader;
  readonly worker: AnalysisWorker;
}

/** Everything that an editor says of models in C and C++ sources. */
export function registerSources({ views, analyses, settings, worker }: SourceServices): Disposable {
  const all = new Disposables();
  const findModels = (uri: vscode.Uri, text: string): ReturnType<AnalysisWorker['findModels']> =>
    worker.findModels({ path: pathOf(uri), text, beside: besideOf(uri) });
  const sources = all.add(new SourceViews(analyses, { findModels }));
  all.add(views.add(sources));
  // Registered last, these stand before the totals, which may fill the line.
  all.add(new ArrayLenses(sources, settings));
  all.add(new ArrayProblems(sources));
  return all;
}
