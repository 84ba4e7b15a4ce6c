import { readFlexMap } from '../../../operators/flexbuffer';
import { notExecuted, type KernelInvocation } from '../../kernel';

/** Reads integers of a custom operator's options by name; a complete sentence where one is absent. */
export function signalOptions(call: KernelInvocation): (name: string) => number {
  const options = readFlexMap(call.operator.customOptions);
  return (name) => {
    const value = options?.integer(name);
    if (value === undefined) throw notExecuted(call, `its option ${name} is absent`);
    return value;
  };
}
