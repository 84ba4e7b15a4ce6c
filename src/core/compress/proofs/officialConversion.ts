import { compareManners } from '../../estimate/manners';
import type { MannerComparison, MannerCosts } from '../../estimate/mannerComparison';
import type { Report } from '../../estimate/report';
import type { ConvertedNumbers } from '../../formats/programChoice';
import type { ReadResult } from '../../formats/readResult';
import type { Place } from '../costs';
import type { CompressionResult } from '../kind';
import type { OfficialConversion, OfficialSide } from '../proof';
import { totalsOf } from '../totals';

/** Layers that a proof tells apart. */
const mostLayers = 12;

/** A result with what the official converter would have made of the Keras file that it comes from. */
export function withOfficial(
  result: CompressionResult,
  numbers: ConvertedNumbers | undefined,
  { manners, ...place }: Place & Pick<ReadResult, 'manners'>,
): CompressionResult {
  if (manners === undefined || numbers === undefined) return result;
  const made = (): ReturnType<typeof manners> => manners(numbers === 'float32' ? undefined : numbers);
  const comparison = compareManners(place, { manners: made });
  return comparison === undefined
    ? result
    : { ...result, proof: { ...result.proof, official: officialOf(comparison, result.proof.after) } };
}

function officialOf({ official, refused, batch, layers }: MannerComparison, after: Report): OfficialConversion {
  const totals = totalsOf(after);
  const told = layers.filter(({ sides }) => sides !== undefined);
  return {
    ...(official && { official: sideOf(official.operators.length, official) }),
    result: sideOf(after.model.operators, { ...totals, ramBytes: totals.arenaBytes }),
    ...(refused === undefined ? {} : { refused }),
    ...(batch === undefined ? {} : { batch }),
    layers: told.slice(0, mostLayers).map(({ name, kind, sides }) => ({
      ...{ name, kind },
      official: sides!.official.operators,
      ours: sides!.ours.operators,
    })),
    moreLayers: Math.max(0, told.length - mostLayers),
    // What is refused is said once, of the whole.
    troubles: layers.flatMap(({ troubles }) =>
      troubles.filter(({ isRefusal }) => !isRefusal || refused === undefined).map(({ message }) => message),
    ),
  };
}

function sideOf(operators: number, { ramBytes, flashBytes, cycles }: MannerCosts): OfficialSide {
  return {
    operators,
    ...(ramBytes === undefined ? {} : { ramBytes: ramBytes }),
    ...(flashBytes === undefined ? {} : { flashBytes }),
    ...(cycles === undefined ? {} : { cycles: Math.round(cycles) }),
  };
}
