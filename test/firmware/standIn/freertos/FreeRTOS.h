// Stands in for FreeRTOS's own headers in tests, with ESP-IDF's core to run on.
#ifndef MILLIWATT_TEST_FREERTOS_H_
#define MILLIWATT_TEST_FREERTOS_H_
#include <stdint.h>
typedef int BaseType_t;
typedef unsigned int UBaseType_t;
typedef uint32_t StackType_t;
typedef void* TaskHandle_t;
typedef void (*TaskFunction_t)(void* argument);
#define pdPASS 1
extern "C" {
BaseType_t xTaskCreate(TaskFunction_t code, const char* name, uint32_t stack, void* argument, UBaseType_t priority,
                       TaskHandle_t* task);
BaseType_t xTaskCreatePinnedToCore(TaskFunction_t code, const char* name, uint32_t stack, void* argument,
                                   UBaseType_t priority, TaskHandle_t* task, BaseType_t core);
void vTaskDelay(uint32_t ticks);
void* pvPortMalloc(size_t bytes);
}
#endif
