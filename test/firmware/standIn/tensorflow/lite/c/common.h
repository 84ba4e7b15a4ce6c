// Stands in for TFLM's own header in tests: what firmware sees of tensors, declared and nothing more.
#ifndef MILLIWATT_TEST_COMMON_H_
#define MILLIWATT_TEST_COMMON_H_
#include <stddef.h>
#include <stdint.h>

typedef enum { kTfLiteOk = 0, kTfLiteError = 1 } TfLiteStatus;
typedef enum {
  kTfLiteNoType = 0,
  kTfLiteFloat32 = 1,
  kTfLiteInt32 = 2,
  kTfLiteUInt8 = 3,
  kTfLiteInt16 = 7,
  kTfLiteInt8 = 9
} TfLiteType;

typedef union {
  int32_t* i32;
  int16_t* i16;
  int8_t* int8;
  uint8_t* uint8;
  float* f;
  bool* b;
  void* data;
  void* raw;
} TfLitePtrUnion;

typedef struct {
  int size;
  int data[8];
} TfLiteIntArray;

typedef struct {
  float scale;
  int32_t zero_point;
} TfLiteQuantizationParams;

typedef struct {
  TfLiteType type;
  TfLitePtrUnion data;
  TfLiteIntArray* dims;
  TfLiteQuantizationParams params;
  size_t bytes;
} TfLiteTensor;

typedef struct {
  TfLitePtrUnion data;
  TfLiteIntArray* dims;
  TfLiteType type;
} TfLiteEvalTensor;

#define TF_LITE_ENSURE_STATUS(call)            \
  do {                                         \
    const TfLiteStatus status_ = (call);       \
    if (status_ != kTfLiteOk) return status_;  \
  } while (0)
#define TFLITE_CHECK(condition) ((condition) ? (void)0 : __builtin_trap())
#define TFLITE_CHECK_EQ(left, right) TFLITE_CHECK((left) == (right))
#endif
