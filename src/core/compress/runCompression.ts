import type { CompressionResult } from './kind';
import { compressionKinds, kindOf } from './kinds';
import { runKind, type CompressionJob, type CompressionPorts } from './runKind';

/**
 * Does one compression, the same for a job's thread and the command line: what can be refused is refused before samples
 * are read, and only what the kind needs is loaded. It works within the budget of a job.
 * @throws HumanError where model, samples or options do not allow it; nothing has been done then.
 */
export async function runCompression(
  job: CompressionJob,
  ports: CompressionPorts,
  kinds = compressionKinds,
): Promise<CompressionResult> {
  return await runKind(kindOf(job.request.kind, kinds), job, ports);
}
