import { InvalidArgumentError } from 'commander';

/** A number of 0 or more, as a flag's value. */
export function number(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isFinite(value) && value >= 0) return value;
  throw new InvalidArgumentError('It must be a number, 0 or more.');
}
