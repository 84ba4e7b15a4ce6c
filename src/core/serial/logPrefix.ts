/**
 * What loggers put before a message: ESP-IDF `I (1234) tag: `, Zephyr `[00:00:00.010,000] <err> os: `, Mbed and others `[INF] ` or
 * `12:00:01.123 -> `.
 */
const prefix =
  /^(?:[EWIDV] \([\d:. ]+\) [^:\s]{1,40}: |\[[\d:., ]+\] <\w{3}> [^:\s]{1,60}: |\[[A-Za-z]{3,7}\]:? ?|[\d:.,]{5,15} -> )/;

/** A line without its logger's prefix and without blanks around. */
export function withoutLogPrefix(line: string): string {
  const match = prefix.exec(line);
  return (match === null ? line : line.slice(match[0].length)).trim();
}
