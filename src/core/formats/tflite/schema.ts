import { LazyTable } from '../../text/lazyTable';
import { builtinOptions } from './schema/builtinOptions';
import { builtinOptions2 } from './schema/builtinOptions2';
import { enumerations } from './schema/enumerations';
import { modelTables } from './schema/modelTables';
import { parseTable, type NamedTypes, type Schema } from './schema/notation';

const types: NamedTypes = {
  enumerations,
  unions: {
    BuiltinOptions: Object.keys(builtinOptions),
    BuiltinOptions2: Object.keys(builtinOptions2),
    QuantizationDetails: ['CustomQuantization', 'BlockwiseQuantization', 'MultiAxisQuantization'],
    SparseIndexVector: ['Int32Vector', 'Uint16Vector', 'Uint8Vector'],
  },
};

const notations = new Map(Object.entries({ ...modelTables, ...builtinOptions, ...builtinOptions2 }));

/**
 * The schema of `.tflite` files, version 3d: every table, field, enumeration and union, as facts for the codec in
 * `flatbuffer/`.
 */
export const tfliteSchema: Schema = {
  tables: new LazyTable(notations.keys(), (name) => parseTable(name, notations.get(name)!, types)),
  root: 'Model',
  identifier: 'TFL3',
};
