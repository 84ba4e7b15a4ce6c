import type { Application } from './applicationBuilder';
import { efficientNetB0 } from './efficientNet';
import { mobileNet } from './mobileNet';
import { mobileNetV2 } from './mobileNetV2';
import { mobileNetV3Large, mobileNetV3Small } from './mobileNetV3';
import { resNet50 } from './resNet';

/** Networks of `keras.applications`, by the name of the function that makes them. */
const applications: ReadonlyMap<string, Application> = new Map([
  ['EfficientNetB0', efficientNetB0],
  ['MobileNet', mobileNet],
  ['MobileNetV2', mobileNetV2],
  ['MobileNetV3Small', mobileNetV3Small],
  ['MobileNetV3Large', mobileNetV3Large],
  ['ResNet50', resNet50],
]);

export function applicationNamed(name: string): Application | undefined {
  return applications.get(name);
}
