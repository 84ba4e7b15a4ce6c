import type { KernelMaker } from './kernel';
import { add, sub } from './kernels/addSub';
import { concatenation } from './kernels/concatenation';
import { conv2d } from './kernels/conv2d';
import { sameElements } from './kernels/copies';
import { depthwiseConv2d } from './kernels/depthwiseConv2d';
import { fullyConnected } from './kernels/fullyConnected';
import { mul } from './kernels/mul';
import { pad } from './kernels/pad';
import { averagePool2d, l2Pool2d, maxPool2d } from './kernels/pool2d';
import { dequantize, quantize } from './kernels/quantize';
import { mean, reduceAll, reduceMax, reduceMin, sum } from './kernels/reduce';
import { logistic, tanh } from './kernels/sigmoids';
import { softmax } from './kernels/softmax';

/** Every operator that can be executed, by its name in TFLite's schema or its custom code: a new one is one line here. */
export const kernels: Readonly<Record<string, KernelMaker>> = {
  ADD: add,
  AVERAGE_POOL_2D: averagePool2d,
  CONCATENATION: concatenation,
  CONV_2D: conv2d,
  DEPTHWISE_CONV_2D: depthwiseConv2d,
  DEQUANTIZE: dequantize,
  EXPAND_DIMS: sameElements,
  FULLY_CONNECTED: fullyConnected,
  L2_POOL_2D: l2Pool2d,
  LOGISTIC: logistic,
  MAX_POOL_2D: maxPool2d,
  MEAN: mean,
  MUL: mul,
  PAD: pad,
  PADV2: pad,
  QUANTIZE: quantize,
  REDUCE_ALL: reduceAll,
  REDUCE_MAX: reduceMax,
  REDUCE_MIN: reduceMin,
  RESHAPE: sameElements,
  SOFTMAX: softmax,
  SQUEEZE: sameElements,
  SUB: sub,
  SUM: sum,
  TANH: tanh,
};
