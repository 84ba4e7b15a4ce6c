import { bitsPerElement, type DataType } from '../../src/core/model/dataType';

/** Every data type. */
export const dataTypeNames = Object.keys(bitsPerElement) as readonly DataType[];
