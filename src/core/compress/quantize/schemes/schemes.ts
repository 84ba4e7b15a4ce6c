import { equalScaleSchemes } from './equalScale';
import { fixedScaleSchemes } from './fixedScale';
import { freeScaleSchemes } from './freeScale';
import { recurrentSchemes } from './recurrent';
import type { QuantizationScheme } from './scheme';
import { weightedSchemes } from './weighted';

const byKind = new Map(
  [...weightedSchemes, ...recurrentSchemes, ...equalScaleSchemes, ...freeScaleSchemes, ...fixedScaleSchemes].map(
    (scheme) => [scheme.kind, scheme],
  ),
);

/** How `kind` is quantized; `undefined` for an operator that stays float. */
export function schemeOf(kind: string): QuantizationScheme | undefined {
  return byKind.get(kind);
}
