import Ajv from 'ajv';
import type { Project } from './projectValues';
import { projectSchema } from './schema';

/**
 * Checks a value against the schema of `milliwatt.json`. The build compiles it ahead: that takes longer than reading a
 * whole model.
 */
export const validate = new Ajv({ allErrors: true, strict: false }).compile<Project>(projectSchema);
