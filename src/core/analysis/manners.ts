import { estimate } from '../estimate/estimate';
import { isPartialTime } from '../estimate/latency';
import type { LayerFacts } from '../estimate/report';
import type { ReadResult } from '../formats/readResult';
import type { KerasLayer } from '../keras/kerasModel';
import type { MannerConversion, Manners, MannerTrouble } from '../keras/manners';
import { operatorName } from '../model/model';
import type { Subject } from './subject';

/** What an inference takes, as far as it is known. */
export interface MannerCosts {
  /** Arena of a model; of a layer the most that is in use while it runs. */
  readonly ramBytes?: number;
  readonly flashBytes?: number;
  readonly cycles?: number;
}

/** A model, or what became of a layer, in one manner. */
export interface MannerSide extends MannerCosts {
  /** Kinds of operators of the main graph, in its order. */
  readonly operators: readonly string[];
}

/** A layer of which ours makes something else that saves something, or of which the official converter does badly. */
export interface LayerManners {
  readonly name: string;
  readonly kind: string;
  /** Positions of its operators in the main graph that is shown. */
  readonly shown: readonly number[];
  readonly sides?: { readonly official: MannerSide; readonly ours: MannerSide };
  readonly troubles: readonly MannerTrouble[];
}

/** What the official converter makes of a Keras model beside ours, on one target. */
export interface MannerComparison {
  readonly shown: Manners['shown'];
  readonly official?: MannerSide;
  readonly ours?: MannerSide;
  /** Why the official converter makes nothing of the model as it is, as a sentence. */
  readonly refused?: string;
  readonly layers: readonly LayerManners[];
}

interface CostedConversion extends MannerConversion {
  readonly whole: MannerSide;
  readonly facts: readonly LayerFacts[];
}

/** Both manners of a Keras model on its target; nothing of every other model. */
export function compareManners(subject: Subject, { manners }: ReadResult): MannerComparison | undefined {
  const both = manners?.();
  if (both === undefined) return undefined;
  const official = both.official && costed(both.official, subject);
  const ours = both.ours && costed(both.ours, subject);
  const { shown, refused } = both;
  return {
    shown,
    ...(official && { official: official.whole }),
    ...(ours && { ours: ours.whole }),
    ...(refused === undefined ? {} : { refused }),
    layers: layersOf(both, official, ours),
  };
}

function costed(conversion: MannerConversion, { path, target, limits }: Subject): CostedConversion {
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

/** What ours takes less, of what is known of both and differs; negative where it takes more. */
export function savings(
  official: MannerCosts,
  ours: MannerCosts,
): readonly { readonly cost: keyof MannerCosts; readonly saved: number }[] {
  return (['ramBytes', 'flashBytes', 'cycles'] as const).flatMap((cost) => {
    const [before, after] = [official[cost], ours[cost]];
    return before === undefined || after === undefined || before === after ? [] : [{ cost, saved: before - after }];
  });
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
