/**
 * Name of a runtime in settings, `milliwatt.json` and JSON output: the ids of the list in `runtimes.ts`, and nothing
 * else knows them.
 */
export type RuntimeId = string;
