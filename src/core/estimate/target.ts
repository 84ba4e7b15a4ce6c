export type { RuntimeId, Target } from '../runtimes/target';
