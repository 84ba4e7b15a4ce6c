import { readModel } from '../formats/formats';
import type { Model } from '../model/model';
import type { CompressionInput } from './compressionInput';

/** The model that a compression begins with: what was read already, since files beside it may belong to it. */
export function readSource({ read, path, bytes }: Pick<CompressionInput, 'read' | 'path' | 'bytes'>): Model {
  return read?.model ?? readModel({ path, bytes }).model;
}
