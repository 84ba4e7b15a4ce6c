/** Most bytes that are read of a file, by what it is read as. Whatever is larger is refused in a sentence. */
export const mostBytesOf = {
  /** Far above what a microcontroller holds, and below what would hurt the editor. */
  model: 512 * 1024 * 1024,
  /** A model that a measurement may be of: larger files fit no board. */
  hashed: 64 * 1024 * 1024,
  /** A `milliwatt.json`, or another file that choices are read from: written by hand. */
  project: 256 * 1024,
  /** A source or a model of a folder that is looked through: arrays of models are six characters a byte. */
  source: 64 * 1024 * 1024,
  /** All sources and models of a folder that is checked, together. */
  folder: 256 * 1024 * 1024,
  /** A file that says how a firmware is built; sketches among them may hold arrays of models. */
  buildFile: 16 * 1024 * 1024,
  /** All of a folder, together. */
  buildFiles: 64 * 1024 * 1024,
  /** A linked program with what debuggers need. */
  program: 256 * 1024 * 1024,
  /** Some 100,000 measurements. */
  measurements: 32 * 1024 * 1024,
  /** One file of samples: as many as all of them together may have. */
  samples: 2 ** 31,
  /** A list of names. */
  labels: 16 * 1024 * 1024,
  /** What is sent to a board as it is. */
  upload: 64 * 1024 * 1024,
} as const;
