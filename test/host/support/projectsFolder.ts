import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { digitsModel } from './sampleModels';

const platformio = `[platformio]
default_envs = nano

[env:nano]
platform = nordicnrf52
board = nano33ble
framework = arduino
lib_deps = spaziochirale/Chirale_TensorFLowLite@2.0.0

[env:s3]
platform = espressif32
board = esp32-s3-devkitc-1
framework = arduino
lib_deps = tanakamasayuki/TensorFlowLite_ESP32@1.0.0
`;

const cmake =
  'cmake_minimum_required(VERSION 3.16)\ninclude($ENV{IDF_PATH}/tools/cmake/project.cmake)\nproject(digits)\n';

const lock = 'dependencies:\n  espressif/esp-tflite-micro:\n    version: 1.3.4\ntarget: esp32s3\nversion: 2.0.0\n';

/** Two projects that say what they are built for, one in PlatformIO with two environments, one in ESP-IDF. */
export function projectsFolder(folder: string): string {
  const files: Readonly<Record<string, string | Uint8Array>> = {
    'pio/platformio.ini': platformio,
    'pio/src/main.cpp': '#include <Arduino.h>\n\nvoid setup() {}\n\nvoid loop() {}\n',
    'pio/models/digits.tflite': digitsModel(),
    'idf/CMakeLists.txt': cmake,
    'idf/sdkconfig': 'CONFIG_IDF_TARGET="esp32s3"\nCONFIG_ESP_DEFAULT_CPU_FREQ_MHZ_160=y\n',
    'idf/dependencies.lock': lock,
    'idf/main/CMakeLists.txt': 'idf_component_register(SRCS "main.cc" INCLUDE_DIRS ".")\n',
    'idf/main/main.cc': 'extern "C" void app_main() {}\n',
    'idf/main/digits.tflite': digitsModel(),
  };
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
  return folder;
}
