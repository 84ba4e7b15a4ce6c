import { holdsSame } from '../../clean/equalTensors';
import { isLacking } from '../isLacking';
import { patternRewrite } from '../patternRewrite';

/** EMBEDDING_LOOKUP for a version that has none: GATHER of the table's rows. */
export const earlierLookup = patternRewrite({
  id: 'earlier-lookup',
  exactWhen: 'Table and result hold numbers in one way, so that rows are only copied.',
  kinds: ['EMBEDDING_LOOKUP'],
  match: (operator, view, use) => {
    const [ids, table] = operator.inputs;
    const [from, to] = [view.tensor(table), view.tensor(operator.outputs[0])];
    const isCopied = from !== undefined && to !== undefined && holdsSame(from, to);
    if (!isLacking(operator.kind, use) || !isCopied || isLacking('GATHER', use)) return undefined;
    const gather = { kind: 'GATHER', inputs: [table, ids], outputs: operator.outputs };
    const options = { table: 'GatherOptions', values: { axis: 0, batchDims: 0 } };
    return {
      ...{ removed: [operator], inserted: [{ ...gather, version: from.type === 'int8' ? 2 : 1, options }] },
      sentence: (name) => `EMBEDDING_LOOKUP "${name}" is a GATHER now, as the version in use has no other.`,
    };
  },
});
