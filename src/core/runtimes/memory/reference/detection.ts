import { dimension, inputOf } from '../../operands';
import { tensorsAt, type PreparedOperator, type KernelMemory, type PrepareRequests } from '../kernelMemory';
import { readFlexMap } from '../../../operators/flexbuffer';

/**
 * Non-maximum suppression of boxes.
 * Source: tensorflow/tflite-micro 90b983c2, tensorflow/lite/micro/kernels/detection_postprocess.cc.
 */
export const detectionKernels: readonly (readonly [string, KernelMemory])[] = [
  [
    'TFLite_Detection_PostProcess',
    { state: 'OpDataDetectionPostProcess', temporaries: tensorsAt([0, 1, 2], []), prepare: detection },
  ],
];

function detection(call: PreparedOperator): PrepareRequests | undefined {
  const options = readFlexMap(call.operator.customOptions);
  const boxesTensor = inputOf(call, 0);
  const scores = inputOf(call, 1);
  const detections = options?.integer('max_detections');
  const classes = options?.integer('num_classes');
  if (boxesTensor === undefined || scores === undefined) return undefined;
  if (detections === undefined || classes === undefined) return undefined;
  const boxes = dimension(boxesTensor, 1);
  const perBox = 4 * boxes;
  return {
    scratch: [
      boxes,
      4 * perBox,
      4 * dimension(scores, 1) * dimension(scores, 2),
      perBox,
      perBox,
      detections * perBox,
      detections * perBox,
      perBox,
      detections * perBox,
      Math.max(classes, detections) * perBox,
      Math.min(boxes, detections) * perBox,
    ],
  };
}
