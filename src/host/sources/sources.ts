import type * as vscode from 'vscode';
import type { Analyses } from '../analysis/analyses';
import { besideOf } from '../analysis/modelEntry';
import type { AnalysisWorker } from '../analysis/workerClient';
import type { Disposable } from '../disposables';
import { Disposables } from '../disposables';
import type { CombinedViews } from '../placed/combinedViews';
import { pathOf } from '../places';
import type { SettingsReader } from '../settings';
import { arraySources } from './arraySources';
import { programSources } from './programSources';
import { openingLenses, openValueLenses, SourceLenses } from './sourceLenses';
import { SourceProblems } from './sourceProblems';
import { SourceViews } from './sourceViews';

interface SourceServices {
  readonly views: CombinedViews;
  readonly analyses: Analyses;
  readonly settings: SettingsReader;
  readonly worker: AnalysisWorker;
}

/** Kinds of sources that hold models or build them: a new one is a file and a line here. */
const kinds = [arraySources, programSources];

/** Everything that an editor says of models in sources. */
export function registerSources({ views, analyses, settings, worker }: SourceServices): Disposable {
  const all = new Disposables();
  const findModels = (uri: vscode.Uri, text: string): ReturnType<AnalysisWorker['findModels']> =>
    worker.findModels({ path: pathOf(uri), text, beside: besideOf(uri) });
  const sources = kinds.map((kind) => all.add(new SourceViews(kind, analyses, { findModels })));
  for (const each of sources) all.add(views.add(each));
  // Registered last, these stand before the totals, which may fill the line and are registered anew with each kind.
  for (const each of sources) all.add(new SourceLenses(each, settings, openingLenses));
  all.add(new SourceLenses(sources[kinds.indexOf(programSources)], settings, openValueLenses));
  all.add(new SourceProblems(sources));
  return all;
}
