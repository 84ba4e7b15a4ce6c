import { libraryBytes } from '../../src/core/lastBuild/libraryBytes';
import { check } from '../support/check';

check(
  'what TFLM takes of a program',
  (names: readonly string[]) => libraryBytes(names.map((name) => ({ name, flashBytes: 10 }))),
  [
    {
      name: 'object files by folder',
      input: [
        'obj/tensorflow/lite/micro/kernels/conv.cc.o',
        'obj/tensorflow/lite/micro/kernels/cmsis_nn/add.cc.o',
        'obj/third_party/cmsis_nn/Source/ConvolutionFunctions/arm_convolve_s8.c.o',
        'src/main.cc.o',
      ],
      expected: { tflmBytes: 20, functionBytes: 10 },
    },
    {
      name: 'members of archives of ESP-IDF',
      input: [
        'esp-idf/espressif__esp-tflite-micro/libespressif__esp-tflite-micro.a(conv.cc.obj)',
        'esp-idf/espressif__esp-nn/libespressif__esp-nn.a(esp_nn_conv_esp32s3.c.obj)',
        'esp-idf/main/libmain.a(conv.cc.obj)',
      ],
      expected: { tflmBytes: 10, functionBytes: 10 },
    },
    {
      name: 'an archive with the functions among the kernels',
      input: ['libpico-tflmicro.a(conv.cpp.o)', 'libpico-tflmicro.a(arm_convolve_s8.c.o)'],
      expected: { tflmBytes: 10, functionBytes: 10 },
    },
    { name: 'after optimization at link time', input: ['/tmp/firmware.ltrans0.ltrans.o'], expected: undefined },
  ],
);
