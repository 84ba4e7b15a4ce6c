import type { Tensor } from '../../model/model';
import { sliceStride } from '../../model/values/real';
import { encode, storedValues } from '../../model/values/stored';
import { lookup } from '../../text/lookup';

/** The dimension of the output channels of each layer's weights. */
const axes: Readonly<Record<string, number>> = lookup({
  CONV_2D: 0,
  DEPTHWISE_CONV_2D: 3,
  FULLY_CONNECTED: 0,
  TRANSPOSE_CONV: 0,
});

export function weightsAxis(kind: string): number | undefined {
  return axes[kind];
}

interface Layer {
  /** Of the output channels. */
  readonly axis: number;
  readonly bias: Tensor | undefined;
  /** Of what the weights are multiplied with. */
  readonly scale: number;
}

interface SignedWeights {
  readonly weights: Tensor;
  readonly bias?: Tensor;
  readonly isRounded: boolean;
}

/** uint8 weights as int8 with the zero point 0, by channel where they lie too far from theirs. */
export function signedWeights(tensor: Tensor, { axis, bias, scale: given }: Layer): SignedWeights {
  const { scales, zeroPoints } = tensor.quantization!;
  const centred = Array.from(storedValues(tensor) ?? [], (value) => value - (zeroPoints[0] ?? 0));
  const stride = sliceStride(tensor.shape, axis);
  const channels = tensor.shape[axis];
  const most = new Array<number>(channels).fill(0);
  const channelOf = (index: number): number => Math.floor(index / stride) % channels;
  centred.forEach((value, index) => {
    most[channelOf(index)] = Math.max(most[channelOf(index)], value === -128 ? 127 : Math.abs(value));
  });
  const like = { ...tensor, name: `${tensor.name}/int8`, type: 'int8' } as const;
  if (most.every((size) => size <= 127)) {
    const quantization = { ...tensor.quantization!, zeroPoints: [0] };
    return { weights: { ...like, quantization, data: encode('int8', centred) }, isRounded: false };
  }
  const factors = most.map((size) => Math.max(size, 127) / 127);
  const own = factors.map((factor) => Math.fround(scales[0] * factor));
  const data = encode(
    'int8',
    centred.map((value, index) => Math.round(value / factors[channelOf(index)])),
  );
  const zeros = own.map(() => 0);
  const sums = bias && storedValues(bias);
  return {
    weights: { ...like, quantization: { scales: own, zeroPoints: zeros, axis }, data },
    ...(bias !== undefined &&
      sums !== undefined && {
        bias: {
          ...bias,
          name: `${bias.name}/int8`,
          quantization: { scales: own.map((each) => Math.fround(each * given)), zeroPoints: zeros, axis: 0 },
          data: encode(
            bias.type,
            sums.map((value, channel) => Math.round((value * scales[0]) / own[channel])),
          ),
        },
      }),
    isRounded: true,
  };
}
