/** Lets messages in, an order to stop among them. */
export function pause(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
