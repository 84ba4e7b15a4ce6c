/** `1 channel`, `2 channels`; `several` for words that do not take an s. */
export function countText(count: number, one: string, several = `${one}s`): string {
  return `${count} ${count === 1 ? one : several}`;
}
