import type { OptionValue } from '../../model/model';
import { input, output, type KernelMaker } from '../kernel';

/** VAR_HANDLE: the number of a variable. It is known before anything runs. */
export const varHandle: KernelMaker = (call) => {
  const options = call.operator.options?.values;
  const handle = output(call).int32;
  handle[0] = call.machine.variable(text(options?.container), text(options?.sharedName));
  return () => undefined;
};

function text(value: OptionValue): string {
  return typeof value === 'string' ? value : '';
}

export const readVariable: KernelMaker = (call) => {
  const handle = input(call, 0).int32;
  const to = output(call).bytes;
  return () => to.set(call.machine.variableMemory(handle[0], to.length, 0).subarray(0, to.length));
};

/**
 * ASSIGN_VARIABLE. The first of a variable's decides what it holds at the beginning: its zero point in every byte.
 * Source: MicroResourceVariables::Allocate() in tensorflow/lite/micro/micro_resource_variable.cc.
 */
export const assignVariable: KernelMaker = (call) => {
  const handle = input(call, 0).int32;
  const value = input(call, 1);
  const memory = (): Uint8Array =>
    call.machine.variableMemory(handle[0], value.bytes.length, (value.zeroPoint << 24) >> 24);
  memory();
  return () => {
    const target = memory();
    target.set(value.bytes.subarray(0, target.length));
  };
};
