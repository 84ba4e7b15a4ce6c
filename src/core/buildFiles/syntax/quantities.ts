/** Hertz as PlatformIO writes them: `240000000L`; nothing for what is no clock. */
export function hertzOf(text: string): number | undefined {
  const match = /^(\d{4,11})(?:L|UL|ul|l|U)?$/.exec(text.trim());
  return match === null ? undefined : Number(match[1]);
}

/** Megahertz as Kconfig and Arduino write them: `240`, `80m`. */
export function megahertzOf(text: string): number | undefined {
  const match = /^(\d{1,4})m?$/i.exec(text.trim());
  return match === null || Number(match[1]) === 0 ? undefined : Number(match[1]) * 1e6;
}

/** Bytes of a flash as tools of Espressif write them: `16MB`, `4M`, `512KB`. */
export function bytesOfSize(text: string): number | undefined {
  const match = /^(\d{1,5})\s*([KM])B?$/i.exec(text.trim());
  if (match === null) return undefined;
  return Number(match[1]) * (match[2].toUpperCase() === 'M' ? 1024 * 1024 : 1024);
}
