import type { DataType } from '../../src/core/model/dataType';
import type { Graph, Operator, OptionValue, Tensor } from '../../src/core/model/model';
import { graph, operator, options, quantized, tensor } from '../support/build';

/** A graph of one operator, and that operator. */
export interface OneOperator {
  readonly operator: Operator;
  readonly graph: Graph;
}

/**
 * A graph of one operator written as text: its inputs, `->`, its outputs. A tensor is `type[shape]`, with `=1,2` a
 * constant of these integers, with `!` a constant of zeros, with `~` a variable, with `@0.5,-128` quantized, with
 * `@0.5|0.25,0,3` quantized per channel along dimension 3; `-` is an optional input that is absent. A kind that holds a
 * lower-case letter is a custom operator, like those in `customKinds`.
 */
export function one(kind: string, text: string, values: Readonly<Record<string, OptionValue>> = {}): OneOperator {
  const [inputs, outputs] = text.split('->').map((side) => side.trim().split(/\s+/).filter(Boolean));
  const tensors: Tensor[] = [];
  const add = (token: string): number => (token === '-' ? -1 : tensors.push(tensorOf(token)) - 1);
  const custom = /[a-z]/.test(kind) || customKinds.has(kind);
  const node = operator(custom ? 'CUSTOM' : kind, (inputs ?? []).map(add), (outputs ?? []).map(add), {
    ...(custom ? { customCode: kind } : {}),
    ...(Object.keys(values).length > 0 ? { options: options('Options', values) } : {}),
  });
  const whole = graph(tensors, [node]);
  return { operator: whole.operators[0], graph: whole };
}

const customKinds: ReadonlySet<string> = new Set(['CIRCULAR_BUFFER', 'TFLM_DECODE']);

function tensorOf(token: string): Tensor {
  const parts =
    /^(?<type>\w+)\[(?<shape>[-\d,]*)\](?<how>!|~|=[-\d,]+)?(@(?<scales>[\d.e|-]+),(?<zero>-?\d+)(,(?<axis>\d+))?)?$/.exec(
      token,
    );
  if (parts?.groups === undefined) throw new Error(`"${token}" is no tensor.`);
  const { type, shape, how = '', scales, zero, axis } = parts.groups as Record<string, string | undefined>;
  const sizes = shape === '' ? [] : shape!.split(',').map(Number);
  const scaleList = scales?.split('|').map(Number) ?? [];
  return tensor('t', type as DataType, sizes, {
    isVariable: how === '~',
    ...(how.startsWith('=') ? { data: integers(type!, how.slice(1).split(',').map(Number)) } : {}),
    ...(how === '!' ? { data: new Uint8Array(8) } : {}),
    ...(scales === undefined
      ? {}
      : {
          quantization: quantized(
            scaleList,
            scaleList.map(() => Number(zero)),
            Number(axis ?? 0),
          ),
        }),
  });
}

function integers(type: string, values: readonly number[]): Uint8Array {
  const arrays: Readonly<Record<string, () => ArrayBufferLike>> = {
    int16: () => new Int16Array(values).buffer,
    int32: () => new Int32Array(values).buffer,
    int64: () => new BigInt64Array(values.map(BigInt)).buffer,
  };
  const make = arrays[type];
  if (make === undefined) throw new Error(`Constants of type ${type} are not written as text.`);
  return new Uint8Array(make());
}
