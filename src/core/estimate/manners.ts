import type { ReadResult } from '../formats/readResult';
import type { KerasLayer } from '../keras/kerasModel';
import type { MannerConversion, Manners } from '../keras/manners';
import { operatorName } from '../model/model';
import type { Target } from '../runtimes/target';
import type { Limits } from './budget';
import { estimate } from './estimate';
import { isPartialTime } from './latency';
import {
  savings,
  type LayerManners,
  type MannerComparison,
  type MannerCosts,
  type MannerSide,
} from './mannerComparison';
import type { LayerFacts } from './report';

/** Where a model would run. */
interface MannersPlace {
  readonly path: string;
  readonly target: Target;
  readonly limits: Limits;
}

interface CostedConversion extends MannerConversion {
  readonly whole: MannerSide;
  readonly facts: readonly LayerFacts[];
}

/** Both manners of a Keras model on its target; nothing of every other model. */
export function compareManners(
  subject: MannersPlace,
  { manners }: Pick<ReadResult, 'manners'>,
): MannerComparison | undefined {
  const both = manners?.();
  if (both === undefined) return undefined;
  const official = both.official && costed(both.official, subject);
  const ours = both.ours && costed(both.ours, subject);
  const { shown, refused } = both;
  const batch = official && batchText(both);
  return {
    shown,
    ...(official && { official: official.whole }),
    ...(ours && { ours: ours.whole }),
    ...(refused === undefined ? {} : { refused }),
    ...(batch === undefined ? {} : { batch }),
    layers: layersOf(both, official, ours),
  };
}

function batchText({ refused, isBatchOpen }: Manners): string | undefined {
  if (refused !== undefined) return 'What follows is with the batch fixed.';
  return isBatchOpen ? 'With the batch left open, as Keras builds the model.' : undefined;
}

function costed(conversion: MannerConversion, { path, target, limits }: MannersPlace): CostedConversion {
  const { report } = estimate(conversion.model, path, target, limits);
  const facts = report.layers.filter(({ graph }) => graph === 0);
  const operators = conversion.model.graphs[0].operators.map(operatorName);
  const [ramBytes, flashBytes] = [report.arena?.minimumBytes, report.flash?.totalBytes];
  return { ...conversion, facts, whole: { operators, ...known({ ramBytes, flashBytes, cycles: cyclesOf(report) }) } };
}

/** Of the whole only where every operator's are known. */
function cyclesOf({ latency }: ReturnType<typeof estimate>['report']): number | undefined {
  return isPartialTime(latency) ? undefined : latency?.cycles;
}

function layersOf(
  { shown, troubles }: Manners,
  official: CostedConversion | undefined,
  ours: CostedConversion | undefined,
): readonly LayerManners[] {
  const shownLayers = (shown === 'official' ? official : ours)?.layers ?? [];
  const positions = new Map<KerasLayer, number[]>();
  shownLayers.forEach((layer, index) => positions.set(layer, [...(positions.get(layer) ?? []), index]));
  return [...positions].flatMap(([layer, at]): readonly LayerManners[] => {
    const own = troubles.flatMap((trouble) => {
      const { message, isRefusal } = trouble;
      return trouble.layer === layer ? [{ message, isRefusal }] : [];
    });
    const pair = official && ours && { official: sideOf(official, layer), ours: sideOf(ours, layer) };
    const sides = pair && savesSomething(pair) ? pair : undefined;
    if (sides === undefined && own.length === 0) return [];
    const { name, className: kind } = layer;
    return [{ name, kind, shown: at, ...(sides && { sides }), troubles: own }];
  });
}

function sideOf({ facts, layers }: CostedConversion, layer: KerasLayer): MannerSide {
  const own = facts.filter((_, index) => layers[index] === layer);
  const operators = own.map(({ operator }) => operator);
  // What a loop takes lies in graphs of their own, whose operators are no layer's here.
  if (operators.includes('WHILE')) return { operators };
  return {
    operators,
    ...known({
      ramBytes: own.reduce<number | undefined>((most, { ramBytes }) => both(most, ramBytes, Math.max), 0),
      flashBytes: own.reduce<number | undefined>((sum, { flashBytes }) => both(sum, flashBytes, plus), 0),
      cycles: own.reduce<number | undefined>((sum, { cycles }) => both(sum, cycles, plus), 0),
    }),
  };
}

/** Equal operators cost the same: what differs then comes from other layers. */
function savesSomething({ official, ours }: NonNullable<LayerManners['sides']>): boolean {
  if (official.operators.join() === ours.operators.join()) return false;
  return official.operators.length > ours.operators.length || savings(official, ours).some(({ saved }) => saved > 0);
}

/** What is not known of a part is not known of the whole. */
function both(
  left: number | undefined,
  right: number | undefined,
  join: (left: number, right: number) => number,
): number | undefined {
  return left === undefined || right === undefined ? undefined : join(left, right);
}

function plus(left: number, right: number): number {
  return left + right;
}

function known({ ramBytes, flashBytes, cycles }: MannerCosts): MannerCosts {
  return {
    ...(ramBytes === undefined ? {} : { ramBytes }),
    ...(flashBytes === undefined ? {} : { flashBytes }),
    ...(cycles === undefined ? {} : { cycles: Math.round(cycles) }),
  };
}
