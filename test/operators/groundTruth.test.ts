import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readTflite } from '../../src/core/formats/tflite/reader';
import type { Graph, Model, Operator } from '../../src/core/model/model';
import { operatorName } from '../../src/core/model/model';
import { refusedOperators, type RefusedOperator } from '../../src/core/operators/modelSupport';
import { definitionOf, macsOf, shapeProblemOf } from '../../src/core/operators/operators';
import { readSharedJson, sharedModelBytes, sharedModels, sharedModelsMissing } from '../support/models';

/** What real TFLM did, by model, kernel library and core. */
type Outcomes = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, Outcome>>>>>>;
interface Outcome {
  readonly status: string;
  readonly error?: string;
}

/** `pc=…` is a crash of the measuring program after TFLM had already given up; the other cores have the message. */
const crash = /'fault'/;

/** What TFLM says, and the codes that mean the same. */
const causes: readonly (readonly [RegExp, readonly string[]])[] = [
  [/op code CUSTOM/, ['operator-custom-unknown', 'operator-needs-driver']],
  [/Didn't find op for builtin opcode/, ['operator-unsupported']],
  [/Hybrid models|FLOAT32 with filter type: INT8/, ['hybrid-operator']],
  [
    /Input data type not supported|not supported by|currently not supported|UINT8 not supported|was not true|failed to invoke/,
    ['type-unsupported'],
  ],
];

/**
 * The first operator that TFLM refuses in each model that it does not run: its place, kind and code. It refuses most of
 * them while allocating, the last four not before the first inference.
 */
const refusedModels: Readonly<Record<string, string>> = {
  tflm_person_detect_vela: '0 ethos-u operator-needs-driver',
  mlperf_model_ToyCar_quant: '0 FULLY_CONNECTED hybrid-operator',
  mlperf_kws_ref_model_float32: '0 CONV_2D hybrid-operator',
  mlonmcu_MNIST_model_quantized: '2 FULLY_CONNECTED hybrid-operator',
  mlonmcu_model_data_pruned: '2 FULLY_CONNECTED hybrid-operator',
  mlonmcu_custom: '0 Complex operator-custom-unknown',
  mlonmcu_model_with_reverse_sequence: '0 REVERSE_SEQUENCE operator-unsupported',
  aieq_insert_dequant_test: '1 CONV_2D type-unsupported',
  aieq_partly_quantized_mnist: '6 FULLY_CONNECTED hybrid-operator',
  aieq_sdpa_composite: '5 STABLEHLO_COMPOSITE operator-unsupported',
  aieq_simple_composite: '0 STABLEHLO_COMPOSITE operator-unsupported',
  aieq_single_select: '0 SELECT operator-unsupported',
  coral_model_invoking_error: '0 fake-op-double operator-custom-unknown',
  coral_split_concat: '0 CONCATENATION type-unsupported',
  mlonmcu_model_with_detection_postprocess: '0 TFLite_Detection_PostProcess type-unsupported',
  mlonmcu_model_with_detection_postprocess_static: '0 TFLite_Detection_PostProcess type-unsupported',
  mlonmcu_model_with_logistic: '0 LOGISTIC type-unsupported',
  aieq_single_transpose_int32: '0 TRANSPOSE type-unsupported',
};

/** Multiply-accumulates of whole models: the sums over their layers' shapes, worked out apart from this program. */
const totals: Readonly<Record<string, number>> = {
  // 320,000 + 4 x (72,000 + 512,000) + 768. MLPerf Tiny gives 2.66 M.
  mlperf_kws_ref_model: 2_656_768,
  // MLPerf Tiny gives 7.49 M.
  mlperf_vww_96_int8: 7_489_664,
  // MLPerf Tiny gives 12.5 M.
  mlperf_pretrainedResnet_quant: 12_501_632,
  // 640 x 128 + 3 x 128 x 128 + 128 x 8 + 8 x 128 + 3 x 128 x 128 + 128 x 640. MLPerf Tiny gives 0.264 M.
  mlperf_model_ToyCar_quant_fullint: 264_192,
  // 28 steps x 4 gates x 20 cells x (28 + 20) + 560 x 10.
  tflm_trained_lstm_int8: 113_120,
};

const runs = (outcome: Outcome | undefined): boolean => outcome?.status === 'ok';

describe('support against what real TFLM did', { skip: sharedModelsMissing }, () => {
  const names = sharedModels().map(({ name }) => name);
  const allocated = sharedModelsMissing === false ? readSharedJson<Outcomes>('arena.json') : {};
  const invoked = sharedModelsMissing === false ? readSharedJson<Outcomes>('insns.json') : {};

  for (const library of ['reference', 'cmsis_nn'] as const) {
    it(`refuses what ${library} refuses, for the same cause, and nothing else`, () => {
      for (const name of names) {
        const model = read(name);
        const first = refusedOperators(model, library)[0];
        for (const core of Object.keys(allocated[name]?.[library] ?? {})) {
          const allocation = allocated[name][library][core];
          const outcome = runs(allocation) ? invoked[name]?.[library]?.[core] : allocation;
          // Some models were not run on every core: allocation alone is then no proof that they run.
          if (outcome === undefined) continue;
          compare(`${name} ${library} ${core}`, outcome, first);
          assert.equal(first?.refusal.when !== 'allocating', runs(allocation), `${name} ${library} ${core}`);
        }
        assert.equal(first === undefined ? undefined : line(first), refusedModels[name], name);
      }
    });
  }

  it('finds no contradiction between shapes in models that were trained and converted', () => {
    const problems = names.flatMap((name) =>
      eachOperator(read(name)).map(([node, graph]) => shapeProblemOf(node, graph)),
    );
    assert.deepEqual(
      problems.filter((problem) => problem !== undefined),
      [],
    );
  });

  it('counts MACs for every operator that is known, save those of an accelerator', () => {
    const lacking = names.flatMap((name) =>
      eachOperator(read(name))
        .filter(([node, graph]) => definitionOf(node) !== undefined && macsOf(node, graph) === undefined)
        .map(([node]) => `${name} ${operatorName(node)}`),
    );
    assert.deepEqual(lacking, ['tflm_person_detect_vela ethos-u']);
  });

  for (const [name, expected] of Object.entries(totals)) {
    it(`counts ${expected} MACs in ${name}`, () => {
      const macs = eachOperator(read(name)).reduce((sum, [node, graph]) => sum + macsOf(node, graph)!, 0);
      assert.equal(macs, expected);
    });
  }
});

function read(name: string): Model {
  return readTflite(sharedModelBytes(name)).model;
}

function eachOperator(model: Model): readonly (readonly [Operator, Graph])[] {
  return model.graphs.flatMap((graph) => graph.operators.map((node) => [node, graph] as const));
}

function line({ operator, refusal }: RefusedOperator): string {
  return `${operator.index} ${operatorName(operator)} ${refusal.code}`;
}

/** TFLM's message names the operator: by number while preparing or running, by kind when it has none of that name. */
function compare(what: string, outcome: Outcome, first: RefusedOperator | undefined): void {
  assert.equal(first === undefined, runs(outcome), `${what}: ${outcome.error ?? outcome.status}`);
  if (first === undefined || outcome.error === undefined || crash.test(outcome.error)) return;
  const message = `${what}: ${outcome.error} against ${line(first)}`;
  const node = /Node (?<name>\S+) \(number (?<index>\d+)\)/.exec(outcome.error)?.groups;
  if (node !== undefined) {
    assert.equal(
      `${first.operator.index} ${operatorName(first.operator)}`,
      `${node['index']} ${node['name']}`,
      message,
    );
  } else {
    assert.equal(first.operator.kind, /op code (\S+)/.exec(outcome.error)?.[1], message);
  }
  const codes = causes.find(([pattern]) => pattern.test(outcome.error!))?.[1] ?? [];
  // With the reference kernels, TFLM calls any pair of types that it does not know a hybrid model.
  const sayHybrid = codes.includes('hybrid-operator') && first.refusal.code === 'type-unsupported';
  assert.ok(codes.includes(first.refusal.code) || sayHybrid, message);
}
