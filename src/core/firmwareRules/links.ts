import { differencesOf } from '../lineage/differences';
import type { Lineage, Printed } from '../lineage/lineages';
import { lineagesOf } from '../lineage/lineages';
import type { ModelPrint } from '../lineage/print';
import { printOf } from '../lineage/print';
import type { Model } from '../model/model';
import { enoughArena, isSure } from './needs';
import type { BuiltModel, FirmwareModel, GivenArena, ModelLink, ModelPairing } from './rule';

interface PrintedHeld extends Printed {
  readonly model: FirmwareModel;
}

/** Which programs made the models of a firmware: by what the models are, names decide only between equals. */
export function modelLinks(
  built: readonly BuiltModel[],
  models: readonly FirmwareModel[],
  pairings: readonly ModelPairing[],
): readonly ModelLink[] {
  if (built.length === 0) return [];
  // A file that no array and no interpreter holds is in no firmware.
  const held = models.filter(
    (model) => model.array !== undefined || pairings.some((pairing) => pairing.models.includes(model)),
  );
  return lineagesOf(built, held.map(printed)).map((lineage) => linkOf(lineage, pairings));
}

function linkOf(
  { source, held: { model, print }, likeness, isSure: isAlone }: Lineage<BuiltModel, PrintedHeld>,
  pairings: readonly ModelPairing[],
): ModelLink {
  const { hasSameNumbers } = likeness;
  const numbers =
    hasSameNumbers || !source.areNumbersSaid
      ? []
      : [`it is converted to ${source.print.numbers}, and ${print.numbers} in the firmware`];
  const given = givenArena(model, pairings);
  const differences = [...differencesOf(source.print, print, likeness), ...numbers];
  const isSame = differences.length === 0;
  // Figures of other numbers than the firmware's say nothing about its arena, unless somebody wants these numbers.
  const isComparable = hasSameNumbers || source.areNumbersSaid;
  const need = isSame && hasSameNumbers ? enoughArena(model) : isComparable ? source.needFor(model) : undefined;
  return {
    built: source,
    held: model,
    isSame,
    isSure: isAlone,
    differences,
    ...(given === undefined ? {} : { given }),
    ...(need === undefined ? {} : { need }),
  };
}

function printed(model: FirmwareModel): PrintedHeld {
  const { path, array } = model;
  return { model, path, print: keptPrint(model.model), names: [path, ...(array === undefined ? [] : [array])] };
}

/** A model that did not change is looked at once. */
function keptPrint(model: Model): ModelPrint {
  const print = prints.get(model) ?? printOf(model);
  prints.set(model, print);
  return print;
}

const prints = new WeakMap<Model, ModelPrint>();

/** The smallest arena in which an interpreter runs the model. */
function givenArena(model: FirmwareModel, pairings: readonly ModelPairing[]): GivenArena | undefined {
  const all = pairings.flatMap((pairing): readonly GivenArena[] => {
    const { arena, models } = pairing;
    if (!models.includes(model) || arena?.size === undefined || arena.isShared) return [];
    return [{ size: arena.size, pairing, isSure: isSure(pairing) }];
  });
  return all.length === 0
    ? undefined
    : all.reduce((least, each) => (each.size.value < least.size.value ? each : least));
}
