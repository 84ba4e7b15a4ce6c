import { writeTflite } from '../../src/core/formats/tflite/writer';
import { graph, model, operator, options, quantized, tensor } from '../support/build';

/** A small file that uses most parts of the format: control flow, custom operators, sparsity, signatures, metadata. */
export function smallModelFile(): Uint8Array {
  const weights = new Uint8Array(32).map((_none, index) => index * 7);
  const pool = { padding: 'VALID', strideW: 2, strideH: 2, filterWidth: 2, filterHeight: 2 };
  const main = graph(
    [
      tensor('input', 'int8', [1, 4, 4, 1], { quantization: quantized(0.5, -3), shapeSignature: [-1, 4, 4, 1] }),
      tensor('filter', 'int8', [2, 4, 4, 1], { data: weights, quantization: quantized([0.25, 2]) }),
      tensor('same filter', 'int8', [32], {
        data: weights,
        sparsity: {
          traversalOrder: [0],
          blockMap: [],
          dimMetadata: [
            {
              format: 'SPARSE_CSR',
              denseSize: 0,
              arraySegments: { table: 'Uint16Vector', values: { values: [0, 2] } },
            },
          ],
        },
      }),
      tensor('pooled', 'int8', [1, 2, 2, 2], { hasRank: true }),
      tensor('output', 'int8', [1, 2, 2, 2], { isVariable: true }),
    ],
    [
      operator('CONV_2D', [0, 1, -1], [3], {
        options: options('Conv2DOptions', { padding: 'SAME', strideW: 1, strideH: 1 }),
      }),
      operator('AVERAGE_POOL_2D', [3], [4], { options: options('Pool2DOptions', pool), intermediates: [3] }),
      operator('CALL_ONCE', [], [], { options: options('CallOnceOptions', { initSubgraphIndex: 1 }) }),
      operator('CUSTOM', [2], [4], { customCode: 'mine', customOptions: new Uint8Array([1, 2, 3]) }),
    ],
    { inputs: [0], outputs: [4] },
  );
  const init = graph(
    [tensor('handle', 'resource', [])],
    [operator('VAR_HANDLE', [], [0], { options: options('VarHandleOptions', { sharedName: 'v' }) })],
    { name: 'init' },
  );
  return writeTflite(
    model([main, init], {
      description: 'small',
      metadata: [{ name: 'notes', data: new Uint8Array([5, 6]) }],
      signatures: [{ key: 'serve', graph: 0, inputs: [{ name: 'a', tensor: 0 }], outputs: [{ name: 'b', tensor: 4 }] }],
      preserved: { externalBufferGroups: [{ name: 'weights.bin' }], metadataBuffer: [new Uint8Array([9])] },
    }),
  );
}
