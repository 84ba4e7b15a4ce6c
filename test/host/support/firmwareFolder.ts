import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { xxdNumbers } from '../../support/sources';
import { digitsModel } from './sampleModels';

const main = `#include "model.h"
#include "tensorflow/lite/micro/micro_interpreter.h"
#include "tensorflow/lite/micro/micro_mutable_op_resolver.h"

namespace {
constexpr int kArenaBytes = 1024;
alignas(16) uint8_t tensor_arena[kArenaBytes];
tflite::MicroInterpreter* interpreter = nullptr;
}  // namespace

void setup() {
  static tflite::MicroMutableOpResolver<2> resolver;
  if (resolver.AddConv2D() != kTfLiteOk) return;
  if (resolver.AddFullyConnected() != kTfLiteOk) return;
  static tflite::MicroInterpreter made(tflite::GetModel(g_model), resolver, tensor_arena, kArenaBytes);
  interpreter = &made;
  if (interpreter->AllocateTensors() != kTfLiteOk) return;
}

void loop() { interpreter->Invoke(); }
`;

const header = `#pragma once
extern const unsigned char g_model[];
extern const unsigned int g_model_len;
`;

/** What the model was made of. */
const train = `import keras
from keras import layers

# milliwatt: numbers=int8
model = keras.Sequential([
    layers.Input((8, 8, 1)),
    layers.Conv2D(4, 3, padding="same", activation="relu"),
    layers.Flatten(),
    layers.Dense(10, activation="softmax"),
])
`;

/**
 * A small firmware whose arena is too small and whose resolver lacks an operator, with its model in an array, and the
 * program that builds that.
 */
export function firmwareFolder(folder: string): string {
  const model = `#include "model.h"\nalignas(16) const unsigned char g_model[] = {\n${xxdNumbers(digitsModel())}\n};\nconst unsigned int g_model_len = ${digitsModel().length};\n`;
  mkdirSync(path.join(folder, 'src'), { recursive: true });
  mkdirSync(path.join(folder, 'build'), { recursive: true });
  writeFileSync(path.join(folder, 'src', 'main.cpp'), main);
  writeFileSync(path.join(folder, 'src', 'model.h'), header);
  writeFileSync(path.join(folder, 'src', 'model.cpp'), model);
  writeFileSync(path.join(folder, 'train.py'), train);
  // What is built is looked at by nobody.
  writeFileSync(path.join(folder, 'build', 'main.cpp'), main);
  writeFileSync(path.join(folder, 'milliwatt.json'), JSON.stringify({ board: 'arduino_nano33ble_sense_rev2' }));
  return folder;
}
