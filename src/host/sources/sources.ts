import * as vscode from 'vscode';
import type { Analyses } from '../analysis/analyses';
import type { FilesBeside } from '../analysis/filesBeside';
import { besideOf } from '../analysis/modelEntry';
import type { AnalysisWorker } from '../analysis/workerClient';
import type { Choices } from '../choices';
import type { Disposable } from '../disposables';
import { Disposables } from '../disposables';
import type { CombinedViews } from '../placed/combinedViews';
import { pathOf } from '../places';
import type { SettingsReader } from '../settings';
import type { ModelFinder } from './followedSource';
import { arraySources } from './arraySources';
import type { HeldModels } from './heldLenses';
import { heldLenses } from './heldLenses';
import { programSources } from './programSources';
import { openingLenses, openValueLenses, SourceLenses } from './sourceLenses';
import { trainedLenses } from './trainedLenses';
import { SourceProblems } from './sourceProblems';
import { SourceViews } from './sourceViews';

interface SourceServices {
  readonly views: CombinedViews;
  readonly analyses: Analyses;
  readonly settings: SettingsReader;
  readonly worker: AnalysisWorker;
  readonly choices: Choices;
  readonly beside: FilesBeside;
  readonly held: HeldModels;
  /** After these, another analysis of the same text may find other models. */
  readonly events: readonly vscode.Event<void>[];
}

/** Kinds of sources that hold models or build them: a new one is a file and a line here. */
const kinds = [arraySources, programSources];

/** Everything that an editor says of models in sources. */
export function registerSources(services: SourceServices): Disposable {
  const { views, analyses, settings, worker, choices, beside, held, events } = services;
  const all = new Disposables();
  const finder: ModelFinder = {
    findModels: async (uri, text) => {
      const { programChoice } = (await choices.of(uri)).request;
      return worker.findModels({ path: pathOf(uri), text, beside: besideOf(uri), programChoice });
    },
    follow: (uri, changed) =>
      vscode.Disposable.from(beside.follow(uri, changed), ...events.map((event) => event(changed))),
  };
  const sources = kinds.map((kind) => all.add(new SourceViews(kind, analyses, finder)));
  for (const each of sources) all.add(views.add(each));
  const programs = sources[kinds.indexOf(programSources)];
  all.add(new SourceLenses(programs, settings, heldLenses(held), [held.onDidChange]));
  all.add(new SourceLenses(programs, settings, trainedLenses));
  // Registered last, these stand before the totals, which may fill the line and are registered anew with each kind.
  for (const each of sources) all.add(new SourceLenses(each, settings, openingLenses));
  all.add(new SourceLenses(programs, settings, openValueLenses));
  all.add(new SourceProblems(sources));
  return all;
}
