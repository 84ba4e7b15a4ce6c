// Stands in for ESP-IDF's own header in tests.
#include "esp_heap_caps.h"
