import { setTimeout as delay } from 'node:timers/promises';

/**
 * Tries `attempt` until it does not throw; after `milliseconds` its last error is the failure. For what VS Code does in
 * its own time.
 */
export async function eventually<Value>(attempt: () => Value | Promise<Value>, milliseconds = 30_000): Promise<Value> {
  const end = Date.now() + milliseconds;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() > end) throw error;
      await delay(50);
    }
  }
}
