import type { Application } from './applicationBuilder';
import { mobileNet } from './mobileNet';
import { mobileNetV2 } from './mobileNetV2';
import { mobileNetV3Large, mobileNetV3Small } from './mobileNetV3';

/** Networks of `keras.applications`, by the name of the function that makes them. */
const applications: ReadonlyMap<string, Application> = new Map([
  ['MobileNet', mobileNet],
  ['MobileNetV2', mobileNetV2],
  ['MobileNetV3Small', mobileNetV3Small],
  ['MobileNetV3Large', mobileNetV3Large],
]);

export function applicationNamed(name: string): Application | undefined {
  return applications.get(name);
}
