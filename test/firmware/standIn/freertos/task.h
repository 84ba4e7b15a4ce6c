// Stands in for FreeRTOS's own header in tests.
#include "freertos/FreeRTOS.h"
