import { isPartialTime } from '../../estimate/latency';
import { compareManners } from '../../estimate/manners';
import type { MannerComparison, MannerCosts } from '../../estimate/mannerComparison';
import type { Report } from '../../estimate/report';
import type { ReadResult } from '../../formats/readResult';
import type { Place } from '../costs';
import type { CompressionRequest, CompressionResult } from '../kind';
import { quantization } from '../kinds/quantize';
import { rewriting } from '../kinds/rewrite';
import { mergedOptions } from '../kinds';
import type { OfficialConversion, OfficialSide } from '../proof';

/** Layers that a proof tells apart. */
const mostLayers = 12;

/** A result with what the official converter would have made of the Keras file that it comes from. */
export function withOfficial(
  result: CompressionResult,
  { kind, options }: CompressionRequest,
  { manners, ...place }: Place & Pick<ReadResult, 'manners'>,
): CompressionResult {
  const isConversion = kind === rewriting.id || kind === quantization.id;
  if (manners === undefined || !isConversion) return result;
  const { activations } = mergedOptions(quantization, options);
  const quantized = activations === 'int16' ? 'int16x8' : 'int8';
  const numbers = kind === quantization.id ? quantized : undefined;
  const comparison = compareManners(place, { manners: () => manners(numbers) });
  return comparison === undefined
    ? result
    : { ...result, proof: { ...result.proof, official: officialOf(comparison, result.proof.after) } };
}

function officialOf({ official, refused, layers }: MannerComparison, after: Report): OfficialConversion {
  const told = layers.filter(({ sides }) => sides !== undefined);
  return {
    ...(official && { official: sideOf(official.operators.length, official) }),
    result: sideOf(after.model.operators, costsOf(after)),
    ...(refused === undefined ? {} : { refused }),
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
    ...(ramBytes === undefined ? {} : { arenaBytes: ramBytes }),
    ...(flashBytes === undefined ? {} : { flashBytes }),
    ...(cycles === undefined ? {} : { cycles }),
  };
}

function costsOf({ arena, flash, latency }: Report): MannerCosts {
  const exact = isPartialTime(latency) ? undefined : latency?.cycles;
  const cycles = exact === undefined ? undefined : Math.round(exact);
  return { ramBytes: arena?.minimumBytes, flashBytes: flash?.totalBytes, cycles };
}
