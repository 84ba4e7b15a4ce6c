/** Keys that say something of the proposed board alone. */
export const ofBoard: readonly string[] = [
  'board',
  'runtime',
  'clockHz',
  'flashMode',
  'flashHz',
  'cacheBytes',
  'dcacheBytes',
];
