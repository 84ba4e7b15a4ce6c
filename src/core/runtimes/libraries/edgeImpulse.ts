import type { Library } from '../library';

/** Comes in every exported project with the kernels that its configuration names, without a version of TFLM. */
export const edgeImpulse: Library = {
  id: 'edge-impulse-sdk',
  name: "Edge Impulse's SDK",
  names: ['edge-impulse-sdk', 'edgeimpulse/inferencing-sdk-cpp', 'inferencing-sdk-cpp', 'edge-impulse-sdk-zephyr'],
  holds: 'interpreter',
  releases: [],
  source: 'github:edgeimpulse/inferencing-sdk-cpp',
};
