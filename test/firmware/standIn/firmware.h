// What every source of the corpus is compiled behind, so that its texts stay short: TFLM, memory and tasks of each
// framework, by our stand-ins.
#ifdef __cplusplus
#include <array>
#include <memory>
#include <new>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <esp_heap_caps.h>
#include <freertos/FreeRTOS.h>
#include <tensorflow/lite/micro/micro_interpreter.h>
#include <tensorflow/lite/micro/micro_log.h>
#include <tensorflow/lite/micro/micro_mutable_op_resolver.h>
#include <tensorflow/lite/micro/micro_resource_variable.h>
#include <tensorflow/lite/micro/recording_micro_interpreter.h>

// Names of a library that the projects of the corpus do not hold.
#define VENDOR_DATA_ALIGN __attribute__((aligned(16)))
constexpr int computeSize() { return 784; }
tflite::MicroResourceVariables* makeVariables(tflite::MicroAllocator* allocator);
void addTheOthers(tflite::MicroMutableOpResolver<2>* resolver);
#endif
