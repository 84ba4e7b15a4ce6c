// Stands in for TFLM's own header in tests.
#ifndef MILLIWATT_TEST_MICRO_LOG_H_
#define MILLIWATT_TEST_MICRO_LOG_H_
void MicroPrintf(const char* format, ...);
#endif
