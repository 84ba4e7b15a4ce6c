import type { ReadResult } from '../formats/readResult';
import type { SplitSamples } from '../samples/samples';
import type { Place } from './costs';
import type { EdgeLayout } from './tflm/channelsLast';

/** One compression to be done: plain data, so that a worker thread can take it. */
export interface CompressionInput<Options extends object = object> extends Place {
  /** As it was read. `path` is for people, and decides the format. */
  readonly bytes: Uint8Array;
  /** What was read from them and the files that belong to them; absent: the bytes are all there is. */
  readonly read?: Pick<ReadResult, 'model'>;
  /** How the inputs and outputs of an ONNX file lie in it, as was asked for. */
  readonly layout?: EdgeLayout;
  /** Path that the result will be written to, for the proof; nothing is written here. */
  readonly resultPath: string;
  /** Absent: random numbers stand in for them where something is measured, and the result says so. */
  readonly samples?: SplitSamples;
  readonly options: Options;
}
