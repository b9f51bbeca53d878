// The one place that states the version; CMake, pkg-config and the tests read it from here.
#pragma once

#define POSTMONEY_VERSION_MAJOR 0
#define POSTMONEY_VERSION_MINOR 1
#define POSTMONEY_VERSION_PATCH 0
