import type { Model, Tensor } from '../../model/model';
import type { Target } from '../target';
import type { StructureSizes } from '../memory/layout';
import { quantizationBytes } from './prepare';
import { resourceNames } from './resources';
import { arenaBytes } from './tensorBytes';
import type { Tail } from './tail';

/**
 * The interpreter's own persistent allocations before and after those of the operators, in order.
 * Source: tensorflow/tflite-micro 90b983c2,
 * tensorflow/lite/micro/{micro_allocator,micro_interpreter,micro_resource_variable}.cc.
 */

/**
 * Allocator and planner, the table of resource variables when the application makes one, and the structures of tensors
 * and operators.
 */
export function allocateBeforeOperators(
  model: Model,
  target: Target,
  memory: { sizes: StructureSizes; tail: Tail },
): void {
  const { sizes, tail } = memory;
  tail.allocate('allocator objects', sizes.of('SingleArenaBufferAllocator'));
  tail.allocate(
    'allocator objects',
    sizes.of(target.preserveAllTensors ? 'LinearMemoryPlanner' : 'GreedyMemoryPlanner'),
  );
  tail.allocate('allocator objects', sizes.of('MicroAllocator'));
  const slots = target.resourceVariableSlots ?? resourceNames(model).length;
  if (slots > 0) {
    tail.allocateBuffer('resource variable table', sizes.of('MicroResourceVariables').bytes);
    tail.allocateBuffer('resource variable table', sizes.of('MicroResourceVariable').bytes * slots);
  }
  tail.allocate('parameter allocator', sizes.of('MicroBuiltinDataAllocator'));
  tail.allocate('subgraph table', sizes.of('SubgraphAllocations'), model.graphs.length);
  for (const { tensors } of model.graphs)
    tail.allocate('tensor structures', sizes.of('TfLiteEvalTensor'), tensors.length);
  for (const { operators } of model.graphs) {
    tail.allocate('operator structures', sizes.of('NodeAndRegistration'), operators.length);
  }
}

/** Handles of the scratch buffers, and variables. */
export function allocateBeforePlanning(
  scratchRequests: number,
  variables: readonly Tensor[],
  memory: { sizes: StructureSizes; tail: Tail },
): void {
  const { sizes, tail } = memory;
  if (scratchRequests > 0) tail.allocate('scratch handles', sizes.of('ScratchBufferHandle'), scratchRequests);
  for (const tensor of variables) tail.allocateBuffer('variable tensors', arenaBytes(tensor) ?? 0);
}

/** Full structures of the inputs and outputs of the main graph, for the application. */
export function allocateAfterPlanning(model: Model, memory: { sizes: StructureSizes; tail: Tail }): void {
  const main = model.graphs[0];
  for (const indices of [main?.inputs ?? [], main?.outputs ?? []]) {
    memory.tail.allocateBuffer('input and output tensors', memory.sizes.of('pointer').bytes * indices.length);
    for (const index of indices) {
      const tensor = main?.tensors[index];
      if (tensor !== undefined) allocateTensor(tensor, memory);
    }
  }
}

function allocateTensor(tensor: Tensor, { sizes, tail }: { sizes: StructureSizes; tail: Tail }): void {
  tail.allocate('input and output tensors', sizes.of('TfLiteTensor'));
  for (const bytes of quantizationBytes(tensor, sizes)) {
    tail.allocate('input and output tensors', { bytes, alignment: sizes.of('pointer').alignment });
  }
}
