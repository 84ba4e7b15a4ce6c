import { Option } from 'commander';
import type { EdgeLayout } from '../core/compress/tflm/channelsLast';

/** How the inputs and outputs of an ONNX file lie in what is made of it, for every command that makes a file. */
export function layoutOption(): Option {
  const layouts: readonly EdgeLayout[] = ['nhwc', 'file'];
  const description = 'inputs and outputs of ONNX: channels last, or as the file has them';
  return new Option('--layout <order>', description).choices(layouts).default(layouts[0]);
}
