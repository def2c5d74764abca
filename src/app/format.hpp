// SPDX-License-Identifier: MIT
#pragma once

#include "app/options.hpp"
