/** What the command line says to do with a program that has no trained weights. */
export const untrainedAdvice =
  'Run it, let it save the model with model.save(), and name that file, or its weights with --weights FILE.';
