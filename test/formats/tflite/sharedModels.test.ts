import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readTflite } from '../../../src/core/formats/tflite/reader';
import { writeTflite } from '../../../src/core/formats/tflite/writer';
import type { Graph, Model, Operator } from '../../../src/core/model/model';
import { sharedModelBytes, sharedModels, sharedModelsMissing, type SharedModel } from '../../support/models';

/** What `models.json`, made by another reader, says of a model; here said of ours. Buffers are not part of a model. */
function facts(model: Model): Partial<SharedModel> {
  const operators = model.graphs.flatMap((graph) => graph.operators.map(kindText));
  return {
    bytes: model.fileBytes,
    op_count: operators.length,
    op_types: [...new Set(operators)].sort(),
    subgraphs: model.graphs.map((graph) => ({
      name: graph.name,
      tensors: graph.tensors.length,
      operators: graph.operators.map(kindText),
      inputs: graph.inputs.map((index) => tensorFacts(graph, index)),
      outputs: graph.outputs.map((index) => tensorFacts(graph, index)),
    })),
    metadata: model.metadata.map((entry) => entry.name),
    version: model.formatVersion,
    description: model.description ?? '',
  };
}

function expectedFacts({
  bytes,
  op_count,
  op_types,
  subgraphs,
  metadata,
  version,
  description,
}: SharedModel): Partial<SharedModel> {
  return {
    bytes,
    op_count,
    op_types: [...op_types].sort(),
    subgraphs,
    metadata,
    version,
    description: description ?? '',
  };
}

function kindText(operator: Operator): string {
  return operator.customCode === undefined ? operator.kind : `CUSTOM:${operator.customCode}`;
}

function tensorFacts(graph: Graph, index: number): SharedModel['subgraphs'][number]['inputs'][number] {
  const { shape, type } = graph.tensors[index];
  return { index, shape, type: type.toUpperCase() };
}

describe('The shared models', { skip: sharedModelsMissing }, () => {
  it('are there', () => assert.equal(sharedModels().length, 234));

  for (const row of sharedModels()) {
    it(`${row.name} reads as another reader read it, nothing unknown, and is the same when written and read again`, () => {
      const bytes = sharedModelBytes(row.name);
      const { model, problems } = readTflite(bytes);
      assert.deepStrictEqual(problems, []);
      assert.deepStrictEqual(facts(model), expectedFacts(row));
      const again = readTflite(writeTflite(model));
      assert.deepStrictEqual({ ...again, model: { ...again.model, fileBytes: bytes.byteLength } }, { model, problems });
    });
  }
});
