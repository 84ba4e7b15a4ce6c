/** The value of the field that an event is about. */
export function valueOf(event: Event): string {
  return (event.target as HTMLInputElement).value;
}

/** Whether the box that an event is about is ticked. */
export function isTicked(event: Event): boolean {
  return (event.target as HTMLInputElement).checked;
}

/** Keys that move through a row of tabs: the index to go to. */
export function tabAfter(key: string, index: number, count: number): number | undefined {
  if (key === 'ArrowRight') return (index + 1) % count;
  if (key === 'ArrowLeft') return (index + count - 1) % count;
  if (key === 'Home') return 0;
  return key === 'End' ? count - 1 : undefined;
}

/** Keys that move through the rows of a table: how many rows on. */
export function moveOf(key: string): number | undefined {
  if (key === 'ArrowDown') return 1;
  if (key === 'ArrowUp') return -1;
  if (key === 'Home') return -Infinity;
  return key === 'End' ? Infinity : undefined;
}
