/** An operator that is a mathematical function, as sentences name it: `LOG_SOFTMAX` is `log-softmax`. */
export function functionName(kind: string): string {
  return kind.toLowerCase().replaceAll('_', '-');
}
