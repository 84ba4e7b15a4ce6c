import type { OptionValue } from '../../src/core/model/model';
import type { KernelLibrary, SupportCode } from '../../src/core/operators/operator';
import { supportOf } from '../../src/core/operators/operators';
import { one } from './literal';

/** An operator to ask about: see `one`. */
export interface Asked {
  readonly kind: string;
  readonly graph: string;
  readonly options?: Readonly<Record<string, OptionValue>>;
  readonly library?: KernelLibrary;
}

/** Why TFLM refuses it; `undefined` when it runs. */
export function refusalOf(input: Asked): { readonly code: SupportCode; readonly reason: string } | undefined {
  const { operator, graph } = one(input.kind, input.graph, input.options);
  const support = supportOf(operator, graph, input.library);
  return support.supported ? undefined : { code: support.code, reason: support.reason };
}
