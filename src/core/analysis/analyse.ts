import { estimate } from '../estimate/estimate';
import type { Estimate } from '../estimate/estimate';
import { withIds } from '../estimate/findings';
import type { Finding, Report } from '../estimate/report';
import { formats } from '../formats/formats';
import { renderListing } from '../listing/render';
import type { Listing } from '../listing/listing';
import { measuredReport } from '../measure/measured';
import { modelHash } from '../measure/measurement';
import type { Model, Operator } from '../model/model';
import { originOf, type Origin, type Origins } from '../model/origin';
import type { Problem } from '../model/problem';
import { supportIn } from '../operators/modelSupport';
import type { Support } from '../operators/operator';
import { runtimeById } from '../runtimes/runtimes';
import type { Target } from '../runtimes/target';
import { findProblems } from '../rules/rules';
import type { Analysis, AnalysisRequest } from './analysis';
import { withBelievedShapes } from './believedShapes';
import { operatorCards, tensorCards } from './cards';
import { inWordsOf } from './inWordsOf';
import { subjectOf } from './subject';

/**
 * Everything there is to say about one model on one target: pure, and the only way in for editor, command line and
 * tests. Throws `ModelError` when there is no model in the bytes, `HumanError` when the target is not understood.
 */
export function analyse(request: AnalysisRequest, known = formats): Analysis {
  return analysisOf(request, known, 'apart');
}

/** `costs`: apart from the listing's text, or columns of it. */
function analysisOf(request: AnalysisRequest, known: typeof formats, costs: 'apart' | 'columns'): Analysis {
  const { model, target, limits, origins, program, problems: ownProblems } = subjectOf(request, known);
  const whole = withBelievedShapes(estimate(model, request.path, target, limits), model);
  const { estimated, problems: measuringProblems } = withMeasured(
    program === undefined ? whole : { ...whole, report: asModelled(whole.report) },
    request,
  );
  const support = supportOfAll(model, target);
  const isUntrained = program !== undefined;
  const context = { model, target, limits, estimate: estimated, support, isUntrained };
  const found = findProblems(context, request.rules ?? {});
  const said = program === undefined ? found : inWordsOf(program, found);
  const problems = [...ownProblems, ...measuringProblems, ...said].map((problem) =>
    withOrigin(problem, problem, origins),
  );
  const layers = estimated.report.layers.map((layer) =>
    withOrigin(layer, { graph: layer.graph, operator: layer.position }, origins),
  );
  const costed = program?.isCosted === false ? withoutCosts(estimated.report) : estimated.report;
  const report = { ...costed, layers, findings: findingsOf(problems, estimated) };
  const { macs, bytes } = report.model;
  const source = { model, title: fileName(request.path), macs, bytes };
  return {
    report,
    listing: renderListing(costs === 'columns' ? { ...source, costs: report } : source),
    problems,
    operators: operatorCards(model),
    tensors: tensorCards(model),
    arenaDetail: estimated.report.arena?.detail,
    ...(program === undefined ? {} : { program }),
  };
}

/** The listing of a model with its costs as text columns, for a diff or a terminal. */
export function listingWithCosts(
  request: AnalysisRequest,
  known = formats,
): { readonly listing: Listing; readonly analysis: Analysis } {
  const analysis = analysisOf(request, known, 'columns');
  return { listing: analysis.listing, analysis };
}

/** The model is hashed only where there is something to compare with. */
function withMeasured(
  estimated: Estimate,
  { measured, bytes }: AnalysisRequest,
): { readonly estimated: Estimate; readonly problems: readonly Problem[] } {
  if (measured === undefined || measured.measurements.length === 0) return { estimated, problems: [] };
  const { report, problems } = measuredReport(estimated.report, measured, modelHash(bytes));
  return { estimated: { ...estimated, report }, problems };
}

/** Of a program: the file that a converter will make of it is not there to be exact about. */
function asModelled({ arena, flash, ...report }: Estimate['report']): Estimate['report'] {
  return {
    ...report,
    ...(arena && { arena: { ...arena, basis: 'modelled' } }),
    ...(flash && { flash: { ...flash, basis: 'modelled' } }),
  };
}

/** Of a program that leaves too much open: nothing that is not known is a figure. */
function withoutCosts({ model, target, budget, layers }: Omit<Report, 'findings'>): Omit<Report, 'findings'> {
  return { model, target, budget, layers, lowerBound: true };
}

function fileName(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}

/** With where it came from, unless it says so itself. */
function withOrigin<Placed extends { readonly origin?: Origin }>(
  placed: Placed,
  place: { readonly graph?: number; readonly operator?: number },
  origins: Origins | undefined,
): Placed {
  const origin = placed.origin ?? originOf(origins, place);
  return origin === undefined ? placed : { ...placed, origin };
}

function supportOfAll({ graphs }: Model, target: Target): ReadonlyMap<Operator, Support> {
  const library = runtimeById(target.runtime)?.kernelLibrary;
  return new Map(graphs.flatMap((graph) => [...supportIn(graph, library)]));
}

function findingsOf(problems: readonly Problem[], { placed, report }: Estimate): readonly Finding[] {
  const findings = problems.map(({ code, severity, message, graph, operator, origin, isRule, fixes, setting }) => {
    const layer = placed.findIndex((each) => each.graph.index === graph && each.operator.index === operator);
    const finding = { code, severity, message, layer: layer < 0 ? undefined : layer, isRule, fixes, setting };
    return origin === undefined ? finding : { ...finding, origin };
  });
  return withIds(findings, report.layers);
}
