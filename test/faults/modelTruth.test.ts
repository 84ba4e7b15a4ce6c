import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { it } from 'node:test';
import { wrongAnswers } from '../../src/core/faults/wrongAnswers';
import { readModel } from '../../src/core/formats/formats';
import { refusedOperators } from '../../src/core/operators/modelSupport';

const folder = resolve(__dirname, '../../../shared/data/models');
const missing = existsSync(folder) ? false : 'shared/data is not beside the repository';

/** Public models that real TFLM of October 2026 (64 bit, reference kernels) refuses. */
const refused: readonly string[] = [
  'aieq_insert_dequant_test',
  'aieq_partly_quantized_mnist',
  'aieq_sdpa_composite',
  'aieq_simple_composite',
  'aieq_single_transpose_int32',
  'coral_split_concat',
  'mlonmcu_MNIST_model_quantized',
  'mlonmcu_model_data_pruned',
  'mlonmcu_model_with_detection_postprocess',
  'mlonmcu_model_with_detection_postprocess_static',
  'mlonmcu_model_with_logistic',
  'mlonmcu_model_with_reverse_sequence',
  'mlperf_kws_ref_model_float32',
  'mlperf_model_ToyCar_quant',
];

/** Those that TF Lite itself does not run, so that there is nothing to compare with, and what is said of them. */
const withoutReference: Readonly<Record<string, string>> = {
  aieq_single_gather_nd_with_const_params: 'right',
  aieq_single_select: 'refused',
  // Sizes that are inputs of the model.
  aieq_single_slice: 'wrong',
  coral_model_invoking_error: 'refused',
  mlonmcu_custom: 'refused',
  seanet_transpose_conv1: 'wrong',
  tflm_audio_preprocessor_float: 'right',
  tflm_audio_preprocessor_int8: 'right',
  tflm_keyword_scrambled_8bit: 'right',
  tflm_person_detect: 'right',
  tflm_person_detect_vela: 'refused',
};

function verdict(name: string): string {
  const path = `${name}.tflite`;
  const { model } = readModel({ bytes: readFileSync(`${folder}/${path}`), path });
  if (refusedOperators(model, 'reference').length > 0) return 'refused';
  return wrongAnswers(model).some(({ outcome }) => outcome === 'wrong') ? 'wrong' : 'right';
}

it('judges public models as real TFLM does', { skip: missing }, () => {
  const names = readdirSync(folder).map((file) => file.replace(/\.tflite$/, ''));
  const told = names.map((name) => [name, verdict(name)] as const).filter(([, said]) => said !== 'right');
  const expected = { ...withoutReference, ...Object.fromEntries(refused.map((name) => [name, 'refused'])) };
  // All others answer as TF Lite does, but for roundings. Its dense layers round once where TFLM rounds twice, which
  // our evaluator does in one mode each, bit for bit: a step of the output's scale of mltk_anomaly_detection (0.87) and
  // mlperf_model_ToyCar_quant_fullint (0.38), one of the logits of mltk_image_classification, 5 behind its softmax. The
  // gates of its LSTM look up other tables: up to 7 steps of tflm_dtln_noise_suppression.
  assert.deepStrictEqual(
    Object.fromEntries(told),
    Object.fromEntries(Object.entries(expected).filter(([, said]) => said !== 'right')),
  );
  assert.strictEqual(names.length, 234);
});
