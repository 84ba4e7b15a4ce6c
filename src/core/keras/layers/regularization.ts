import { parameter, required, sameShape, without, type LayerKind } from './layerKind';

const dropping = (className: string): LayerKind => ({
  className,
  parameters: [required('rate'), ...without('noise_shape', 'seed')],
  outputs: sameShape,
});

/** Layers that act in training alone; what a model computes when it runs does not hang on them. */
export const regularizations: readonly LayerKind[] = [
  ...['Dropout', 'AlphaDropout', 'GaussianDropout'].map(dropping),
  ...['SpatialDropout1D', 'SpatialDropout2D', 'SpatialDropout3D'].map(dropping),
  { className: 'GaussianNoise', parameters: [required('stddev')], outputs: sameShape },
  {
    className: 'ActivityRegularization',
    parameters: [parameter('l1', 0), parameter('l2', 0)],
    outputs: sameShape,
  },
  ...[
    'RandomFlip',
    'RandomRotation',
    'RandomTranslation',
    'RandomZoom',
    'RandomContrast',
    'RandomBrightness',
    'RandomShear',
    'RandomHue',
    'RandomSaturation',
    'RandomSharpness',
    'RandomColorJitter',
    'RandomGrayscale',
    'RandomInvert',
    'RandomPosterization',
    'RandomColorDegeneration',
    'RandomPerspective',
    'RandomErasing',
    'RandomElasticTransform',
    'RandomGaussianBlur',
    'RandAugment',
    'AugMix',
    'AutoContrast',
    'Equalization',
    'Solarization',
  ].map((className): LayerKind => ({ className, parameters: [parameter('factor', null)], outputs: sameShape })),
];
