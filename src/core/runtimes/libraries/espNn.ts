import type { Library } from '../library';

/** Espressif's kernels. Versions from 1.2.1 have no tag: their days are those on which the manifest was changed. */
export const espNn: Library = {
  id: 'esp-nn',
  name: 'ESP-NN',
  names: ['espressif/esp-nn', 'esp-nn', 'espressif__esp-nn'],
  holds: 'kernels',
  kernelLibrary: 'esp_nn',
  releases: [
    { version: '1.2.3', date: '2026-04-27', id: 'esp-nn-1.2.3' },
    { version: '1.2.2', date: '2026-04-27', id: 'esp-nn-1.2.2' },
    { version: '1.2.1', date: '2026-04-06', id: 'esp-nn-1.2.1' },
    { version: '1.2.0', date: '2026-03-30', id: 'esp-nn-1.2.0' },
    { version: '1.1.2', date: '2025-09-01', id: 'esp-nn-1.1.2' },
    { version: '1.1.1', date: '2025-03-24', id: 'esp-nn-1.1.1' },
    { version: '1.1.0', date: '2024-09-16', id: 'esp-nn-1.1.0' },
    { version: '1.0.2', date: '2023-10-11', id: 'esp-nn-1.0.2' },
    { version: '1.0.1', date: '2023-08-22', id: 'esp-nn-1.0.1' },
    { version: '1.0.0', date: '2023-06-26', id: 'esp-nn-1.0.0' },
    { version: '1.0.0-rc1', date: '2023-03-27', id: 'esp-nn-1.0.0-rc1' },
  ],
  source: 'tags and idf_component.yml of github:espressif/esp-nn',
};
