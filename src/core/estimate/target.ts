export type { Target } from '../runtimes/target';
