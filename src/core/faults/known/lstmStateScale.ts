import { lstmMeant } from '../../execute/kernels/lstm';
import { inputTensor, outputTensor } from '../../operators/shapes';
import { everyLibrary, scaledOtherwise, type Fault } from '../fault';

/** Positions of the hidden state among the inputs, and of what it is computed as among the intermediate tensors. */
const hiddenState = 18;
const hiddenResult = 4;

export const lstmStateScale: Fault = {
  id: 'lstm-state-scale',
  operators: ['UNIDIRECTIONAL_SEQUENCE_LSTM'],
  isOfRanges: true,
  applies: (operator, graph) => {
    const declared = graph.tensors[operator.intermediates[hiddenResult]] ?? outputTensor(operator, graph, 0);
    return scaledOtherwise(inputTensor(operator, graph, hiddenState), declared);
  },
  outcome: 'wrong',
  effect:
    'The kernel computes its output at the scale and zero point of its hidden state, and the file declares others for what it computes.',
  remedy:
    'Give the hidden state (input 18) the scale and zero point of the output, and put a QUANTIZE behind the layer where others are needed, as where both directions of a Bidirectional layer are joined.',
  source:
    'CreateInterGateParams in tensorflow/lite/micro/kernels/lstm_eval_common.cc takes the scale of output_state, where PopulateQuantizedLstmParams8x8_16 of TF Lite takes that of intermediate tensor 4; seen with tflite-micro of October 2026.',
  affected: { libraries: everyLibrary },
  meant: lstmMeant,
};
